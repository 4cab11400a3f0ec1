package io.foldwise.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Coordinates of columns whose missing cells are filled, against those of rows in which the mean
 * stands in their place.
 */
final class FillingTest {
  private static final int ROWS = 40;

  /** What stands in place of missing cells: neither the mean nor near it. */
  private static final double FILLED = 7;

  private static final Imputed X = new Imputed(0, 1, FILLED);

  /** x̃, m, z, as rows have them. */
  private static final double[][] CARRIED = new double[ROWS][];

  /** x̂ and z. */
  private static final double[][] EXPLICIT = new double[ROWS][];

  private static final double[] LABELS = new double[ROWS];
  private static final double[] SHIFT = {3.5, 0.2, -1, 2};
  private static final double MEAN;

  static {
    Random random = new Random(5);
    double sum = 0;
    int present = 0;
    for (int i = 0; i < ROWS; i++) {
      boolean missing = i % 5 == 2;
      double x = 4 + 2 * random.nextGaussian();
      double z = random.nextGaussian();
      LABELS[i] = x - z + random.nextGaussian();
      CARRIED[i] = new double[] {missing ? FILLED : x, missing ? 1 : 0, z};
      EXPLICIT[i] = new double[] {x, z};
      sum += missing ? 0 : x;
      present += missing ? 0 : 1;
    }
    MEAN = sum / present;
    for (int i = 0; i < ROWS; i++) {
      EXPLICIT[i][0] = CARRIED[i][1] == 1 ? MEAN : EXPLICIT[i][0];
    }
  }

  private static final List<ModelForm> FORMS =
      List.of(
          new ModelForm(1, true, true),
          new ModelForm(1, true, false),
          new ModelForm(1, false, true),
          new ModelForm(1, false, false));

  @Test
  void theQuadraticIsThatOfRowsThatWereFilled() {
    for (ModelForm form : FORMS) {
      Quadratic filled = carried(form).quadratic(moments(CARRIED, SHIFT));
      Quadratic expected = explicit(form).quadratic(moments(EXPLICIT, explicitShift()));
      int lead = form.fitIntercept() ? 1 : 0;
      int p = lead + 3;
      int q = lead + 2;
      for (int i = 0; i < q; i++) {
        int own = i < lead + 1 ? i : i + 1;
        assertEquals(expected.linear()[i], filled.linear()[own], 1e-12, form + " " + i);
        for (int j = 0; j < q; j++) {
          int other = j < lead + 1 ? j : j + 1;
          assertEquals(
              expected.gram()[i * q + j], filled.gram()[own * p + other], 1e-12, form.toString());
        }
      }
      assertEquals(0, filled.gram()[(lead + 1) * p + lead + 1], form.toString());
    }
  }

  @Test
  void theFunctionPredictsAsThatOfRowsThatWereFilled() {
    for (ModelForm form : FORMS) {
      double[] w = {0.5, -2, 99, 3};
      double[] explicit = {0.5, -2, 3};
      int lead = form.fitIntercept() ? 1 : 0;
      double[] ours = Arrays.copyOfRange(w, 1 - lead, 4);
      double[] theirs = Arrays.copyOfRange(explicit, 1 - lead, 3);
      AffineFunction filled = carried(form).function(ours, 0);
      AffineFunction expected = explicit(form).function(theirs, 0);
      double[] matrix = new double[4];
      carried(form).functionInto(ours, 0, matrix, 0, 1);
      AffineFunction about = carried(form).aboutShift(ours, 0);
      assertEquals(about.intercept(), matrix[0], 1e-12);
      assertArrayEquals(about.coefficients(), Arrays.copyOfRange(matrix, 1, 4), 1e-12);
      for (int i = 0; i < ROWS; i++) {
        assertEquals(
            value(expected, EXPLICIT[i]), value(filled, CARRIED[i]), 1e-12, form.toString());
      }
      double[] back = carried(form).weightsOf(filled);
      for (int at : new int[] {0, lead, lead + 2}) {
        assertEquals(ours[at], back[at], 1e-11, form.toString());
      }
    }
  }

  @Test
  void gradientsAndHessiansFollowTheChainRule() {
    for (ModelForm form : FORMS) {
      Coordinates coordinates = carried(form);
      int p = coordinates.weights();
      double[] jacobian = jacobian(coordinates);
      double[] atFunction = {0.3, -1.2, 0.7, 2.5};
      double[] gradient = new double[p];
      coordinates.gradientInto(atFunction, 0, 1, 2.0, gradient, 0);
      double[] curvature = new double[16];
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          curvature[i * 4 + j] = 1.0 / (1 + i + j) + (i == j ? 1 : 0);
        }
      }
      double[] hessian = coordinates.hessian(curvature, 0, 2.0);
      for (int i = 0; i < p; i++) {
        double expected = 0;
        for (int a = 0; a < 4; a++) {
          expected += 2 * jacobian[a * p + i] * atFunction[a];
        }
        assertEquals(expected, gradient[i], 1e-12, form.toString());
        for (int j = 0; j < p; j++) {
          double second = 0;
          for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
              second += 2 * jacobian[a * p + i] * curvature[a * 4 + b] * jacobian[b * p + j];
            }
          }
          assertEquals(second, hessian[i * p + j], 1e-12, form.toString());
        }
      }
    }
  }

  @Test
  void theMeanSquareIsThatOfRowsThatWereFilled() {
    for (ModelForm form : FORMS) {
      assertEquals(
          explicit(form).meanSquare(moments(EXPLICIT, explicitShift()).columns()),
          carried(form).meanSquare(moments(CARRIED, SHIFT).columns()),
          1e-12,
          form.toString());
    }
  }

  /** The function is linear in the weights: its differences are its derivatives. */
  private static double[] jacobian(Coordinates coordinates) {
    int p = coordinates.weights();
    double[] at0 = new double[4];
    coordinates.functionInto(new double[p], 0, at0, 0, 1);
    double[] jacobian = new double[4 * p];
    for (int j = 0; j < p; j++) {
      double[] w = new double[p];
      w[j] = 1;
      double[] at1 = new double[4];
      coordinates.functionInto(w, 0, at1, 0, 1);
      for (int a = 0; a < 4; a++) {
        jacobian[a * p + j] = at1[a] - at0[a];
      }
    }
    return jacobian;
  }

  private static double value(AffineFunction function, double[] x) {
    double value = function.intercept();
    for (int j = 0; j < x.length; j++) {
      value += function.coefficient(j) * x[j];
    }
    return value;
  }

  private static double[] explicitShift() {
    return new double[] {MEAN, SHIFT[2], SHIFT[3]};
  }

  private static Coordinates carried(ModelForm form) {
    return Coordinates.of(
        form,
        moments(CARRIED, SHIFT).columns(),
        new Shift(SHIFT),
        PolynomialBasis.power(List.of("x", "x missing", "z"), 1).imputing(List.of(X)));
  }

  private static Coordinates explicit(ModelForm form) {
    return Coordinates.of(
        form,
        moments(EXPLICIT, explicitShift()).columns(),
        new Shift(explicitShift()),
        PolynomialBasis.power(List.of("x", "z"), 1));
  }

  private static Moments moments(double[][] rows, double[] shift) {
    int d = rows[0].length;
    MomentsAccumulator accumulator = new MomentsAccumulator(d);
    double[] scratch = new double[MomentsAccumulator.scratchLength(d)];
    for (int i = 0; i < ROWS; i++) {
      double[] z = new double[d + 2];
      z[0] = 1;
      for (int j = 0; j < d; j++) {
        z[j + 1] = rows[i][j] - shift[j];
      }
      z[d + 1] = LABELS[i] - shift[d];
      accumulator.addRows(z, 0, 1, scratch);
    }
    return accumulator.moments();
  }
}
