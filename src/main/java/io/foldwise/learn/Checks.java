package io.foldwise.learn;

/** The bounds of hyperparameters, each refusal naming the option, its value and the bound. */
final class Checks {
  private Checks() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refusal(name, value, "be a number > 0");
    }
  }

  static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw refusal(name, value, "be a number >= 0");
    }
  }

  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw refusal(name, value, "lie in [0, 1)");
    }
  }

  static void requireInside(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw refusal(name, value, "lie in (0, 1)");
    }
  }

  private static IllegalArgumentException refusal(String name, double value, String bound) {
    return new IllegalArgumentException("'" + name + "' (" + value + ") must " + bound);
  }
}
