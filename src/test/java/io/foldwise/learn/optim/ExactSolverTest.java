package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Optima by what makes them optima: of a convex objective, the slope of the mean squared error over
 * the rows along each weight is what the penalties take up.
 */
final class ExactSolverTest {
  private static final int ROWS = 40;
  private static final int D = 3;
  private static final double[] SHIFT = {0.4, 90, -2, 3};
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<Penalty> PENALTIES =
      List.of(
          new Penalty(0, 0),
          new Penalty(0, 0.5),
          new Penalty(0.3, 0),
          new Penalty(0.3, 0.5),
          new Penalty(4, 0),
          new Penalty(1e6, 0.1));

  private static double[][] rows() {
    Random random = new Random(19);
    double[][] x = new double[ROWS][D];
    for (double[] row : x) {
      row[0] = random.nextGaussian();
      row[1] = 100 + 30 * random.nextGaussian() + 5 * row[0];
      row[2] = 0.01 * random.nextGaussian() - 2;
    }
    return x;
  }

  private static double[] labels(double[][] x) {
    Random random = new Random(20);
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 4 + x[i][0] - 0.1 * x[i][1] + 30 * x[i][2] + random.nextGaussian();
    }
    return y;
  }

  @Test
  void theSlopeOfTheErrorIsWhatThePenaltiesTakeUp() {
    double[][] x = rows();
    double[] y = labels(x);
    for (boolean intercept : new boolean[] {true, false}) {
      for (boolean standardize : new boolean[] {true, false}) {
        ModelForm form = new ModelForm(1, intercept, standardize);
        ExactSolver solver = solver(form, x, y);
        for (Penalty penalty : PENALTIES) {
          double[] w = solver.solve(penalty);
          assertTrue(solver.isReached());
          assertOptimal(form, penalty, x, y, solver.coordinates().function(w, 0));
        }
      }
    }
  }

  /** Penalties are of the coefficient times the deviation of its column where standardised. */
  private static void assertOptimal(
      ModelForm form, Penalty penalty, double[][] x, double[] y, AffineFunction function) {
    String message = form + ", " + penalty + ", " + function;
    double[] errors = new double[ROWS];
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      errors[i] = function.intercept() - y[i];
      for (int j = 0; j < D; j++) {
        errors[i] += function.coefficient(j) * x[i][j];
      }
      sum += errors[i];
    }
    if (form.fitIntercept()) {
      assertEquals(0, sum / ROWS, 1e-9, message);
    } else {
      assertEquals(0, function.intercept(), 0.0, message);
    }
    for (int j = 0; j < D; j++) {
      double unit = form.standardize() ? deviation(x, j) : 1;
      double slope = 0;
      double size = 0;
      for (int i = 0; i < ROWS; i++) {
        slope += 2 * errors[i] * x[i][j] / unit / ROWS;
        size += 2 * Math.abs(y[i] * x[i][j]) / unit / ROWS;
      }
      double w = function.coefficient(j) * unit;
      double left = -slope - 2 * penalty.l2() * w;
      if (w == 0) {
        assertTrue(Math.abs(left) <= penalty.l1() + 1e-9 * size, message);
      } else {
        assertEquals(penalty.l1() * Math.signum(w), left, 1e-9 * size, message);
      }
    }
  }

  @Test
  void aColumnThatDoesNotVaryHasNoWeight() {
    double[][] x = rows();
    for (double[] row : x) {
      row[1] = 7;
    }
    for (boolean standardize : new boolean[] {true, false}) {
      ExactSolver solver = solver(new ModelForm(1, true, standardize), x, labels(x));
      for (Penalty penalty : PENALTIES) {
        double weight = solver.coordinates().function(solver.solve(penalty), 0).coefficient(1);
        assertEquals(0, weight, standardize ? 0 : 1e-10);
      }
      assertArrayEquals(new int[0], solver.dependent());
    }
  }

  /** Of all optima the one of least norm shares a weight evenly between equal columns. */
  @Test
  void columnsThatDependOnEachOtherAreNamedAndShareTheirWeight() {
    double[][] x = rows();
    double[] y = labels(x);
    ExactSolver whole = solver(new ModelForm(1, true, true), x, y);
    assertArrayEquals(new int[0], whole.dependent());
    for (double[] row : x) {
      row[2] = 5 - 2 * row[0];
    }
    ExactSolver solver = solver(new ModelForm(1, true, true), x, y);
    assertArrayEquals(new int[] {0, 2}, solver.dependent());
    double[] w = solver.solve(Penalty.NONE);
    assertEquals(-w[1], w[3], 1e-9 * Math.abs(w[1]));
    assertTrue(w[1] != 0);
    assertOptimal(
        new ModelForm(1, true, true), Penalty.NONE, x, y, solver.coordinates().function(w, 0));
  }

  private static double deviation(double[][] x, int j) {
    double mean = 0;
    for (double[] row : x) {
      mean += row[j] / x.length;
    }
    double variance = 0;
    for (double[] row : x) {
      variance += (row[j] - mean) * (row[j] - mean) / x.length;
    }
    return Math.sqrt(variance);
  }

  private static ExactSolver solver(ModelForm form, double[][] x, double[] y) {
    MomentsAccumulator accumulator = new MomentsAccumulator(D);
    double[] scratch = new double[MomentsAccumulator.scratchLength(D)];
    for (int i = 0; i < x.length; i++) {
      double[] z = {1, 0, 0, 0, y[i] - SHIFT[D]};
      for (int j = 0; j < D; j++) {
        z[j + 1] = x[i][j] - SHIFT[j];
      }
      accumulator.addRows(z, 0, 1, scratch);
    }
    Moments moments = accumulator.moments();
    return new ExactSolver(
        Coordinates.of(form, moments.columns(), new Shift(SHIFT), PolynomialBasis.power(NAMES, 1)),
        moments);
  }
}
