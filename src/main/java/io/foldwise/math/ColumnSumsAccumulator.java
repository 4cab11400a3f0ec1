package io.foldwise.math;

import java.util.Arrays;

/**
 * Adds rows up to {@link ColumnSums}: the mutable side of the pair. Plain sums run over {@value
 * #FEW} rows at most; those are added up in twice the working precision.
 */
public final class ColumnSumsAccumulator {
  private static final int FEW = 256;

  private final int columns;
  private final double[] few;
  private final double[] high;
  private final double[] low;
  private long rows;

  /**
   * @param features the number of features, d ≥ 0
   */
  public ColumnSumsAccumulator(int features) {
    this.columns = features + 1;
    this.few = new double[2 * columns + 1];
    this.high = new double[few.length];
    this.low = new double[few.length];
  }

  /** Adds a cell of the row that {@link #endRow} ends. */
  public void add(int column, double value, double weight) {
    double weighted = weight * value;
    few[column] += weighted;
    few[columns + column] += weighted * value;
  }

  /**
   * Adds the features of a row.
   *
   * @param values d numbers at {@code values[from ..]}
   */
  public void addFeatures(double[] values, int from, double weight) {
    for (int j = 0; j < columns - 1; j++) {
      double weighted = weight * values[from + j];
      few[j] += weighted;
      few[columns + j] += weighted * values[from + j];
    }
  }

  /** Ends a row. */
  public void endRow(double label, double weight) {
    add(columns - 1, label, weight);
    few[2 * columns] += weight;
    if (++rows % FEW == 0) {
      flush();
    }
  }

  private void flush() {
    for (int at = 0; at < few.length; at++) {
      Compensated.add(high, low, at, few[at]);
    }
    Arrays.fill(few, 0);
  }

  /** The sums so far. */
  public ColumnSums sums() {
    flush();
    double[] all = new double[few.length];
    Arrays.setAll(all, at -> high[at] + low[at]);
    return new ColumnSums(
        rows,
        all[2 * columns],
        Arrays.copyOf(all, columns),
        Arrays.copyOfRange(all, columns, 2 * columns));
  }
}
