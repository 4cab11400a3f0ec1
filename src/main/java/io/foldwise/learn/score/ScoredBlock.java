package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.LossBlock;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.math.Exponential;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@link Sum}s take of n scored rows × m trials: one matrix for each sum, row-major, n × m. A
 * block is scratch of one thread, to be filled again and again.
 *
 * <p>Decisions are thresholded at z = 0, or of K classes fall to the first of the largest z, after
 * z was rounded to 12 decimals, so that the last bits of a sum decide nothing.
 */
public final class ScoredBlock {
  private final int trials;
  private final TargetType target;
  private final int functions;
  private final boolean logLink;
  private final List<Sum> summed;
  private final List<LossBlock> losses;
  private final List<Sum.OfRow> others;
  private final double[][] values;
  private final int[] decisions;
  private final double[] means;
  private Rows rows = new Rows(new double[0], new double[0], 0);

  /**
   * The labels and weights of rows. A weight that is negative counts as NaN, and so does a label
   * that is none of the classes, so that the caller is alarmed.
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
   * @param ofTrials the losses of the trials, whose parameters the metrics take; all of one type of
   *     labels
   * @param capacity the most rows at a time
   */
  public ScoredBlock(List<Loss> ofTrials, int capacity) {
    this.trials = ofTrials.size();
    this.target = ofTrials.get(0).target();
    this.functions = ofTrials.get(0).functions();
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
    this.values = new double[summed.size()][capacity * trials * functions];
    this.decisions = new int[target == TargetType.MULTICLASS ? capacity * trials : 0];
    this.means = new double[logLink ? capacity * trials : 0];
  }

  /**
   * Takes rows in place of those before.
   *
   * @param z predictions, n × m·K; with a log link the errors are those of exp(ŷ)
   */
  public void fill(double[] z, Rows scored) {
    rows = scored;
    for (int at = 0; at < decisions.length && at < rows.count * trials; at++) {
      decisions[at] = decision(z, at * functions);
    }
    double[] predicted = logLink ? means(z) : z;
    for (int k = 0; k < losses.size(); k++) {
      double[] taken = summed.get(k).isOfResponse() ? predicted : z;
      System.arraycopy(taken, 0, values[k], 0, rows.count * trials * functions);
      losses.get(k).at(rows.labels, 0, rows.count).values(values[k]);
    }
    for (int k = 0; k < others.size(); k++) {
      double[] added = values[losses.size() + k];
      for (int row = 0; row < rows.count; row++) {
        others.get(k).into(predicted, row * trials, (row + 1) * trials, rows.labels[row], added);
      }
    }
    IntStream.range(0, rows.count).forEach(this::alarm);
  }

  private double[] means(double[] z) {
    System.arraycopy(z, 0, means, 0, rows.count * trials);
    Exponential.exp(means, 0, rows.count * trials);
    return means;
  }

  /** The class of the largest of K values, the first of those that are as large. */
  private int decision(double[] z, int from) {
    int largest = 0;
    for (int k = 1; k < functions; k++) {
      if (Math.rint(z[from + k] * Sum.DECIMALS) > Math.rint(z[from + largest] * Sum.DECIMALS)) {
        largest = k;
      }
    }
    return largest;
  }

  /** Whether a row's label is none that the trials are of. */
  private boolean isUnknown(int row) {
    double y = rows.labels[row];
    return target == TargetType.BINARY
        ? y != 0 && y != 1
        : target == TargetType.MULTICLASS && !isClass(y);
  }

  private boolean isClass(double y) {
    return y >= 0 && y < functions && y == Math.rint(y);
  }

  /**
   * A label that is none of the classes makes NaN of every sum; an infinite mean of a row that
   * weighs nothing makes nothing.
   */
  private void alarm(int row) {
    if (isUnknown(row)) {
      fill(row, Double.NaN);
    } else if (logLink && rows.weights[row] == 0) {
      fill(row, 0);
    }
  }

  private void fill(int row, double value) {
    for (double[] quantity : values) {
      Arrays.fill(quantity, row * trials, (row + 1) * trials, value);
    }
  }

  int trials() {
    return trials;
  }

  /** The number of classes of the confusion matrix, K; 0 where none is taken. */
  int classes() {
    return target == TargetType.MULTICLASS ? functions : 0;
  }

  /** The place of a row in the confusion matrix of a trial; −1 where its label is no class. */
  int cell(int row, int trial) {
    double y = rows.labels[row];
    return isClass(y) ? ((int) y) * functions + decisions[row * trials + trial] : -1;
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
