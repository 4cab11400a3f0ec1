package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.score.Metric;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each loss by its definition, and its derivative by central differences. */
final class LossTest {
  private static final List<Loss> LOSSES =
      List.of(
          new Squared(),
          new Absolute(),
          new Huber(0.7),
          new Huber(2.5),
          new Quantile(0.1),
          new Quantile(0.5),
          new Quantile(0.85),
          new EpsilonInsensitive(0.7),
          new EpsilonInsensitive(0),
          new Poisson(),
          new Gamma(),
          new Tweedie(1.2),
          new Tweedie(1.9),
          new Logistic(),
          new Hinge(),
          new SquaredHinge());

  private static double[] labels(Loss loss) {
    return switch (loss.labels()) {
      case NUMBERS -> new double[] {-1.3, 0, 2.4};
      case NON_NEGATIVE -> new double[] {0, 0.3, 7};
      case POSITIVE -> new double[] {0.3, 1, 7};
      case BINARY -> new double[] {0, 1};
      case CLASSES -> throw new AssertionError(loss + " is of several functions");
    };
  }

  @Test
  void derivativesAreCentralDifferencesAwayFromKinks() {
    double step = 1e-6;
    for (Loss loss : LOSSES) {
      for (double label : labels(loss)) {
        // no prediction of this row lies within a step of a kink
        for (double z = -5.0437; z < 5; z += 0.11) {
          double difference =
              (loss.value(z + step, label) - loss.value(z - step, label)) / (2 * step);
          // the rounding of two values, and a third derivative of their size at most
          double size = Math.max(50, Math.max(loss.value(z, label), Math.abs(difference)));
          assertEquals(difference, loss.derivative(z, label), 1e-9 * size, loss + " at " + z);
        }
      }
    }
  }

  @Test
  void subgradientsAtKinksAreZero() {
    assertEquals(0.0, new Absolute().derivative(1.7, 1.7));
    assertEquals(0.0, new Quantile(0.2).derivative(-3, -3));
    assertEquals(0.0, new Hinge().derivative(1, 1));
    assertEquals(0.0, new Hinge().derivative(-1, 0), 0.0);
    assertEquals(0.0, new EpsilonInsensitive(0.5).derivative(2.5, 2));
    assertEquals(0.0, new EpsilonInsensitive(0.5).derivative(1.5, 2), 0.0);
    // Huber's has none: its derivative reaches ±δ there
    assertEquals(0.7, new Huber(0.7).derivative(0.7, 0));
    assertEquals(-0.7, new Huber(0.7).derivative(-0.7, 0));
  }

  @Test
  void subgradientsAtKinksLieBetweenTheSlopesOnBothSides() {
    for (Loss loss : LOSSES) {
      for (double label : labels(loss)) {
        for (double kink : new double[] {label, label - 0.7, label + 0.7, 1, -1, 0.3}) {
          double at = loss.derivative(kink, label);
          double left = loss.derivative(kink - 1e-9, label);
          double right = loss.derivative(kink + 1e-9, label);
          assertTrue(left <= at && at <= right, loss + " at " + kink);
        }
      }
    }
  }

  @Test
  void valuesAreTheirDefinitions() {
    assertEquals(9, new Squared().value(5, 2));
    assertEquals(3, new Absolute().value(-1, 2));
    assertEquals(0.5 * 0.6 * 0.6, new Huber(0.7).value(2.6, 2), 1e-15);
    assertEquals(0.7 * (3 - 0.35), new Huber(0.7).value(-1, 2), 1e-15);
    assertEquals(0.2 * 3, new Quantile(0.2).value(-1, 2), 1e-15);
    assertEquals(0.8 * 3, new Quantile(0.2).value(5, 2), 1e-15);
    assertEquals(Math.log(1 + Math.exp(-1.5)), new Logistic().value(1.5, 1), 1e-15);
    assertEquals(Math.log(1 + Math.exp(1.5)), new Logistic().value(1.5, 0), 1e-15);
    assertEquals(0.75, new Hinge().value(0.25, 1));
    assertEquals(1.25, new Hinge().value(0.25, 0));
    assertEquals(0, new Hinge().value(-1.25, 0));
    assertEquals(0.75 * 0.75, new SquaredHinge().value(0.25, 1));
    assertEquals(1.25 * 1.25, new SquaredHinge().value(0.25, 0));
    assertEquals(0, new SquaredHinge().value(-1.25, 0));
    assertEquals(2.75, new EpsilonInsensitive(0.25).value(-1, 2));
    assertEquals(0, new EpsilonInsensitive(0.25).value(2.2, 2));
  }

  /**
   * scikit-learn 1.9.1: {@code mean_poisson_deviance([y], [mu])}, {@code mean_gamma_deviance},
   * {@code mean_tweedie_deviance(power=1.2)} and {@code power=1.9}, of y = 0, 0.3, 7, 7 and mu =
   * 0.8, 2.5, 1.7, 7.001.
   */
  @Test
  void deviancesAreScikitLearns() {
    double[] labels = {0, 0.3, 7, 7};
    double[] means = {0.8, 2.5, 1.7, 7.001};
    double[][] expected = {
      {1.6, 3.1278418782799453, 9.213946571904001, 1.4284353966331764e-07},
      {Double.NaN, 2.480527072400182, 3.4047303216607734, 2.0404276490637585e-08},
      {2.0912791051825463, 2.9301435314446063, 7.482934516567852, 9.679050272382028e-08},
      {19.558655370858553, 2.5099055977356635, 3.7430322087544425, 2.4787638608358975e-08},
    };
    List<Loss> losses = List.of(new Poisson(), new Gamma(), new Tweedie(1.2), new Tweedie(1.9));
    for (int k = 0; k < losses.size(); k++) {
      for (int i = losses.get(k).labels().has(labels[0]) ? 0 : 1; i < labels.length; i++) {
        double found = losses.get(k).value(Math.log(means[i]), labels[i]);
        // scikit-learn's own terms cancel where the mean is near the label
        double tolerance = i == 3 ? 1e-13 : 2e-14 * expected[k][i];
        assertEquals(expected[k][i], found, tolerance, losses.get(k) + " of row " + i);
      }
    }
  }

  @Test
  void aDevianceIsZeroWhereTheMeanIsTheLabelAndKeepsItsDigitsBesideIt() {
    for (Loss loss : List.of(new Poisson(), new Gamma(), new Tweedie(1.5))) {
      double power = ((LogLink) loss).power();
      for (double label : new double[] {1e-3, 1, 1e6}) {
        assertEquals(0, loss.value(Math.log(label), label), 1e-30 * label, loss.toString());
        // d(y, y·eᵘ) = y²⁻ᵖ(u² + …), which the plain formula has no digit of at u = 1e-8
        double beside = loss.value(Math.log(label) + 1e-4, label);
        double apart = (Math.log(label) + 1e-4) - Math.log(label);
        assertEquals(1, beside / (Math.pow(label, 2 - power) * apart * apart), 1e-4);
      }
    }
  }

  @Test
  void curvatureOfALogLinkIsTheMeanAtTheBestConstant() {
    double[] labels = {0.5, 1, 4.5, 0.2};
    double mean = 6.2 / 4;
    double step = 1e-4;
    double constant = Math.log(mean);
    for (Loss loss : LOSSES) {
      if (loss.isLogLink()) {
        double sum = 0;
        for (double y : labels) {
          sum += loss.derivative(constant + step, y) - loss.derivative(constant - step, y);
        }
        assertEquals(
            sum / labels.length / (4 * step), loss.curvatureAt(mean), 1e-7, loss.toString());
      } else {
        assertEquals(loss.curvature(), loss.curvatureAt(mean), loss.toString());
      }
    }
  }

  @Test
  void aLogLinkAloneRespondsOnAnotherScale() {
    for (Loss loss : LOSSES) {
      double expected = loss instanceof LogLink ? Math.exp(1.5) : 1.5;
      assertEquals(expected, loss.response(1.5), 1e-15 * expected, loss.toString());
    }
  }

  @Test
  void theLogisticLossNeitherOverflowsNorVanishes() {
    Loss logistic = new Logistic();
    for (double z : new double[] {40, 800, 1e10, 1e300}) {
      assertEquals(z, logistic.value(-z, 1), 1e-15 * z);
      assertEquals(z, logistic.value(z, 0), 1e-15 * z);
      assertEquals(-1, logistic.derivative(-z, 1), 1e-15);
      assertEquals(1, logistic.derivative(z, 0), 1e-15);
      assertEquals(0, logistic.derivative(z, 1), 1e-15);
    }
    // log(1 + e⁻⁴⁰) = e⁻⁴⁰ but for its square
    assertEquals(Math.exp(-40), logistic.value(40, 1), 1e-15 * Math.exp(-40));
    assertEquals(-Math.exp(-40), logistic.derivative(40, 1), 1e-15 * Math.exp(-40));
  }

  @Test
  void huberIsSquaredNearAndAbsoluteFar() {
    Loss wide = new Huber(1e9);
    Loss narrow = new Huber(1e-9);
    for (double z : new double[] {-3, -0.1, 2}) {
      assertEquals(z * z / 2, wide.value(z, 0), 1e-15);
      assertEquals(Math.abs(z), narrow.value(z, 0) / 1e-9, 1e-8);
    }
  }

  @Test
  void curvatureIsHalfTheLargestSecondDerivative() {
    double step = 1e-4;
    for (Loss loss : LOSSES) {
      double largest = 0;
      for (double z = -3; z < 3; z += 0.001) {
        double second = (loss.derivative(z + step, 1) - loss.derivative(z - step, 1)) / (2 * step);
        largest = Math.max(largest, second);
      }
      if (Double.isInfinite(loss.curvature())) {
        double far = (loss.derivative(-39, 1) - loss.derivative(-40, 1)) / 2;
        far = Math.max(far, (loss.derivative(40, 1) - loss.derivative(39, 1)) / 2);
        assertTrue(far > 20, loss + " is ever steeper");
      } else if (Double.isNaN(loss.curvature())) {
        assertTrue(largest > 100, loss + " has a kink");
      } else {
        assertEquals(largest / 2, loss.curvature(), 1e-6, loss.toString());
      }
    }
  }

  @Test
  void whatIsMissingStaysMissing() {
    for (Loss loss : LOSSES) {
      assertTrue(Double.isNaN(loss.value(Double.NaN, 1)), loss.toString());
      assertTrue(Double.isNaN(loss.derivative(Double.NaN, 1)), loss.toString());
    }
  }

  @Test
  void deltaAndTauReachTheLossesThatHaveThem() {
    assertEquals(new Huber(3), new Huber(1).with(3));
    assertEquals(new Quantile(0.2), new Quantile(0.5).with(0.2));
    for (Loss other : List.of(new Squared(), new Poisson(), new Logistic(), new Hinge())) {
      assertEquals(other, other.with(3));
    }
    assertEquals(new EpsilonInsensitive(0.3), new EpsilonInsensitive(0.1).with(0.3));
    assertEquals(new Tweedie(1.3), new Tweedie(1.5).with(1.3));
    assertEquals("epsilon", new EpsilonInsensitive(3).parameterName());
    assertEquals("power", new Tweedie(1.5).parameterName());
    assertThrows(InvalidInputException.class, () -> new EpsilonInsensitive(-1e-9));
    for (double power : new double[] {1, 2, Double.NaN}) {
      assertThrows(InvalidInputException.class, () -> new Tweedie(power));
    }
    assertEquals("delta", new Huber(3).parameterName());
    assertEquals("tau", new Quantile(0.2).parameterName());
    // 1.345 deviations: 95 % of the efficiency of least squares where errors are normal.
    assertEquals(new Huber(1.345 * 2), new Huber(7).suited(2));
    assertEquals(new Huber(1), new Huber(7).suited(Double.NaN));
    assertEquals(new Quantile(0.2), new Quantile(0.2).suited(2));
    assertThrows(InvalidInputException.class, () -> new Huber(0));
    assertThrows(InvalidInputException.class, () -> new Quantile(1));
    assertThrows(InvalidInputException.class, () -> new Quantile(0));
  }

  /** The deviation of ℓ′ over rows of which a share lies above the best constant. */
  @Test
  void theSlopesDeviationIsThatOfItsTwoValues() {
    assertEquals(1, new Absolute().slopeDeviation(0.3));
    assertEquals(2.5, new Huber(2.5).slopeDeviation(0.3));
    assertEquals(Math.sqrt(0.2 * 0.8), new Quantile(0.2).slopeDeviation(0.3), 1e-15);
    assertTrue(Double.isNaN(new Squared().slopeDeviation(0.3)));
  }

  @Test
  void theLogisticLossAloneGivesLogOdds() {
    for (Loss loss : LOSSES) {
      assertEquals(loss instanceof Logistic, loss.isLogOdds(), loss.toString());
    }
  }

  @Test
  void everyLossIsItsOwnMetric() {
    assertEquals(
        List.of(
            "mse",
            "mae",
            "huber",
            "pinball",
            "epsilon-insensitive",
            "poisson-deviance",
            "gamma-deviance",
            "tweedie-deviance",
            "log-loss",
            "hinge",
            "squared-hinge"),
        LOSSES.stream().map(Loss::metric).distinct().toList());
    assertEquals(
        List.of(
            "squared",
            "absolute",
            "huber",
            "quantile",
            "epsilon-insensitive",
            "poisson",
            "gamma",
            "tweedie",
            "logistic",
            "hinge",
            "squared-hinge"),
        LOSSES.stream().map(Loss::label).distinct().toList());
    for (Loss loss : LOSSES) {
      assertTrue(Metric.of(loss).fits(loss));
      assertEquals(loss.isOfClasses(), Metric.of(loss).isOfClasses());
      assertFalse(Metric.of(loss).needsRows(loss));
    }
  }

  @Test
  void halfTheAbsoluteLossIsTheMediansPinball() {
    for (double z : Arrays.asList(-2.0, 0.3, 7.0)) {
      double half = new Absolute().value(z, 0.3) / 2;
      assertEquals(half, new Quantile(0.5).value(z, 0.3), 1e-15);
    }
  }
}
