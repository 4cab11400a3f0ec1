package io.foldwise.lecture;

/**
 * A slider.
 *
 * @param key the name by which texts know it
 * @param scale how its positions are spaced
 * @param low the least value
 * @param high the greatest value
 * @param step the step between values, a factor where {@code scale} is logarithmic
 * @param initial the value at first
 */
public record Control(
    String key, Scale scale, double low, double high, double step, double initial) {
  /** How the positions of a slider are spaced. */
  public enum Scale {
    /** By a step that is added. */
    LINEAR,
    /** By a factor. */
    LOGARITHMIC,
    /** By one; each has a name in the texts. */
    NAMED
  }

  static Control linear(String key, double low, double high, double step, double initial) {
    return new Control(key, Scale.LINEAR, low, high, step, initial);
  }

  static Control logarithmic(String key, double low, double high, double factor, double initial) {
    return new Control(key, Scale.LOGARITHMIC, low, high, factor, initial);
  }

  /** A choice among so many that texts name. */
  static Control named(String key, int count, int initial) {
    return new Control(key, Scale.NAMED, 0, count - 1.0, 1, initial);
  }
}
