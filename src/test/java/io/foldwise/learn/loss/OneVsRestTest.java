package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of losses of two classes, against those losses taken one by one. */
final class OneVsRestTest {
  private static final int K = 4;
  private static final int ROWS = 30;
  private static final int TRIALS = 3;

  private final Random random = new Random(5);

  static Stream<OneVsRest> losses() {
    return Stream.of(new Hinge(), new SquaredHinge(), new Logistic())
        .map(each -> new OneVsRest(each, K));
  }

  private static LossBlock block(OneVsRest loss, double[] labels) {
    return new LossBlock(Collections.nCopies(TRIALS, loss)).at(labels, 0, labels.length);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valuesAndSlopesAreThoseOfEachClassAgainstTheRest(OneVsRest loss) {
    double[] z = random.doubles(ROWS * TRIALS * K, -4, 4).toArray();
    double[] labels = random.ints(ROWS, 0, K).asDoubleStream().toArray();
    double[] values = z.clone();
    block(loss, labels).values(values);
    double[] slopes = z.clone();
    block(loss, labels).derivatives(slopes);
    for (int at = 0; at < ROWS * TRIALS; at++) {
      double sum = 0;
      for (int k = 0; k < K; k++) {
        double own = labels[at / TRIALS] == k ? 1 : 0;
        sum += loss.each().value(z[at * K + k], own);
        assertEquals(loss.each().derivative(z[at * K + k], own), slopes[at * K + k], 0);
      }
      assertEquals(sum, values[at], 1e-14 * sum);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void roundedOffItIsTheSumOfThemRoundedOff(OneVsRest loss) {
    for (double width : new double[] {0.01, 1}) {
      for (int y = 0; y < K; y++) {
        double[] z = random.doubles(K + 1, -4, 4).toArray();
        double[] slopes = z.clone();
        double[] curvatures = random.doubles(2 + K * (K + 1) / 2).toArray();
        double[] before = curvatures.clone();
        Smoothed sum = new Smoothed();
        loss.smoothInto(slopes, 1, y, width, curvatures, 1, sum);
        double value = 0;
        double gap = 0;
        double itself = 0;
        for (int k = 0, at = 1; k < K; k++) {
          Smoothed one = new Smoothed();
          loss.each().smoothInto(z[1 + k], y == k ? 1 : 0, width, one);
          value += one.value();
          gap += one.gap();
          itself += one.loss();
          assertEquals(one.slope(), slopes[1 + k]);
          for (int l = 0; l < k; l++, at++) {
            assertEquals(0, curvatures[at], "different functions");
          }
          assertEquals(one.curvature(), curvatures[at++]);
        }
        assertArrayEquals(
            new double[] {value, gap, itself},
            new double[] {sum.value(), sum.gap(), sum.loss()},
            1e-14 * value);
        assertEquals(z[0], slopes[0]);
        assertEquals(before[0], curvatures[0]);
        assertEquals(before[before.length - 1], curvatures[before.length - 1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theBestConstantsAreBetterThanOthers(OneVsRest loss) {
    double[] weights = {3, 1, 12, 2};
    double[] best = loss.bestConstants(weights);
    for (int k = 0; k < K; k++) {
      for (double by : new double[] {-0.3, -1e-3, 1e-3, 0.3}) {
        double[] other = best.clone();
        other[k] += by;
        assertTrue(mean(loss, weights, best) < mean(loss, weights, other), k + " moved by " + by);
      }
    }
    double[] missing = loss.bestConstants(new double[] {3, 0, 4, 2});
    assertTrue(Double.isFinite(missing[1]) && missing[1] < 0, "a class that no row has");
  }

  private static double mean(OneVsRest loss, double[] weights, double[] constants) {
    double sum = 0;
    for (int y = 0; y < K; y++) {
      double[] z = constants.clone();
      new LossBlock(List.of(loss)).at(new double[] {y}, 0, 1).values(z);
      sum += weights[y] * z[0];
    }
    return sum;
  }

  @Test
  void whatIsNoNumberStaysNone() {
    double[] z = {0, Double.NaN, 0, 0, 0, 0, 0, 0};
    OneVsRest loss = new OneVsRest(new Hinge(), K);
    new LossBlock(List.of(loss)).at(new double[] {0, K}, 0, 2).values(z);
    assertTrue(Double.isNaN(z[0]), "a function");
    assertTrue(Double.isNaN(z[1]), "a label that is no class");
  }

  @Test
  void kindsAreTheLossesOfTwoClasses() {
    OneVsRest hinges = new OneVsRest(new Hinge());
    assertTrue(hinges.isKindOf(hinges.ofClasses(K)));
    assertFalse(hinges.isKindOf(new OneVsRest(new SquaredHinge(), K)));
    assertFalse(hinges.isKindOf(new Softmax(K)));
    assertEquals(new OneVsRest(new Hinge(), K), hinges.with(K));
    assertEquals(hinges, Loss.kind("ovr-hinge").orElseThrow());
    assertThrows(IllegalStateException.class, hinges::functions);
    assertThrows(IllegalArgumentException.class, () -> new OneVsRest(new Hinge(), 1));
    assertThrows(UnsupportedOperationException.class, () -> hinges.value(0, 1));
  }
}
