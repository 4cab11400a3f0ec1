package io.foldwise.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.QuadraticObjective;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The gradient that moments give, against central differences of the loss on the rows. */
final class QuadraticTest {
  private static final int FEATURES = 2;
  private static final int ROWS = 30;
  private static final double[] SHIFT = {0.4, -0.2, 3};
  private static final double[][] X = new double[ROWS][FEATURES];
  private static final double[] Y = new double[ROWS];

  static {
    Random random = new Random(17);
    for (int i = 0; i < ROWS; i++) {
      X[i][0] = random.nextGaussian();
      X[i][1] = 2 + 3 * random.nextGaussian();
      Y[i] = 4 + X[i][0] - X[i][1] + random.nextGaussian();
    }
  }

  @Test
  void theGradientOfABlockIsThatOfItsRows() {
    for (boolean intercept : new boolean[] {true, false}) {
      for (boolean standardize : new boolean[] {true, false}) {
        ModelForm form = new ModelForm(1, intercept, standardize);
        Coordinates coordinates = coordinates(form);
        int p = coordinates.weights();
        double[] w = new Random(2).doubles(2L * p).toArray();
        double[] gradient = new double[2 * p];
        new QuadraticObjective(
                new Quadratic[] {coordinates.quadratic(moments())}, new boolean[1], p, 2)
            .gradientInto(0, w, new ActiveColumns(2), gradient);
        double[] expected = new double[2 * p];
        for (int at = 0; at < 2 * p; at++) {
          double step = 1e-5;
          expected[at] =
              (loss(coordinates, moved(w, at, step), at / p * p)
                      - loss(coordinates, moved(w, at, -step), at / p * p))
                  / (2 * step);
        }
        // the loss is quadratic: differences are exact but for its rounding over the step
        assertArrayEquals(expected, gradient, 1e-8, form.toString());
      }
    }
  }

  @Test
  void functionsOfTheDataGoToWeightsAndBack() {
    AffineFunction function = new AffineFunction(1.5, new double[] {-2, 0.25});
    for (boolean standardize : new boolean[] {true, false}) {
      Coordinates coordinates = coordinates(new ModelForm(1, true, standardize));
      AffineFunction back = coordinates.function(coordinates.weightsOf(function), 0);
      assertEquals(1.5, back.intercept(), 1e-14);
      assertArrayEquals(function.coefficients(), back.coefficients(), 1e-14);
    }
  }

  @Test
  void aModelWithoutInterceptIsZeroAtZero() {
    AffineFunction function =
        coordinates(new ModelForm(1, false, true)).function(new double[] {1, 2}, 0);
    assertEquals(0.0, function.intercept(), 0.0);
  }

  private static double loss(Coordinates coordinates, double[] w, int from) {
    LinearModel model =
        new LinearModel(PolynomialBasis.power(List.of("a", "b"), 1), coordinates.function(w, from));
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += Math.pow(model.predict(X[i]) - Y[i], 2) / ROWS;
    }
    return sum;
  }

  private static double[] moved(double[] w, int at, double step) {
    double[] moved = Arrays.copyOf(w, w.length);
    moved[at] += step;
    return moved;
  }

  private static Coordinates coordinates(ModelForm form) {
    return Coordinates.of(
        form, moments().columns(), new Shift(SHIFT), PolynomialBasis.power(List.of("a", "b"), 1));
  }

  private static Moments moments() {
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    double[] scratch = new double[MomentsAccumulator.scratchLength(FEATURES)];
    for (int i = 0; i < ROWS; i++) {
      double[] z = {1, X[i][0] - SHIFT[0], X[i][1] - SHIFT[1], Y[i] - SHIFT[2]};
      accumulator.addRows(z, 0, 1, scratch);
    }
    return accumulator.moments();
  }
}
