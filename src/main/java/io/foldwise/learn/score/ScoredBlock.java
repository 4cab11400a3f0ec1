package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.LossBlock;
import io.foldwise.math.Exponential;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@link Sum}s take of n scored rows × m trials: one matrix for each sum, laid out as the
 * predictions are, row-major, n × m. A block is scratch of one thread, to be filled again and
 * again.
 *
 * <p>Decisions are thresholded at z = 0 after z was rounded to 12 decimals, so that the last bits
 * of a sum decide nothing.
 */
public final class ScoredBlock {
  private final int trials;
  private final boolean binary;
  private final boolean logLink;
  private final List<Sum> summed;
  private final List<LossBlock> losses;
  private final List<Sum.OfRow> others;
  private final double[][] values;
  private final double[] means;
  private Rows rows = new Rows(new double[0], new double[0], 0);

  /**
   * The labels and weights of rows. A weight that is negative counts as NaN, and so does a label of
   * decisions that is neither 0 nor 1, so that the caller is alarmed.
   *
   * @param labels y, at least n
   * @param weights w, at least n
   * @param count the number of rows, n
   */
  public record Rows(double[] labels, double[] weights, int count) {
    double weight(int row) {
      return weights[row] >= 0 ? weights[row] : Double.NaN;
    }
  }

  /**
   * @param ofTrials the losses of the trials, whose parameters the metrics take; all binary or none
   * @param capacity the most rows at a time
   */
  public ScoredBlock(List<Loss> ofTrials, int capacity) {
    this.trials = ofTrials.size();
    this.binary = ofTrials.get(0).isBinary();
    this.logLink = ofTrials.get(0).isLogLink();
    this.summed = Sum.ofModels(ofTrials.get(0));
    this.losses =
        summed.stream()
            .filter(Sum.OfLoss.class::isInstance)
            .map(Sum.OfLoss.class::cast)
            .map(sum -> new LossBlock(ofTrials.stream().map(sum::scoredBy).toList()))
            .toList();
    this.others =
        summed.stream().filter(Sum.OfRow.class::isInstance).map(Sum.OfRow.class::cast).toList();
    this.values = new double[summed.size()][capacity * trials];
    this.means = new double[logLink ? capacity * trials : 0];
  }

  /**
   * Takes rows in place of those before.
   *
   * @param z predictions ŷ, n × m; with a log link the errors are those of exp(ŷ)
   */
  public void fill(double[] z, Rows scored) {
    rows = scored;
    double[] predicted = logLink ? means(z) : z;
    for (int k = 0; k < losses.size(); k++) {
      double[] taken = summed.get(k).isOfResponse() ? predicted : z;
      System.arraycopy(taken, 0, values[k], 0, rows.count * trials);
      losses.get(k).at(rows.labels, 0, rows.count).values(values[k]);
    }
    for (int k = 0; k < others.size(); k++) {
      double[] added = values[losses.size() + k];
      for (int row = 0; row < rows.count; row++) {
        others.get(k).into(predicted, row * trials, (row + 1) * trials, rows.labels[row], added);
      }
    }
    if (binary) {
      IntStream.range(0, rows.count).forEach(this::alarm);
    }
  }

  private double[] means(double[] z) {
    System.arraycopy(z, 0, means, 0, rows.count * trials);
    Exponential.exp(means, 0, rows.count * trials);
    return means;
  }

  /** A label that is neither 0 nor 1 makes NaN of every sum. */
  private void alarm(int row) {
    if (rows.labels[row] != 0 && rows.labels[row] != 1) {
      for (double[] quantity : values) {
        Arrays.fill(quantity, row * trials, (row + 1) * trials, Double.NaN);
      }
    }
  }

  int trials() {
    return trials;
  }

  /** The sums that are taken, those of losses first. */
  List<Sum> summed() {
    return summed;
  }

  /** The values that the k-th of {@link #summed} takes, n × m. */
  double[] values(int k) {
    return values[k];
  }

  Rows rows() {
    return rows;
  }
}
