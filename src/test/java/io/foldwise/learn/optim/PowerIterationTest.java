package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.DenseRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Over rows of two features, whose mean squares have eigenvalues in closed form. */
final class PowerIterationTest {
  /** It says itself that it stops within a thousandth, from below. */
  private static final double TOLERANCE = 5e-3;

  @Test
  void theEigenvalueIsThatOfTheMinibatchWhereItIsLargest() {
    Random random = new Random(31);
    double[] x = random.doubles(40, -2, 3).toArray();
    double largest = Math.max(eigenvalue(x, 0, 5), eigenvalue(x, 5, 20));
    double found = largest(x, 5);
    assertTrue(found <= largest * (1 + 1e-12), found + " > " + largest);
    assertEquals(largest, found, TOLERANCE * largest);
  }

  /** The vector that the first minibatch ends with is no start for the second. */
  @Test
  void minibatchesThatHaveNothingInCommonAreBothSeen() {
    assertEquals(100, largest(new double[] {1, 0, 1, 0, 0, 10, 0, 10}, 2), 0.5);
    assertEquals(100, largest(new double[] {10, 0, 10, 0, 0, 1, 0, 1}, 2), 0.5);
  }

  @Test
  void featuresThatAreAllZeroHaveNone() {
    assertEquals(0, largest(new double[8], 2), 0.0);
  }

  /** Of the rows before {@code cut} and of those after it, without intercept or scale. */
  private static double largest(double[] x, int cut) {
    int n = x.length / 2;
    double[] rows = new double[3 * n];
    for (int i = 0; i < n; i++) {
      rows[3 * i] = 1;
      rows[3 * i + 1] = x[2 * i];
      rows[3 * i + 2] = x[2 * i + 1];
    }
    LabelledRows labelled =
        new LabelledRows(new DenseRows(3, rows), new double[n], new double[0], new int[n]);
    Coordinates plain =
        Coordinates.of(
            new ModelForm(1, false, false),
            new ColumnSums(n, n, new double[3], new double[3]),
            new Shift(new double[3]),
            PolynomialBasis.power(List.of("x", "z"), 1));
    TrialColumns columns =
        new TrialColumns(List.of(plain), List.of(Split.NONE), List.of(new Squared()), 1);
    MinibatchRows cuts = new MinibatchRows(labelled, new int[] {0, cut, n});
    RowsObjective objective = new RowsObjective(columns, List.of(cuts), 2);
    PowerIteration power = new PowerIteration(columns);
    power.look(objective, 0);
    power.look(objective, 1);
    return power.largest()[0];
  }

  /** ½(a + c + √((a − c)² + 4b²)) of the symmetric matrix of a, b and c. */
  private static double eigenvalue(double[] x, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    for (int i = from; i < to; i++) {
      a += x[2 * i] * x[2 * i] / (to - from);
      b += x[2 * i] * x[2 * i + 1] / (to - from);
      c += x[2 * i + 1] * x[2 * i + 1] / (to - from);
    }
    return 0.5 * (a + c + Math.hypot(a - c, 2 * b));
  }
}
