package io.foldwise.spark.data.schema;

import io.foldwise.input.InvalidInputException;
import java.io.Serializable;

/**
 * How many features a vector may have, and who says so.
 *
 * @param d the number of features, at least 1
 * @param named the bound as messages name it
 * @param remedy what to do about an index beyond it
 */
public record Dimensions(int d, String named, String remedy) implements Serializable {

  /** The most features: beyond them, their names alone would fill the driver. */
  static final int MOST = 1 << 24;

  /** The number of features that the option gives. */
  public static Dimensions given(int d) {
    if (d < 1 || d > MOST) {
      throw new InvalidInputException(
          "'dimensions' (%d) must be >= 1 and <= %d: it counts the features".formatted(d, MOST));
    }
    return new Dimensions(d, "'dimensions' (" + d + ")", "raise it or correct the line");
  }

  /** The number of features of the training rows, for test rows. */
  public static Dimensions ofTraining(int d) {
    return new Dimensions(
        d, "the training data's %d features".formatted(d), "set --dimensions or correct the line");
  }

  /** The number of features whose names were given, as a model's are. */
  public static Dimensions ofNames(int d) {
    return new Dimensions(
        d, "the model's %d features".formatted(d), "remove it, or train with --dimensions");
  }

  /** No bound except that of what can be held. */
  public static Dimensions unknown() {
    return new Dimensions(MOST, MOST + ", the most that are read", "correct the line");
  }

  /** What is wrong with an index. */
  public String refusal(long index) {
    return "index %d is beyond %s: %s".formatted(index, named, remedy);
  }
}
