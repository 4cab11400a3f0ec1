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
    return Stream.of(new Hinge(), new SquaredHinge()).map(each -> new OneVsRest(each, K));
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
  void itFallsApartIntoTheLossesOfEachClass(OneVsRest loss) {
    List<Loss> parts = loss.separately();
    assertEquals(K, parts.size());
    double[] z = random.doubles(K, -4, 4).toArray();
    for (int y = 0; y < K; y++) {
      double sum = 0;
      for (int k = 0; k < K; k++) {
        Loss part = parts.get(k);
        double own = y == k ? 1 : 0;
        sum += part.value(z[k], y);
        assertEquals(loss.each().derivative(z[k], own), part.derivative(z[k], y));
        Smoothed expected = new Smoothed();
        loss.each().smoothInto(z[k], own, 0.1, expected);
        Smoothed actual = new Smoothed();
        part.smoothInto(z[k], y, 0.1, actual);
        assertArrayEquals(
            new double[] {expected.value(), expected.slope(), expected.curvature()},
            new double[] {actual.value(), actual.slope(), actual.curvature()});
        assertEquals(loss.each().isSmooth(), part.isSmooth());
        assertEquals(1, part.functions());
      }
      double[] all = z.clone();
      new LossBlock(List.of(loss)).at(new double[] {y}, 0, 1).values(all);
      assertEquals(sum, all[0], 1e-14 * sum);
    }
    assertEquals(List.of(Loss.squared()), Loss.squared().separately());
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
    assertEquals(
        "logistic of several classes is softmax, which tells their probabilities",
        assertThrows(IllegalArgumentException.class, () -> new OneVsRest(new Logistic()))
            .getMessage());
  }
}
