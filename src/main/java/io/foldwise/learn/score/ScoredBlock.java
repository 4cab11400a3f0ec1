package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.LossBlock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What metrics are sums of, for n scored rows × m trials: a matrix a quantity, laid out as the
 * predictions are, row-major, n × m. Scratch of one thread, to be filled again and again.
 *
 * <p>Errors: every loss of numbers. Decisions: every loss of classes, then 1 where a row is a true
 * positive, true negative, false positive, false negative. Decisions are thresholded at z = 0 after
 * z was rounded to 12 decimals, so that the last bits of a sum decide nothing.
 */
public final class ScoredBlock {
  /** Decision values are rounded to a part in this many before they decide. */
  public static final double DECIMALS = 1e12;

  private static final List<Sum> CELLS =
      List.of(Sum.TRUE_POSITIVE, Sum.TRUE_NEGATIVE, Sum.FALSE_POSITIVE, Sum.FALSE_NEGATIVE);

  private final boolean binary;
  private final int trials;
  private final List<LossBlock> losses;
  private final List<Sum> summed;
  private final double[][] values;
  private final double[] truePositive;
  private final double[] trueNegative;
  private final double[] falsePositive;
  private final double[] falseNegative;
  private Rows rows = new Rows(new double[0], new double[0], 0);

  /**
   * Labels and weights of rows. A weight that is negative counts as NaN, and so does a label of
   * decisions that is neither 0 nor 1: the caller's alarm.
   *
   * @param labels at least n
   * @param weights at least n
   * @param count n
   */
  public record Rows(double[] labels, double[] weights, int count) {
    double weight(int row) {
      return weights[row] >= 0 ? weights[row] : Double.NaN;
    }
  }

  /**
   * @param ofTrials the losses of the trials, whose parameters the metrics take; all binary or none
   * @param capacity most rows at a time
   */
  public ScoredBlock(List<Loss> ofTrials, int capacity) {
    this.trials = ofTrials.size();
    this.binary = ofTrials.get(0).isBinary();
    List<Loss> kinds = Sum.losses(binary);
    this.losses =
        kinds.stream()
            .map(
                kind ->
                    new LossBlock(ofTrials.stream().map(own -> Sum.scoredBy(kind, own)).toList()))
            .toList();
    this.summed =
        Stream.concat(kinds.stream().map(Sum::of), binary ? CELLS.stream() : Stream.of()).toList();
    this.values = new double[summed.size()][capacity * trials];
    this.truePositive = binary ? values(Sum.TRUE_POSITIVE) : new double[0];
    this.trueNegative = binary ? values(Sum.TRUE_NEGATIVE) : new double[0];
    this.falsePositive = binary ? values(Sum.FALSE_POSITIVE) : new double[0];
    this.falseNegative = binary ? values(Sum.FALSE_NEGATIVE) : new double[0];
  }

  /**
   * Takes rows in place of those before.
   *
   * @param z predictions, n × m
   */
  public void fill(double[] z, Rows scored) {
    rows = scored;
    for (int k = 0; k < losses.size(); k++) {
      System.arraycopy(z, 0, values[k], 0, rows.count * trials);
      losses.get(k).at(rows.labels, 0, rows.count).values(values[k]);
    }
    if (binary) {
      IntStream.range(0, rows.count).forEach(row -> decide(z, row));
    }
  }

  private void decide(double[] z, int row) {
    double label = rows.labels[row];
    boolean one = label == 1;
    double[] right = one ? truePositive : trueNegative;
    double[] wrong = one ? falseNegative : falsePositive;
    double[] otherRight = one ? trueNegative : truePositive;
    double[] otherWrong = one ? falsePositive : falseNegative;
    for (int at = row * trials; at < (row + 1) * trials; at++) {
      boolean positive = Math.rint(z[at] * DECIMALS) > 0;
      right[at] = positive == one ? 1 : 0;
      wrong[at] = positive == one ? 0 : 1;
      otherRight[at] = 0;
      otherWrong[at] = 0;
    }
    if (label != 0 && label != 1) {
      for (double[] quantity : values) {
        Arrays.fill(quantity, row * trials, (row + 1) * trials, Double.NaN);
      }
    }
  }

  boolean isBinary() {
    return binary;
  }

  int trials() {
    return trials;
  }

  /** What is summed, in the order of {@link #values(int)}. */
  List<Sum> summed() {
    return summed;
  }

  /** What is added to a sum, n × m. */
  double[] values(Sum sum) {
    return values[summed.indexOf(sum)];
  }

  /** That of the k-th of {@link #summed}. */
  double[] values(int k) {
    return values[k];
  }

  Rows rows() {
    return rows;
  }
}
