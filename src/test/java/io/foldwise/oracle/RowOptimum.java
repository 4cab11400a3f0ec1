package io.foldwise.oracle;

import io.foldwise.learn.optim.Penalty;

/**
 * The optimum of mean squared error + l1·‖w‖₁ + l2·‖w‖² on rows: by Householder's QR of the rows
 * with √(n·l2)·I below them, or by coordinate descent on the residuals of the rows.
 */
final class RowOptimum {
  private static final int SWEEPS = 20_000;

  private RowOptimum() {}

  static double[] solve(
      double[][] z, TrainingRows rows, int[] training, Penalty penalty, int leading) {
    return penalty.l1() == 0
        ? leastSquares(z, rows, training, penalty.l2(), leading)
        : coordinateDescent(z, rows, training, penalty, leading);
  }

  private static double[] leastSquares(
      double[][] z, TrainingRows rows, int[] training, double l2, int leading) {
    int n = training.length;
    int d = z[0].length;
    double[][] a = new double[n + d][d];
    double[] b = new double[n + d];
    for (int i = 0; i < n; i++) {
      double root = Math.sqrt(rows.weight(training[i]));
      for (int j = 0; j < d; j++) {
        a[i][j] = root * z[training[i]][j];
      }
      b[i] = root * rows.y()[training[i]];
    }
    for (int j = leading; j < d; j++) {
      a[n + j][j] = Math.sqrt(rows.weight(training) * l2);
    }
    for (int j = 0; j < d; j++) {
      reflect(a, b, j);
    }
    double[] w = new double[d];
    for (int j = d - 1; j >= 0; j--) {
      double rest = b[j];
      for (int l = j + 1; l < d; l++) {
        rest -= a[j][l] * w[l];
      }
      w[j] = Math.abs(a[j][j]) < 1e-12 ? 0 : rest / a[j][j];
    }
    return w;
  }

  private static void reflect(double[][] a, double[] b, int j) {
    double norm = 0;
    for (int i = j; i < a.length; i++) {
      norm = Math.hypot(norm, a[i][j]);
    }
    if (norm == 0) {
      return;
    }
    double[] v = new double[a.length];
    double squares = 0;
    for (int i = j; i < a.length; i++) {
      v[i] = a[i][j] + (i == j ? Math.copySign(norm, a[j][j]) : 0);
      squares += v[i] * v[i];
    }
    for (int l = j; l < a[0].length; l++) {
      double dot = 0;
      for (int i = j; i < a.length; i++) {
        dot += v[i] * a[i][l];
      }
      for (int i = j; i < a.length; i++) {
        a[i][l] -= 2 * dot / squares * v[i];
      }
    }
    double dot = 0;
    for (int i = j; i < a.length; i++) {
      dot += v[i] * b[i];
    }
    for (int i = j; i < a.length; i++) {
      b[i] -= 2 * dot / squares * v[i];
    }
  }

  private static double[] coordinateDescent(
      double[][] z, TrainingRows rows, int[] training, Penalty penalty, int leading) {
    int d = z[0].length;
    double all = rows.weight(training);
    double[] w = new double[d];
    double[] residual = rows.y().clone();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double moved = 0;
      for (int j = 0; j < d; j++) {
        double square = 0;
        double correlation = 0;
        for (int i : training) {
          double share = rows.weight(i) / all;
          square += share * z[i][j] * z[i][j];
          correlation += share * z[i][j] * (residual[i] + w[j] * z[i][j]);
        }
        double l1 = j < leading ? 0 : penalty.l1();
        double l2 = j < leading ? 0 : penalty.l2();
        double shrunk = Math.max(0, Math.abs(correlation) - l1 / 2) * Math.signum(correlation);
        double next = square + l2 == 0 ? 0 : shrunk / (square + l2);
        for (int i : training) {
          residual[i] -= (next - w[j]) * z[i][j];
        }
        moved = Math.max(moved, Math.abs(next - w[j]));
        w[j] = next;
      }
      if (moved < 1e-15) {
        return w;
      }
    }
    return w;
  }
}
