package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What metrics are formulas of, summed over scored rows by their weights: one sum of every kind of
 * loss, and what else there is.
 */
public final class Sum {
  /** max |e|, over rows that weigh something. */
  public static final Sum LARGEST_ERROR = new Sum("largest error", false);

  /** Σ w of the rows of class 1 that are predicted 1. */
  public static final Sum TRUE_POSITIVE = new Sum("true positive", true);

  /** Σ w of the rows of class 0 that are predicted 0. */
  public static final Sum TRUE_NEGATIVE = new Sum("true negative", true);

  /** Σ w of the rows of class 0 that are predicted 1. */
  public static final Sum FALSE_POSITIVE = new Sum("false positive", true);

  /** Σ w of the rows of class 1 that are predicted 0. */
  public static final Sum FALSE_NEGATIVE = new Sum("false negative", true);

  private static final List<Sum> OTHERS =
      List.of(LARGEST_ERROR, TRUE_POSITIVE, TRUE_NEGATIVE, FALSE_POSITIVE, FALSE_NEGATIVE);
  private static final List<Sum> OF_LOSSES =
      Loss.kinds().stream().map(kind -> new Sum(kind.label(), kind.isBinary())).toList();
  private static final List<Sum> ALL = Stream.concat(OF_LOSSES.stream(), OTHERS.stream()).toList();

  private final String name;
  private final boolean binary;

  private Sum(String name, boolean binary) {
    this.name = name;
    this.binary = binary;
  }

  /** Σ w ℓ of a kind of loss: of a trial's own loss where that is of the kind. */
  public static Sum of(Loss loss) {
    List<Loss> kinds = Loss.kinds();
    return IntStream.range(0, kinds.size())
        .filter(kind -> kinds.get(kind).isKindOf(loss))
        .mapToObj(OF_LOSSES::get)
        .findFirst()
        .orElseThrow();
  }

  /** Those that a row of binary labels adds to, or a row of numbers. */
  public static List<Sum> of(boolean binary) {
    return ALL.stream().filter(sum -> sum.binary == binary).toList();
  }

  /** The loss that a trial is scored by for a kind of loss: its own, or the kind's default. */
  public static Loss scoredBy(Loss kind, Loss ofTrial) {
    return ofTrial.isKindOf(kind) ? ofTrial : kind;
  }

  /** The kinds of loss that have sums over rows of binary labels, or of numbers. */
  public static List<Loss> losses(boolean binary) {
    return Loss.kinds().stream().filter(kind -> kind.isBinary() == binary).toList();
  }

  static int count() {
    return ALL.size();
  }

  /** Its place among all sums. */
  int index() {
    return ALL.indexOf(this);
  }

  /** What two sets of rows have together. */
  static double[] merged(double[] one, double[] other) {
    double[] merged = new double[one.length];
    for (int at = 0; at < merged.length; at++) {
      merged[at] =
          ALL.get(at) == LARGEST_ERROR ? Math.max(one[at], other[at]) : one[at] + other[at];
    }
    return merged;
  }

  @Override
  public String toString() {
    return name;
  }
}
