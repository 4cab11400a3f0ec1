package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is solved briefly is what is solved, wherever a factor may be trusted or not. */
final class BriefSolutionTest {
  private static final PolynomialBasis BASIS = PolynomialBasis.power(List.of("a", "b", "c"), 1);
  private static final Shift SHIFT = new Shift(new double[] {0, 0, 0, 0});

  /** Rows whose third column is the second and so much noise. */
  private static Moments rows(double apart) {
    Random random = new Random(5);
    MomentsAccumulator sums = new MomentsAccumulator(3);
    double[] scratch = new double[MomentsAccumulator.scratchLength(3)];
    for (int i = 0; i < 40; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double c = b + apart * random.nextGaussian();
      double[] z = {1, a, 1000 * b, c, 3 + a - b + c + random.nextGaussian()};
      sums.addRows(z, 0, 1, scratch);
    }
    return sums.moments();
  }

  private static void assertSame(double apart, ModelForm form, Penalty penalty) {
    Moments rows = rows(apart);
    ExactSolver solver = new ExactSolver(Coordinates.of(form, rows.columns(), SHIFT, BASIS), rows);
    assertArrayEquals(solver.solve(penalty), solver.solveBriefly(penalty), 1e-7);
  }

  @Test
  void itIsTheSameSolution() {
    for (double apart : new double[] {1, 1e-3, 1e-9, 0}) {
      for (boolean standardize : new boolean[] {true, false}) {
        for (boolean intercept : new boolean[] {true, false}) {
          ModelForm form = new ModelForm(1, intercept, standardize);
          assertSame(apart, form, Penalty.NONE);
          assertSame(apart, form, new Penalty(0, 0.1));
          assertSame(apart, form, new Penalty(0.1, 0.1));
        }
      }
    }
  }
}
