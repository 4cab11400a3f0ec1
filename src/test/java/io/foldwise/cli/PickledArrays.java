package io.foldwise.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A dictionary of float64 vectors as NumPy pickles it in protocol 2; every number is 0. */
final class PickledArrays {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private PickledArrays() {}

  static byte[] of(String one, int oneLength, String other, int otherLength) {
    PickledArrays pickle = new PickledArrays();
    pickle.text("\u0080\u0002}(");
    pickle.entry(one, oneLength);
    pickle.entry(other, otherLength);
    pickle.text("u.");
    return pickle.bytes.toByteArray();
  }

  private void entry(String name, int length) {
    string(name);
    text("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\u0001b\u0087R(");
    text(
        "K\u0001K"
            + (char) length
            + "\u0085cnumpy\ndtype\nU\u0002f8K\0K\u0001\u0087R(K\u0003U\u0001<NNNJ");
    text("\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089");
    text("U" + (char) (8 * length) + "\0".repeat(8 * length) + "tb");
  }

  private void string(String value) {
    text("U" + (char) value.length() + value);
  }

  private void text(String value) {
    bytes.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
  }
}
