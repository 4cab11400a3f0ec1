package io.foldwise.input;

import java.util.List;

/**
 * The bounds of hyperparameters, each refusal naming the option, its value and the bound, and the
 * words of refusals.
 */
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

  /** Names of which one is to be taken, as in {@code sgd, adam or exact}; two at least. */
  public static String alternatives(List<String> names) {
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private static InvalidInputException refusal(String name, double value, String bound) {
    return new InvalidInputException("'" + name + "' (" + value + ") must " + bound);
  }
}
