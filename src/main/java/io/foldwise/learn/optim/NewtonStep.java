package io.foldwise.learn.optim;

import io.foldwise.math.Cholesky;
import java.util.Arrays;

/**
 * The minimiser s of gᵀs + ½ sᵀHs + l1·‖w + s‖₁ at weights w.
 *
 * @param direction s
 * @param slope the slope of the objective along it
 * @param promise the decrease that the quadratic model promises
 */
record NewtonStep(double[] direction, double slope, double promise) {
  private static final double LEAST_RAISED = 1e-14;
  private static final double MOST_RAISED = 1e9;

  /** The step that stays. */
  static NewtonStep none(int d) {
    return new NewtonStep(new double[d], 0, 0);
  }

  /**
   * The step from weights.
   *
   * @param at the column of the weights, from 0
   * @param gradient g, the l2 part included
   * @param hessian H, d × d, the l2 part included; where it is not positive definite, its diagonal
   *     is raised
   * @param damping the least share of itself that its diagonal is raised by
   * @throws ArithmeticException if the Hessian is not finite
   */
  static NewtonStep of(
      WeightColumn at, double[] w, double[] gradient, double[] hessian, double damping) {
    double share = Math.max(damping, LEAST_RAISED);
    double[] direction = null;
    double[] raised = null;
    while (direction == null) {
      raised = raised(hessian, w.length, share);
      direction = at.penalty().l1() > 0 ? lasso(at, w, gradient, raised) : newton(gradient, raised);
      share *= 10;
      if (!(share < MOST_RAISED)) {
        throw new ArithmeticException("the Hessian is not finite");
      }
    }
    return along(at, w, gradient, raised, direction);
  }

  private static NewtonStep along(
      WeightColumn at, double[] w, double[] gradient, double[] hessian, double[] direction) {
    double slope = 0;
    double curved = 0;
    double l1 = 0;
    int d = w.length;
    for (int i = 0; i < d; i++) {
      slope += gradient[i] * direction[i];
      double row = 0;
      for (int j = 0; j < d; j++) {
        row += hessian[i * d + j] * direction[j];
      }
      curved += direction[i] * row;
      l1 += i < at.unpenalized() ? 0 : Math.abs(w[i] + direction[i]) - Math.abs(w[i]);
    }
    slope += at.penalty().l1() * l1;
    return new NewtonStep(direction, slope, -(slope + curved / 2));
  }

  /** The Hessian, its diagonal raised by a share of itself. */
  private static double[] raised(double[] hessian, int d, double share) {
    double[] raised = hessian.clone();
    for (int j = 0; j < d; j++) {
      raised[j * d + j] *= 1 + share;
    }
    return raised;
  }

  /**
   * The Newton step by a Hessian of unit diagonal, which no choice of units can spoil; null where
   * that is not positive definite.
   */
  private static double[] newton(double[] gradient, double[] hessian) {
    int d = gradient.length;
    double[] scale = new double[d];
    double[] matrix = new double[d * d];
    double[] solution = new double[d];
    for (int i = 0; i < d; i++) {
      scale[i] = hessian[i * d + i] > 0 ? 1 / Math.sqrt(hessian[i * d + i]) : 0;
      solution[i] = -gradient[i] * scale[i];
    }
    for (int cell = 0; cell < matrix.length; cell++) {
      matrix[cell] = hessian[cell] * scale[cell / d] * scale[cell % d];
    }
    for (int i = 0; i < d; i++) {
      if (scale[i] == 0) {
        matrix[i * d + i] = 1;
      }
    }
    if (!Cholesky.solve(matrix, d, solution)) {
      return null;
    }
    for (int i = 0; i < d; i++) {
      solution[i] *= scale[i];
    }
    return solution;
  }

  private static double[] lasso(WeightColumn at, double[] w, double[] gradient, double[] hessian) {
    int d = w.length;
    double[] gram = new double[d * d];
    double[] residual = new double[d];
    Arrays.setAll(gram, cell -> hessian[cell] / 2);
    Arrays.setAll(residual, j -> -gradient[j] / 2);
    double[] next = w.clone();
    Penalty penalty = new Penalty(at.penalty().l1(), 0);
    new CoordinateDescent(gram, d, at.unpenalized()).run(next, residual, penalty);
    for (int j = 0; j < d; j++) {
      next[j] -= w[j];
    }
    return next;
  }
}
