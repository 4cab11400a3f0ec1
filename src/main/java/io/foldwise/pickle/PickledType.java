package io.foldwise.pickle;

import io.foldwise.pickle.Elements.Endian;
import io.foldwise.pickle.EncodedArray.Encoding;

/** A {@code numpy.dtype} while it is built: a pickle first names it, then sets its byte order. */
final class PickledType {

  private static final String TEXT = "[US]\\d{1,8}";

  private final String code;
  private Endian endian = Endian.LITTLE;
  private boolean structured;

  private PickledType(String code) {
    this.code = code;
  }

  /** The type of {@code numpy.dtype(code, align, copy)}, whose code may be a class. */
  static Object of(Object[] arguments) {
    if (arguments.length > 0 && arguments[0] instanceof Unread unread) {
      return unread;
    }
    if (arguments.length == 0 || !(arguments[0] instanceof String text)) {
      throw new Refusal("numpy.dtype is called without the name of a type: the file is damaged");
    }
    return new PickledType(text);
  }

  /** Sets NumPy's state: (version, byte order, subtype, names, fields, …). */
  void setState(Object[] state) {
    if (state.length < 5) {
      throw new Refusal("the state of a numpy.dtype is cut short: the file is damaged");
    }
    endian = ">".equals(state[1]) ? Endian.BIG : Endian.LITTLE;
    structured = state[2] != null || state[3] != null || state[4] != null;
  }

  /** Whether the elements are any Python objects, which a pickle lists one by one. */
  boolean isObjects() {
    return !structured && code.startsWith("O");
  }

  /** Whether the elements are texts, or bytes of a fixed length. */
  boolean isText() {
    return !structured && code.matches(TEXT);
  }

  /**
   * The bytes of an element.
   *
   * @throws Refusal of the value, unless the elements are texts or real numbers
   */
  int width() {
    return isText() ? text().width() : numbers().type().width();
  }

  /** How texts are encoded. */
  EncodedText.Encoding text() {
    EncodedText.Unit unit =
        code.startsWith("U") ? EncodedText.Unit.CODE_POINT : EncodedText.Unit.BYTE;
    return new EncodedText.Encoding(unit, Integer.parseInt(code.substring(1)), endian);
  }

  /**
   * How numbers are encoded.
   *
   * @throws Refusal of the value, unless the elements are real numbers
   */
  Encoding numbers() {
    if (structured) {
      throw Refusal.ofValue(
          "is a structured NumPy array, which cannot be read: save each field as its own array");
    }
    NumberType type = NumberType.of(code).orElseThrow(this::notNumeric);
    return new Encoding(type, endian);
  }

  private Refusal notNumeric() {
    return Refusal.ofValue(
        "is a NumPy array of type "
            + Refusal.quote(code)
            + ", which cannot be read, only text and bool, int, uint and float up to 64 bits:"
            + " save it with .astype(float)");
  }
}
