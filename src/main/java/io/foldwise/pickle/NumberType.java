package io.foldwise.pickle;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The NumPy types that are numbers, each with how its elements become doubles. Integers beyond
 * 2<sup>53</sup> are rounded to the nearest double, as NumPy's {@code astype(float)} does.
 */
enum NumberType {
  BOOL("b1", "bool"),
  INT8("i1", "int8"),
  INT16("i2", "int16"),
  INT32("i4", "int32"),
  INT64("i8", "int64"),
  UINT8("u1", "uint8"),
  UINT16("u2", "uint16"),
  UINT32("u4", "uint32"),
  UINT64("u8", "uint64"),
  FLOAT16("f2", "float16"),
  FLOAT32("f4", "float32"),
  FLOAT64("f8", "float64");

  private final String code;
  private final String label;
  private final int width;

  NumberType(String code, String label) {
    this.code = code;
    this.label = label;
    this.width = code.charAt(1) - '0';
  }

  /** The type of a NumPy code, such as {@code f8}, {@code u1} or {@code b1}. */
  static Optional<NumberType> of(String code) {
    for (NumberType type : values()) {
      if (type.code.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type of NumPy's name, such as {@code float64}. */
  static Optional<NumberType> labelled(String label) {
    for (NumberType type : values()) {
      if (type.label.equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** NumPy's name, such as {@code float64}. */
  String label() {
    return label;
  }

  /** The bytes of an element. */
  int width() {
    return width;
  }

  /**
   * Puts count elements, which begin at byte {@code first} and lie {@code step} bytes apart, into
   * {@code out[from + i·stride]}.
   */
  void decode(
      ByteBuffer bytes, int first, int step, int count, double[] out, int from, int stride) {
    for (int i = 0; i < count; i++) {
      out[from + i * stride] = element(bytes, first + i * step);
    }
  }

  private double element(ByteBuffer bytes, int at) {
    return switch (this) {
      case BOOL -> bytes.get(at) != 0 ? 1 : 0;
      case INT8 -> bytes.get(at);
      case INT16 -> bytes.getShort(at);
      case INT32 -> bytes.getInt(at);
      case INT64 -> bytes.getLong(at);
      case UINT8 -> bytes.get(at) & 0xff;
      case UINT16 -> bytes.getShort(at) & 0xffff;
      case UINT32 -> bytes.getInt(at) & 0xffffffffL;
      case UINT64 -> unsigned(bytes.getLong(at));
      case FLOAT16 -> half(bytes.getShort(at));
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
    };
  }

  private static double unsigned(long bits) {
    // The halved number keeps its lost bit as a sticky one, so that rounding is as of the whole.
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  /** IEEE 754 binary16: 1 bit sign, 5 bits exponent (bias 15), 10 bits fraction. */
  private static double half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1024.0 + fraction, exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
