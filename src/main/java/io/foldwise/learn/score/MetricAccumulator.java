package io.foldwise.learn.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds scored rows up to {@link MetricSums}, except for the AUC, of m trials at once: the mutable
 * side of the pair.
 *
 * <p>Rows are summed plainly until {@link #settle}, a few hundred at most, and then go into sums of
 * twice the working precision. Mean and deviation of the labels are updated by West's formulas
 * (1979).
 */
public final class MetricAccumulator {
  private static final int ROWS = 0;
  private static final int WEIGHT = 1;
  private static final int FIRST = 2;

  private final ScoredBlock block;
  private final double[][] few;
  private final double[][] high;
  private final double[][] low;
  private final double[] seen;
  private final double[] mean;
  private final double[] deviation;
  private final double[][] confusion;

  /**
   * @param block the block that the rows come from
   */
  public MetricAccumulator(ScoredBlock block) {
    int m = block.trials();
    this.block = block;
    this.few = new double[FIRST + block.summed().size()][m];
    this.high = new double[FIRST + block.summed().size()][m];
    this.low = new double[FIRST + block.summed().size()][m];
    this.seen = new double[m];
    this.mean = new double[m];
    this.deviation = new double[m];
    this.confusion = new double[m][block.classes() * block.classes()];
  }

  /** Adds a row of the block for the trials {@code from} to before {@code to}. */
  public void add(int row, int from, int to) {
    if (from == to) {
      return;
    }
    double w = block.rows().weight(row);
    addConstant(few[ROWS], 1, from, to);
    addConstant(few[WEIGHT], w, from, to);
    addLabel(block.rows().labels()[row], w, from, to);
    for (int c = from; c < to && block.classes() > 0; c++) {
      int cell = block.cell(row, c);
      confusion[c][Math.max(0, cell)] += cell < 0 ? Double.NaN : w;
    }
    int first = row * block.trials();
    for (int k = 0; k < block.summed().size(); k++) {
      if (!block.summed().get(k).isLargest()) {
        addMultiple(w, block.values(k), first, few[FIRST + k], from, to);
      } else if (w > 0) {
        enlarge(block.values(k), first, high[FIRST + k], from, to);
      }
    }
  }

  private static void addConstant(double[] sums, double value, int from, int to) {
    for (int c = from; c < to; c++) {
      sums[c] += value;
    }
  }

  private static void addMultiple(
      double w, double[] values, int first, double[] sums, int from, int to) {
    for (int c = from; c < to; c++) {
      sums[c] += w * values[first + c];
    }
  }

  private static void enlarge(double[] values, int first, double[] largest, int from, int to) {
    for (int c = from; c < to; c++) {
      largest[c] = Math.max(largest[c], values[first + c]);
    }
  }

  private void addLabel(double y, double w, int from, int to) {
    if (w == 0) {
      return;
    }
    for (int c = from; c < to; c++) {
      seen[c] += w;
      double before = y - mean[c];
      mean[c] += before * w / seen[c];
      deviation[c] += w * before * (y - mean[c]);
    }
  }

  /** Takes the plain sums over; it is to be called before the block is filled again. */
  public void settle() {
    for (int k = 0; k < few.length; k++) {
      for (int c = 0; c < mean.length; c++) {
        double before = high[k][c];
        double sum = before + few[k][c];
        double virtual = sum - before;
        low[k][c] += (before - (sum - virtual)) + (few[k][c] - virtual);
        high[k][c] = sum;
      }
      Arrays.fill(few[k], 0);
    }
  }

  private double sum(int k, int c) {
    return high[k][c] + low[k][c];
  }

  /** The settled sums of a trial; {@link MetricSums#EMPTY} where it has no rows. */
  public MetricSums sums(int trial) {
    if (high[ROWS][trial] == 0) {
      return MetricSums.EMPTY;
    }
    Map<Sum, Double> taken = new HashMap<>();
    for (int k = 0; k < block.summed().size(); k++) {
      taken.put(block.summed().get(k), sum(FIRST + k, trial));
    }
    return MetricSums.of(
            (long) high[ROWS][trial],
            sum(WEIGHT, trial),
            new MetricSums.Labels(mean[trial], deviation[trial]),
            taken)
        .withConfusion(new Confusion(confusion[trial]));
  }
}
