package io.foldwise.learn;

/**
 * Minimises wᵀGw − 2cᵀw + l1·‖w‖₁ + l2·‖w‖², the penalties on all but the leading weights, by
 * cyclic coordinate descent with covariance updates (Friedman, Hastie and Tibshirani, J. Stat.
 * Softw. 33, 2010). A coordinate without curvature stays where it is.
 *
 * @param gram G, d × d, symmetric, positive semidefinite
 * @param d number of weights
 * @param unpenalized leading weights that no penalty touches
 */
record CoordinateDescent(double[] gram, int d, int unpenalized) {
  private static final int MOST_SWEEPS = 100_000;
  private static final double TOLERANCE = 1e-14;

  /**
   * Runs until no weight moves by more than 1e-14 of the largest.
   *
   * @param w where it starts and ends
   * @param residual c − G w, kept so
   */
  void run(double[] w, double[] residual, Penalty penalty) {
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double moved = 0;
      double largest = 0;
      for (int j = 0; j < d; j++) {
        moved = Math.max(moved, Math.abs(update(j, w, residual, penalty)));
        largest = Math.max(largest, Math.abs(w[j]));
      }
      if (moved <= TOLERANCE * largest) {
        break;
      }
    }
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
