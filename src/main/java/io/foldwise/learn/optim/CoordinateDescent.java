package io.foldwise.learn.optim;

import io.foldwise.math.Cholesky;
import java.util.stream.IntStream;

/**
 * Minimises wᵀGw − 2cᵀw + l1·‖w‖₁ + l2·‖w‖², the penalties on all but the leading weights, by
 * cyclic coordinate descent with covariance updates (Friedman, Hastie and Tibshirani, J. Stat.
 * Softw. 33, 2010). A coordinate without curvature stays where it is.
 *
 * <p>Where columns are nearly alike the sweeps creep. So every {@value #OFTEN} of them the weights
 * that are not zero are solved for together, by a Cholesky factor, as far as no sign changes: this
 * is the primal active-set method, in which the sweeps choose what becomes active.
 *
 * @param gram G, d × d, symmetric, positive semidefinite
 * @param d number of weights
 * @param unpenalized leading weights that no penalty touches
 */
record CoordinateDescent(double[] gram, int d, int unpenalized) {
  private static final int MOST_SWEEPS = 100_000;
  private static final int OFTEN = 20;
  private static final double TOLERANCE = 1e-14;

  /** The share by which rounding may exceed the slope that holds a weight at zero. */
  private static final double ROUNDING = 1e-10;

  /**
   * Runs until no weight moves by more than 1e-14 of the largest, or the conditions of an optimum
   * hold.
   *
   * @param w the weights where it starts, moved in place
   * @param residual c − G w, kept so
   * @return whether it came to that
   */
  boolean run(double[] w, double[] residual, Penalty penalty) {
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double moved = 0;
      double largest = 0;
      for (int j = 0; j < d; j++) {
        moved = Math.max(moved, Math.abs(update(j, w, residual, penalty)));
        largest = Math.max(largest, Math.abs(w[j]));
      }
      boolean turn = sweep % OFTEN == OFTEN - 1;
      if (moved <= TOLERANCE * largest || (turn && solveActive(w, residual, penalty))) {
        return true;
      }
    }
    return false;
  }

  /** Solves for the weights that are not zero, and tells whether that is the optimum. */
  private boolean solveActive(double[] w, double[] residual, Penalty penalty) {
    double[] linear = residual.clone();
    addProduct(w, 1, linear);
    boolean crossed = true;
    while (crossed) {
      int[] active = active(w);
      double[] solution = solution(active, w, linear, penalty);
      if (solution.length == 0 && active.length > 0) {
        return false;
      }
      crossed = moveTo(solution, active, w);
    }
    System.arraycopy(linear, 0, residual, 0, d);
    addProduct(w, -1, residual);
    double most = penalty.l1() / 2 * (1 + ROUNDING);
    return IntStream.range(unpenalized, d)
        .allMatch(j -> w[j] != 0 || gram[j * d + j] == 0 || Math.abs(residual[j]) <= most);
  }

  private int[] active(double[] w) {
    return IntStream.range(0, d)
        .filter(j -> gram[j * d + j] > 0 && (j < unpenalized || w[j] != 0))
        .toArray();
  }

  private void addProduct(double[] w, double factor, double[] sums) {
    for (int j = 0; j < d; j++) {
      for (int i = 0; w[j] != 0 && i < d; i++) {
        sums[i] += factor * w[j] * gram[j * d + i];
      }
    }
  }

  /** The optimum over some weights with their signs; empty where it is not unique. */
  private double[] solution(int[] active, double[] w, double[] linear, Penalty penalty) {
    int n = active.length;
    double[] matrix = new double[n * n];
    double[] right = new double[n];
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      int j = active[i];
      boolean free = j < unpenalized;
      scale[i] = 1 / Math.sqrt(gram[j * d + j] + (free ? 0 : penalty.l2()));
      right[i] = scale[i] * (linear[j] - (free ? 0 : penalty.l1() / 2 * Math.signum(w[j])));
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        matrix[i * n + k] = i == k ? 1 : gram[active[i] * d + active[k]] * scale[i] * scale[k];
      }
    }
    if (!Cholesky.solve(matrix, n, right)) {
      return new double[0];
    }
    for (int i = 0; i < n; i++) {
      right[i] *= scale[i];
    }
    return right;
  }

  /** Moves towards a solution, up to where a first weight is zero, and tells whether one is. */
  private boolean moveTo(double[] solution, int[] active, double[] w) {
    double share = 1;
    int first = -1;
    for (int i = 0; i < active.length; i++) {
      double from = w[active[i]];
      if (active[i] >= unpenalized && solution[i] * from <= 0) {
        double crossing = from / (from - solution[i]);
        if (first < 0 || crossing < share) {
          share = crossing;
          first = active[i];
        }
      }
    }
    for (int i = 0; i < active.length; i++) {
      w[active[i]] = share == 1 ? solution[i] : w[active[i]] + share * (solution[i] - w[active[i]]);
    }
    if (first >= 0) {
      w[first] = 0;
    }
    return first >= 0;
  }

  private double update(int j, double[] w, double[] residual, Penalty penalty) {
    double own = gram[j * d + j];
    boolean free = j < unpenalized;
    double curvature = free ? own : own + penalty.l2();
    if (curvature == 0) {
      return 0;
    }
    double target = residual[j] + own * w[j];
    double next = free ? target : Penalty.softThreshold(target, penalty.l1() / 2);
    double change = next / curvature - w[j];
    if (change != 0) {
      w[j] = next / curvature;
      for (int i = 0; i < d; i++) {
        residual[i] -= change * gram[j * d + i];
      }
    }
    return change;
  }
}
