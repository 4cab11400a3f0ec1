package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** A block's losses are the row's, element by element. */
final class LossBlockTest {
  private static final double[] EXTREMES = {
    0, -0.0, 1, -1, 1e-300, -1e-300, 36, -36, 37.5, 709, -709, 710, -710, 1e9, -1e9, 1e150, -1e150
  };

  /** Trials side by side: losses of one kind with parameters of their own. */
  private static final List<List<Loss>> TRIALS =
      List.of(
          List.of(new Squared(), new Squared()),
          List.of(new Absolute(), new Absolute(), new Absolute()),
          List.of(new Huber(0.01), new Huber(1), new Huber(300)),
          List.of(new Quantile(0.01), new Quantile(0.5), new Quantile(0.9)),
          List.of(new EpsilonInsensitive(0), new EpsilonInsensitive(1), new EpsilonInsensitive(30)),
          List.of(new Poisson(), new Poisson()),
          List.of(new Gamma(), new Gamma()),
          List.of(new Tweedie(1.1), new Tweedie(1.5), new Tweedie(1.9)),
          List.of(new Logistic()),
          List.of(new Hinge(), new Hinge()),
          List.of(new SquaredHinge(), new SquaredHinge()));

  @Test
  void everyElementIsThatOfTheRow() {
    Random random = new Random(7);
    for (List<Loss> trials : TRIALS) {
      for (int rows = 0; rows < 40; rows += 13) {
        double[] z = random.doubles((long) rows * trials.size(), -4, 4).toArray();
        check(trials, z, labels(random, trials.get(0), rows + 5), 3);
      }
    }
  }

  @Test
  void extremesAndKinksAreThoseOfTheRow() {
    for (List<Loss> trials : TRIALS) {
      double[] z =
          DoubleStream.of(EXTREMES).flatMap(e -> trials.stream().mapToDouble(t -> e)).toArray();
      for (double label : new double[] {0, 1}) {
        if (!trials.get(0).labels().has(label)) {
          continue;
        }
        double[] labels = DoubleStream.of(EXTREMES).map(e -> label).toArray();
        check(trials, z, labels, 0);
      }
    }
  }

  @Test
  void whatIsMissingOrInfiniteIsNotHidden() {
    for (List<Loss> trials : TRIALS) {
      for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
        double[] z = DoubleStream.generate(() -> bad).limit(trials.size()).toArray();
        at(trials, new double[] {1}, 0, 1).values(z);
        for (double value : z) {
          assertFalse(Double.isFinite(value), trials.toString());
        }
      }
      double[] z = DoubleStream.generate(() -> Double.NaN).limit(trials.size()).toArray();
      at(trials, new double[] {1}, 0, 1).derivatives(z);
      for (double derivative : z) {
        assertTrue(Double.isNaN(derivative), trials.toString());
      }
    }
  }

  private static double[] labels(Random random, Loss loss, int count) {
    DoubleUnaryOperator label =
        switch (loss.labels()) {
          case NUMBERS -> u -> 6 * u - 3;
          case NON_NEGATIVE -> u -> Math.rint(6 * u);
          case POSITIVE -> u -> 6 * u + 0.01;
          case BINARY -> u -> u < 0.5 ? 0 : 1;
          case CLASSES -> throw new AssertionError(loss + " is of several functions");
        };
    return random.doubles(count).map(label).toArray();
  }

  private static LossBlock at(List<Loss> trials, double[] labels, int from, int rows) {
    return new LossBlock(trials).at(labels, from, rows);
  }

  private static void check(List<Loss> trials, double[] z, double[] labels, int from) {
    int m = trials.size();
    double[] values = z.clone();
    double[] derivatives = z.clone();
    at(trials, labels, from, z.length / m).values(values);
    at(trials, labels, from, z.length / m).derivatives(derivatives);
    for (int i = 0; i < z.length; i++) {
      Loss loss = trials.get(i % m);
      double label = labels[from + i / m];
      String message = loss + " at " + z[i] + ", " + label;
      assertNear(loss.value(z[i], label), values[i], 0, message);
      assertNear(loss.derivative(z[i], label), derivatives[i], label, message);
    }
  }

  /**
   * Both are a few operations: τ = 0.01 is reached as ½ − 0.49, half an ulp of ½ off. Where e⁷¹⁰
   * overflows one of them has zero, the other what is below every normal number. Of a derivative, a
   * difference to a label may be left.
   */
  private static void assertNear(double expected, double actual, double label, String message) {
    double size = Math.abs(expected) + (Math.abs(expected) < 100 ? Math.abs(label) : 0);
    double tolerance = 1e-14 * size + Double.MIN_NORMAL;
    assertEquals(expected, actual, tolerance, message);
  }
}
