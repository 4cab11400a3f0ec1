package io.foldwise.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Pickles written by hand, opcode by opcode, as Latin-1 text: one character, one byte. */
final class Pickles {
  /** {@code array.__setstate__((1, SHAPE, dtype(TYPE), FORTRAN, BYTES))} around the four. */
  private static final String ARRAY =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085C\1btR(K\1%s"
          + "cnumpy\ndtype\n(X\2\0\0\0%sI00\nI01\ntR(K\3X\1\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ff"
          + "J\u00ff\u00ff\u00ff\u00ffK\0tb%s%stb";

  private Pickles() {}

  static PickledLayout scan(String latin1) throws IOException {
    return PickleReader.scan(source(latin1));
  }

  static ByteSource source(String latin1) {
    return ByteSource.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** An array by the opcodes of its shape, its type, its order and the opcodes of its bytes. */
  static String array(String shape, String type, boolean fortran, String bytes) {
    return ARRAY.formatted(shape, type, fortran ? "\u0088" : "\u0089", bytes);
  }

  /** A vector of n bytes, 1 to n. */
  static String bytes(int n) {
    StringBuilder values = new StringBuilder();
    for (int i = 1; i <= n; i++) {
      values.append((char) i);
    }
    return array("(K" + (char) n + "t", "i1", false, "C" + (char) n + values);
  }

  static String text(String ascii) {
    return "X" + (char) ascii.length() + "\0\0\0" + ascii;
  }

  static String list(String... items) {
    return "](" + String.join("", items) + "e";
  }

  static String tuple(String... items) {
    return "(" + String.join("", items) + "t";
  }

  static String dict(String key, String value) {
    return "}(" + text(key) + value + "u";
  }
}
