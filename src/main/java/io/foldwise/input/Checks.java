package io.foldwise.input;

/** The bounds of hyperparameters, each refusal naming the option, its value and the bound. */
public final class Checks {
  private Checks() {}

  public static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refusal(name, value, "be a number > 0");
    }
  }

  public static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw refusal(name, value, "be a number >= 0");
    }
  }

  public static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw refusal(name, value, "lie in [0, 1)");
    }
  }

  public static void requireInside(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw refusal(name, value, "lie in (0, 1)");
    }
  }

  private static InvalidInputException refusal(String name, double value, String bound) {
    return new InvalidInputException("'" + name + "' (" + value + ") must " + bound);
  }
}
