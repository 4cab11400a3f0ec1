package io.foldwise.learn.optim;

import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.Quadratic;
import io.foldwise.math.Cholesky;
import io.foldwise.math.Moments;
import io.foldwise.math.SymmetricEigen;
import java.util.stream.IntStream;

/**
 * The optimum of mean squared error + l1·‖w‖₁ + l2·‖w‖² over one training set, from its moments.
 *
 * <p>Without l1 it is (G + l2·I)⁻¹c by one eigendecomposition for all penalties, of minimum norm
 * where singular; with l1, {@link CoordinateDescent} finds it. The intercept is eliminated by
 * centring.
 */
public final class ExactSolver {
  /** The least square of a pivot, of a matrix of unit diagonal, that a factor is trusted with. */
  private static final double PIVOT = 1e-8;

  /** Entries of a unit vector up to this size are rounding. */
  private static final double LOADING = 1e-6;

  private final Coordinates coordinates;
  private final double intercept;
  private final int d;
  private final double[] gram;
  private final double[] linear;
  private SymmetricEigen eigen;
  private SymmetricEigen equilibrated;
  private boolean reached = true;

  /**
   * @param coordinates the candidates' coordinates, in which penalties are meant
   * @param training moments of the training rows
   */
  public ExactSolver(Coordinates coordinates, Moments training) {
    int leading = coordinates.leading();
    this.coordinates = leading == 1 ? coordinates.centredAt(training.columns()) : coordinates;
    Quadratic quadratic = this.coordinates.quadratic(training);
    this.d = this.coordinates.weights() - leading;
    this.gram = new double[d * d];
    this.linear = new double[d];
    int p = d + leading;
    for (int i = 0; i < d; i++) {
      System.arraycopy(quadratic.gram(), (i + leading) * p + leading, gram, i * d, d);
    }
    System.arraycopy(quadratic.linear(), leading, linear, 0, d);
    this.intercept = leading == 1 ? quadratic.linear()[0] : 0;
  }

  /** The coordinates in which {@link #solve} answers. */
  public Coordinates coordinates() {
    return coordinates;
  }

  /** The weights of the optimum, intercept first where there is one. */
  public double[] solve(Penalty penalty) {
    reached = true;
    return withIntercept(penalty.l1() > 0 ? descendCoordinates(penalty) : solveRidge(penalty.l2()));
  }

  /**
   * The weights of {@link #solve} to about eight digits, for statistics over many training sets:
   * without l1 by one Cholesky factor, some thirty times as fast, where that can be trusted.
   */
  public double[] solveBriefly(Penalty penalty) {
    double[] matrix = new double[d * d];
    double[] solution = new double[d];
    double[] scale = new double[d];
    for (int i = 0; i < d; i++) {
      double diagonal = gram[i * d + i] + penalty.l2();
      scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
      solution[i] = linear[i] * scale[i];
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        matrix[i * d + j] = i == j ? 1 : gram[i * d + j] * scale[i] * scale[j];
      }
    }
    if (penalty.l1() > 0 || !Cholesky.solve(matrix, d, solution) || isSmallPivot(matrix)) {
      return solve(penalty);
    }
    for (int i = 0; i < d; i++) {
      solution[i] *= scale[i];
    }
    return withIntercept(solution);
  }

  private boolean isSmallPivot(double[] factor) {
    return IntStream.range(0, d).anyMatch(i -> Math.pow(factor[i * d + i], 2) < PIVOT);
  }

  private double[] withIntercept(double[] solution) {
    double[] w = new double[coordinates.weights()];
    System.arraycopy(solution, 0, w, coordinates.leading(), d);
    if (coordinates.leading() == 1) {
      w[0] = intercept;
    }
    return w;
  }

  /** Whether the last answer of {@link #solve} is the optimum; without l1 it always is. */
  public boolean isReached() {
    return reached;
  }

  private double[] solveRidge(double ridge) {
    if (ridge == 0) {
      double[] scaled = solveEquilibrated();
      if (scaled.length == d) {
        return scaled;
      }
    }
    if (eigen == null) {
      eigen = SymmetricEigen.of(gram, d);
    }
    return eigen.solve(gram, linear, ridge);
  }

  /** Solves with unit diagonal, which no choice of units can spoil; empty where G is singular. */
  private double[] solveEquilibrated() {
    double[] scale = scale();
    double[] matrix = scaled(scale);
    double[] right = new double[d];
    for (int i = 0; i < d; i++) {
      right[i] = linear[i] * scale[i];
    }
    if (equilibrated == null) {
      equilibrated = SymmetricEigen.of(matrix, d);
    }
    if (equilibrated.isSingular()) {
      return new double[0];
    }
    double[] solution = equilibrated.solve(matrix, right, 0);
    for (int i = 0; i < d; i++) {
      solution[i] *= scale[i];
    }
    return solution;
  }

  private double[] scale() {
    double[] scale = new double[d];
    for (int i = 0; i < d; i++) {
      scale[i] = gram[i * d + i] > 0 ? 1 / Math.sqrt(gram[i * d + i]) : 0;
    }
    return scale;
  }

  private double[] scaled(double[] scale) {
    double[] matrix = new double[d * d];
    for (int at = 0; at < matrix.length; at++) {
      matrix[at] = gram[at] * scale[at / d] * scale[at % d];
    }
    return matrix;
  }

  /**
   * The columns, the intercept left out, that are linear combinations of each other to working
   * precision, so that without a penalty no single w is the optimum. Those that do not vary are
   * left out.
   */
  public int[] dependent() {
    double[] scale = scale();
    double[] loadings = SymmetricEigen.of(scaled(scale), d).nullSpace();
    return IntStream.range(0, d).filter(i -> scale[i] > 0 && loadings[i] > LOADING).toArray();
  }

  private double[] descendCoordinates(Penalty penalty) {
    double[] w = new double[d];
    reached = new CoordinateDescent(gram, d, 0).run(w, linear.clone(), penalty);
    return w;
  }
}
