package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResidualsTest {
  private static Residuals of(Residuals.Precision precision, double... errors) {
    Residuals.Collector collector = new Residuals.Collector(precision);
    Arrays.stream(errors).forEach(error -> collector.add(1 + error, 1, 1));
    return collector.residuals();
  }

  private static void assertSame(Residuals expected, Residuals actual) {
    assertArrayEquals(expected.values(), actual.values());
    assertArrayEquals(expected.weights(), actual.weights());
    assertEquals(expected.rows(), actual.rows());
  }

  @Test
  void errorsAscendEachOnceWithTheWeightOfItsRows() {
    Residuals.Collector collector = new Residuals.Collector(Residuals.Precision.EXACT);
    collector.add(3, 1, 0.5);
    collector.add(1, 1, 1);
    collector.add(-1, 1, 2);
    collector.add(7, 1, 0);
    assertSame(new Residuals(new double[] {0, 2}, new double[] {1, 2.5}, 3), collector.residuals());
  }

  @ParameterizedTest
  @EnumSource
  void howRowsAreDividedChangesNothing(Residuals.Precision precision) {
    double[] errors = new Random(1).doubles(500, -1, 1).map(e -> Math.rint(e * 64) / 64).toArray();
    Residuals one = of(precision, errors);
    for (int cut : new int[] {0, 1, 137, 499, 500}) {
      Residuals first = of(precision, Arrays.copyOf(errors, cut));
      Residuals last = of(precision, Arrays.copyOfRange(errors, cut, errors.length));
      assertSame(one, first.merge(last));
      assertSame(one, last.merge(first));
    }
  }

  @Test
  void roundingIsByAtMostAThousandthAndMakesManyFew() {
    double[] errors = new Random(2).doubles(100_000, 1e-3, 1e3).toArray();
    Residuals rounded = of(Residuals.Precision.ROUNDED, errors);
    assertTrue(rounded.values().length < 11_000, rounded.values().length + " values");
    assertEquals(errors.length, Arrays.stream(rounded.weights()).sum());
    for (double error : Arrays.copyOf(errors, 1000)) {
      double kept = of(Residuals.Precision.ROUNDED, error).values()[0];
      assertEquals(Math.abs(1 + error - 1), kept, 1e-3 * error);
    }
    for (double whole : new double[] {0, 1, 1.5, 2, 96}) {
      assertEquals(whole, of(Residuals.Precision.ROUNDED, whole).values()[0]);
    }
    assertEquals(Double.POSITIVE_INFINITY, of(Residuals.Precision.ROUNDED, Double.NaN).values()[0]);
  }
}
