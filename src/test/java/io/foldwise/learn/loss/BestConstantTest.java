package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.math.ColumnSums;
import org.junit.jupiter.api.Test;

final class BestConstantTest {
  @Test
  void noConstantCostsLess() {
    double[] numbers = {1.5, -2, 0.25, 4, 4};
    double[] classes = {1, 0, 0, 1, 0};
    for (double[] weights : new double[][] {{1, 1, 1, 1, 1}, {2, 0.5, 0, 3, 1}}) {
      assertMinimises(new Squared(), numbers, weights);
      assertMinimises(new Logistic(), classes, weights);
      assertMinimises(new Hinge(), classes, weights);
      assertMinimises(new SquaredHinge(), classes, weights);
      assertMinimises(new Poisson(), new double[] {3, 0, 1, 2, 0}, weights);
      assertMinimises(new Tweedie(1.4), new double[] {3.5, 0, 0.1, 2, 0}, weights);
      assertMinimises(new Gamma(), new double[] {3.5, 7, 0.1, 2, 1}, weights);
    }
  }

  @Test
  void logOddsOfOneClassCountHalfARowOfTheOther() {
    Loss logistic = new Logistic();
    assertEquals(Math.log(3.5 / 0.5), of(logistic, new double[] {1, 1, 1}, 1, 1, 1), 1e-15);
    assertEquals(Math.log(0.5 / 3.5), of(logistic, new double[] {0, 0, 0}, 1, 1, 1), 1e-15);
    assertEquals(Math.log(2.5 / 0.5), of(logistic, new double[] {1, 1, 0}, 1, 1, 0), 1e-15);
  }

  @Test
  void countsThatAreAllZeroAreTakenToHoldHalfAnEvent() {
    assertEquals(Math.log(0.5 / 3), of(new Poisson(), new double[] {0, 0, 0}, 1, 1, 1), 1e-15);
  }

  @Test
  void hingeDecidesForTheHeavierClassAndForNoneOfTwoAsHeavy() {
    Loss hinge = new Hinge();
    assertEquals(1.0, of(hinge, new double[] {1, 1, 0}, 1, 1, 1));
    assertEquals(-1.0, of(hinge, new double[] {1, 1, 0}, 1, 1, 3));
    assertEquals(0.0, of(hinge, new double[] {1, 0}, 2, 2), 0.0);
  }

  @Test
  void whatNeedsOrderedLabelsSaysSo() {
    for (Loss loss :
        Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS).toList()) {
      boolean none = Double.isNaN(of(loss, new double[] {1, 0, 1}, 1, 1, 1));
      assertEquals(loss.isOfOrder(), none, loss.label());
    }
    assertTrue(new Huber(1).isOfOrder());
    assertFalse(new Squared().isOfOrder());
  }

  private static double of(Loss loss, double[] labels, double... weights) {
    double weight = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < labels.length; i++) {
      weight += weights[i];
      sum += weights[i] * labels[i];
      squares += weights[i] * labels[i] * labels[i];
    }
    return loss.bestConstant(
        new ColumnSums(labels.length, weight, new double[] {sum}, new double[] {squares}));
  }

  private static void assertMinimises(Loss loss, double[] labels, double[] weights) {
    double best = of(loss, labels, weights);
    for (double away = -3; away <= 3; away += 1e-3) {
      double other = cost(loss, best + away, labels, weights);
      assertTrue(cost(loss, best, labels, weights) <= other + 1e-14, loss + " at " + away);
    }
  }

  private static double cost(Loss loss, double c, double[] labels, double[] weights) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += weights[i] * loss.value(c, labels[i]);
    }
    return sum;
  }
}
