package io.foldwise.learn.model;

import io.foldwise.math.ColumnSums;
import io.foldwise.math.Moments;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The columns x̃ⱼ + δⱼ·mₖ of rows that are trained on, out of sums over x̃ⱼ and mₖ ({@link
 * Imputed}). A column that has no missing cells stands for itself.
 */
final class Filling implements Serializable {
  private static final long serialVersionUID = 1;

  private static final double ROUNDING = 1e-13;
  private static final Filling NONE =
      new Filling(new int[0], new double[0], new double[0], new double[0]);

  /** For each column that which says where its cells are missing, −1 if none does. */
  private final int[] missing;

  private final double[] delta;

  /** c − sⱼ, what stands in place of missing cells. */
  private final double[] filled;

  /** The shift of the column that says where. */
  private final double[] base;

  private final boolean[] aside;

  private Filling(int[] missing, double[] delta, double[] filled, double[] base) {
    this.base = base;
    this.missing = missing;
    this.delta = delta;
    this.filled = filled;
    this.aside = new boolean[missing.length];
    for (int k : missing) {
      if (k >= 0) {
        aside[k] = true;
      }
    }
  }

  /**
   * Fills with the means of rows, or with medians that are given.
   *
   * @param imputed the features, their medians settled ({@link PolynomialBasis#without})
   * @param training sums over the rows, about the shift
   */
  static Filling of(List<Imputed> imputed, ColumnSums training, Shift shift) {
    if (imputed.isEmpty()) {
      return NONE;
    }
    int d = training.label();
    int[] missing = new int[d];
    double[] delta = new double[d];
    double[] filled = new double[d];
    double[] base = new double[d];
    Arrays.fill(missing, -1);
    for (Imputed feature : imputed) {
      int j = feature.value();
      base[j] = shift.feature(feature.missing());
      double share = training.mean(feature.missing()) + base[j];
      missing[j] = feature.missing();
      filled[j] = feature.filled() - shift.feature(j);
      delta[j] =
          feature.isByMedian()
              ? settled(feature) - feature.filled()
              : fromMean(feature, training, share, filled[j]);
    }
    return new Filling(missing, delta, filled, base);
  }

  private static double settled(Imputed feature) {
    if (feature.medians().size() > 1) {
      throw new IllegalStateException("medians differ by fold: which is held out was not said");
    }
    return feature.medians().get(0);
  }

  /** What the mean of the cells that are there is above c. */
  private static double fromMean(
      Imputed feature, ColumnSums training, double share, double filled) {
    int j = feature.value();
    double off = training.mean(j) - filled;
    double size = Math.sqrt(training.squares()[j] / training.weight()) + Math.abs(feature.filled());
    // The mean of the same rows as c is c but for rounding, and must not become a coefficient.
    return share < 1 && Math.abs(off) > ROUNDING * size ? off / (1 - share) : 0;
  }

  /** Whether a column only says where another's cells are missing. */
  boolean isAside(int j) {
    return aside.length > 0 && aside[j];
  }

  private boolean fills(int j) {
    return missing.length > 0 && missing[j] >= 0;
  }

  /** The shift of a column. */
  double shift(Shift shift, int j) {
    return fills(j) ? shift.feature(j) + delta[j] * shift.feature(missing[j]) : shift.feature(j);
  }

  /** The mean of a column about its shift. */
  double mean(ColumnSums rows, int j) {
    return fills(j) ? rows.mean(j) + delta[j] * rows.mean(missing[j]) : rows.mean(j);
  }

  /** Σ (z − mean z)²/Σ w of a column, as it is computed where nothing is filled. */
  double variance(ColumnSums rows, int j) {
    double mean = rows.mean(j);
    double own = rows.squares()[j] / rows.weight() - mean * mean;
    return fills(j) ? own + added(rows, j) : own;
  }

  /** Σ w (z − mean z)² of a column. */
  double deviation(ColumnSums rows, int j) {
    return fills(j)
        ? Math.max(0, rows.deviation(j) + added(rows, j) * rows.weight())
        : rows.deviation(j);
  }

  /**
   * What filling adds to the variance of x̃: 2δ·cov(x̃, m) + δ²·var(m). Since x̃ is c wherever m is
   * 1, cov(x̃, m) = p·(c − mean x̃), p the mean of m.
   */
  private double added(ColumnSums rows, int j) {
    double variance = rows.deviation(missing[j]) / rows.weight();
    double share = rows.mean(missing[j]) + base[j];
    return 2 * delta[j] * share * (filled[j] - rows.mean(j)) + delta[j] * delta[j] * variance;
  }

  /** Σ of the products of a column of the block's with a column. */
  double sum(Moments block, int row, int j) {
    double own = block.sum(Math.max(row, j + 1), Math.min(row, j + 1));
    return fills(j)
        ? own + delta[j] * block.sum(Math.max(row, missing[j] + 1), Math.min(row, missing[j] + 1))
        : own;
  }

  /** Σ of the products of two columns. */
  double cross(Moments block, int i, int j) {
    double own = sum(block, i + 1, j);
    return fills(i) ? own + delta[i] * sum(block, missing[i] + 1, j) : own;
  }

  /** Gives the column of m its coefficient, which is δ times that of x̃. */
  void spread(double[] coefficients, int j) {
    if (fills(j)) {
      coefficients[missing[j]] = delta[j] * coefficients[j];
    }
  }

  /** The same in a matrix of functions side by side, of which m stand in a row. */
  void spread(double[] functions, int column, int m) {
    for (int j = 0; j < missing.length; j++) {
      if (missing[j] >= 0) {
        functions[(missing[j] + 1) * m + column] = delta[j] * functions[(j + 1) * m + column];
      }
    }
  }

  /** A column's element of a gradient, of which those at x̃ and m are given. */
  double gathered(double[] functions, int column, int m, int j) {
    double own = functions[(j + 1) * m + column];
    return fills(j) ? own + delta[j] * functions[(missing[j] + 1) * m + column] : own;
  }

  /** Two columns' element of a Hessian, p × p at {@code functions[from ..]}. */
  double gathered(double[] functions, int from, int p, int i, int j) {
    double own = gathered(functions, from + (i + 1) * p, 1, j);
    return fills(i) ? own + delta[i] * gathered(functions, from + (missing[i] + 1) * p, 1, j) : own;
  }
}
