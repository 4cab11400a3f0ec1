package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An interval that should hold the score which the chosen model has on rows that nobody has seen.
 *
 * @param method how it was found
 * @param confidence the share of such intervals that should hold it, in (0, 1)
 * @param estimate the score that the interval is about
 * @param standardError the standard error of the estimate
 * @param range its ends
 * @param nested what nested cross-validation found; empty where another method was taken
 * @param reason why not nested cross-validation, in a few words; empty where it was taken or not
 *     asked for
 */
public record ScoreInterval(
    Method method,
    double confidence,
    double estimate,
    double standardError,
    Range range,
    Optional<Nested> nested,
    String reason) {

  /** How an interval is found. */
  public enum Method {
    /** Nested cross-validation (Bates, Hastie and Tibshirani 2021). */
    NESTED("nested"),
    /** The corrected variance of Nadeau and Bengio 2003. */
    CORRECTED("corrected"),
    /** No interval. */
    NONE("none");

    private final String label;

    Method(String label) {
      this.label = label;
    }

    /** The name on the command line. */
    public String label() {
      return label;
    }

    /** The names, as {@code a|b}. */
    public static String labels() {
      return String.join("|", Arrays.stream(values()).map(Method::label).toList());
    }
  }

  /** The ends of an interval. */
  public record Range(double low, double high) {
    /** Whether a score lies in it, the ends included. */
    public boolean holds(double score) {
      return low <= score && score <= high;
    }

    /** This range within what a score can be. */
    public Range within(double least, double most) {
      return new Range(Math.max(least, low), Math.min(most, high));
    }
  }

  /**
   * What nested cross-validation found.
   *
   * @param inflation the factor, 1 to √folds, by which the standard error of independent errors is
   *     too small
   * @param folds the folds of each folding, K
   * @param foldings how often the blocks were dealt into folds, R
   * @param blocks the number of blocks of rows, N
   */
  public record Nested(double inflation, int folds, int foldings, int blocks) {}

  /**
   * What is asked for.
   *
   * @param method the method; empty for nested cross-validation where it can be had, else the
   *     corrected variance
   * @param confidence in (0, 1)
   */
  public record Request(Optional<Method> method, double confidence) {
    public static final double DEFAULT_CONFIDENCE = 0.9;

    /** The best interval that can be had. */
    public static final Request AUTO = new Request(Optional.empty(), DEFAULT_CONFIDENCE);

    /** No interval. */
    public static final Request NONE = new Request(Optional.of(Method.NONE), DEFAULT_CONFIDENCE);

    public Request {
      if (!(confidence > 0 && confidence < 1)) {
        throw new InvalidInputException(
            "'confidence' (%s) must be > 0 and < 1: it is the share of intervals that hold the"
                    .formatted(Figures.brief(confidence))
                + " score, such as 0.9");
      }
    }

    /** Whether blocks of rows may be dealt into folds anew for it. */
    public boolean mayRegroup() {
      return method.map(asked -> asked == Method.NESTED).orElse(true);
    }

    /** Whether nothing but this method will do. */
    public boolean insistsOn(Method only) {
      return method.equals(Optional.of(only));
    }
  }
}
