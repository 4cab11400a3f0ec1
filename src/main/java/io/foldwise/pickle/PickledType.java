package io.foldwise.pickle;

import io.foldwise.pickle.EncodedArray.Encoding;
import io.foldwise.pickle.EncodedArray.Endian;

/** A {@code numpy.dtype} while it is built: a pickle first names it, then sets its byte order. */
final class PickledType {

  private final String code;
  private Endian endian = Endian.LITTLE;
  private boolean structured;

  /** {@code numpy.dtype(code, align, copy)}. */
  PickledType(Object[] arguments) {
    if (arguments.length == 0 || !(arguments[0] instanceof String text)) {
      throw new Refusal("numpy.dtype is called without the name of a type: the file is damaged");
    }
    this.code = text;
  }

  /** NumPy's state: (version, byte order, subtype, names, fields, …). */
  void setState(Object[] state) {
    if (state.length < 5) {
      throw new Refusal("the state of a numpy.dtype is cut short: the file is damaged");
    }
    endian = ">".equals(state[1]) ? Endian.BIG : Endian.LITTLE;
    structured = state[2] != null || state[3] != null || state[4] != null;
  }

  /** Whether the elements are texts (or Python 2 strings). */
  boolean isText() {
    return !structured && (code.startsWith("U") || code.startsWith("S"));
  }

  /** How the elements are encoded; refused unless they are real numbers. */
  Encoding encoding() {
    if (structured) {
      throw new Refusal(
          "a structured NumPy array cannot be read: save each field as its own array");
    }
    NumberType type = NumberType.of(code).orElseThrow(this::notNumeric);
    return new Encoding(type, endian);
  }

  private Refusal notNumeric() {
    return new Refusal(
        "a NumPy array of type "
            + Refusal.quote(code)
            + " cannot be read, only bool, int, uint and float up to 64 bits:"
            + " save it with .astype(float)");
  }
}
