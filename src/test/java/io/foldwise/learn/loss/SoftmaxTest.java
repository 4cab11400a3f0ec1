package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loss of K classes, its slopes and second derivatives, against sums by definition. */
final class SoftmaxTest {
  private static final int K = 4;
  private static final int ROWS = 30;
  private static final int TRIALS = 3;
  private static final Softmax SOFTMAX = new Softmax(K);

  private final Random random = new Random(11);

  private double[] functions(int count) {
    return random.doubles(count, -4, 4).toArray();
  }

  /** −log pᵧ, by the definition. */
  private static double byDefinition(double[] z, int y) {
    return -Math.log(Math.exp(z[y]) / Arrays.stream(z).map(Math::exp).sum());
  }

  private static double[] moved(double[] z, int at, double by) {
    double[] moved = z.clone();
    moved[at] += by;
    return moved;
  }

  private static LossBlock block(double[] labels) {
    return new LossBlock(Collections.nCopies(TRIALS, SOFTMAX)).at(labels, 0, labels.length);
  }

  private static double[] of(double[] all, int row, int trial) {
    int from = (row * TRIALS + trial) * K;
    return Arrays.copyOfRange(all, from, from + K);
  }

  @Test
  void valuesAndSlopesOfManyTrialsAreThoseOfEach() {
    double[] z = functions(ROWS * TRIALS * K);
    double[] labels = random.ints(ROWS, 0, K).asDoubleStream().toArray();
    double[] values = z.clone();
    block(labels).values(values);
    double[] slopes = z.clone();
    block(labels).derivatives(slopes);
    double h = 1e-6;
    for (int row = 0; row < ROWS; row++) {
      int y = (int) labels[row];
      for (int trial = 0; trial < TRIALS; trial++) {
        double[] own = of(z, row, trial);
        assertEquals(byDefinition(own, y), values[row * TRIALS + trial], 1e-13);
        for (int k = 0; k < K; k++) {
          double central =
              (byDefinition(moved(own, k, h), y) - byDefinition(moved(own, k, -h), y)) / (2 * h);
          assertEquals(central, of(slopes, row, trial)[k], 1e-8, row + " " + k);
        }
      }
    }
  }

  @Test
  void secondDerivativesAreThoseOfTheSlopes() {
    double h = 1e-5;
    for (int y = 0; y < K; y++) {
      double[] z = functions(K);
      double[] slopes = z.clone();
      double[] curvatures = new double[1 + K * (K + 1) / 2];
      double loss = SOFTMAX.curvaturesInto(slopes, 0, y, curvatures, 1);
      assertEquals(byDefinition(z, y), loss, 1e-13);
      for (int k = 0, at = 1; k < K; k++) {
        for (int l = 0; l <= k; l++, at++) {
          double central = (slope(moved(z, l, h), y, k) - slope(moved(z, l, -h), y, k)) / (2 * h);
          assertEquals(central, curvatures[at], 1e-9, k + " " + l);
        }
      }
    }
  }

  private static double slope(double[] z, int y, int k) {
    double[] slopes = z.clone();
    SOFTMAX.curvaturesInto(slopes, 0, y, new double[K * (K + 1) / 2], 0);
    return slopes[k];
  }

  /** Böhning 1992: the largest eigenvalue is at most ½, which two equal chances reach. */
  @Test
  void theBoundOnItsCurvatureIsReached() {
    double far = -60;
    double[] curvatures = new double[K * (K + 1) / 2];
    SOFTMAX.curvaturesInto(new double[] {0, 0, far, far}, 0, 0, curvatures, 0);
    double alongDifference = (curvatures[0] - 2 * curvatures[1] + curvatures[2]) / 2;
    assertEquals(2 * SOFTMAX.curvature(), alongDifference, 1e-12);
  }

  @Test
  void functionsThatAreLargeLoseNothing() {
    double[] z = {1e4, -1e4, 0, 1e4 - 2, 700, 710, 720, -800};
    LossBlock block = new LossBlock(List.of(SOFTMAX)).at(new double[] {1, 3}, 0, 2);
    double[] values = z.clone();
    block.values(values);
    assertEquals(2e4 + Math.log1p(Math.exp(-2)), values[0], 1e-11);
    double exact = new BigDecimal(1520).doubleValue() + Math.log1p(Math.exp(-10) + Math.exp(-20));
    assertEquals(exact, values[1], 1e-12);
    block.derivatives(z);
    assertTrue(Arrays.stream(z).allMatch(Double::isFinite));
  }

  @Test
  void whatIsNoNumberStaysNone() {
    double[] z = {0, Double.NaN, 0, 0, 0, 0, 0, 0};
    LossBlock block = new LossBlock(List.of(SOFTMAX)).at(new double[] {0, K}, 0, 2);
    double[] values = z.clone();
    block.values(values);
    assertTrue(Double.isNaN(values[0]), "a function");
    assertTrue(Double.isNaN(values[1]), "a label that is no class");
  }

  /** The constants are the logarithms of frequencies, at which the mean slope is zero. */
  @Test
  void theBestConstantsAreTheFrequencies() {
    double[] weights = {3, 1, 4, 2};
    double[] constants = SOFTMAX.bestConstants(weights);
    assertEquals(0, Arrays.stream(constants).sum(), 1e-14);
    assertArrayEquals(new double[] {.3, .1, .4, .2}, Softmax.probabilities(constants), 1e-15);
    double[] missing = SOFTMAX.bestConstants(new double[] {3, 0, 4, 2});
    assertArrayEquals(
        new double[] {3.5 / 11, 0.5 / 11, 4.5 / 11, 2.5 / 11},
        Softmax.probabilities(missing),
        1e-15);
  }

  @Test
  void oneClassAndTooManyAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new Softmax(1));
    assertThrows(
        IllegalArgumentException.class, () -> new Softmax(MulticlassLoss.MOST_CLASSES + 1));
    assertThrows(IllegalStateException.class, () -> new Softmax().functions());
    assertEquals(SOFTMAX, new Softmax().ofClasses(K));
    assertEquals(SOFTMAX, Loss.softmax().with(SOFTMAX.parameter()));
  }
}
