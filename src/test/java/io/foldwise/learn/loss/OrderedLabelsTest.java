package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class OrderedLabelsTest {
  private static final List<Loss> LOSSES =
      List.of(
          new Absolute(),
          new Quantile(0.25),
          new Quantile(0.9),
          new Huber(0.4),
          new Huber(100),
          new EpsilonInsensitive(0.4));

  /** The slope by bisection, or label by label, at points where no label lies. */
  @Test
  void labelByLabelItIsTheSame() {
    Random random = new Random(8);
    double[] labels = random.doubles(40, -3, 3).toArray();
    OrderedLabels ordered = new OrderedLabels(labels, random.doubles(40, 0, 2).toArray());
    for (Loss loss : LOSSES) {
      double times = loss instanceof Absolute ? 0.5 : 1;
      for (double c : random.doubles(20, -4, 4).toArray()) {
        assertEquals(loss.slope(ordered, c), times * ordered.slope(loss, c), 1e-12, loss + " " + c);
      }
    }
  }

  @Test
  void theSlopeIsThatOfAllRows() {
    Random random = new Random(5);
    double[] labels = random.doubles(60, -3, 3).toArray();
    check(labels, new double[0]);
    check(labels, random.doubles(60, 0, 2).toArray());
  }

  @Test
  void equalLabelsCountAsOftenAsTheyStandThere() {
    double[] labels = {2, 1, 2, 2, 0, 1};
    check(labels, new double[0]);
    check(labels, new double[] {1, 0, 3, 0.5, 2, 0});
  }

  @Test
  void noLabelsHaveNoSlopeAndAnEmptyRange() {
    OrderedLabels none = new OrderedLabels(new double[0], new double[0]);
    for (Loss loss : LOSSES) {
      assertEquals(0.0, loss.slope(none, 1), 0.0);
    }
    assertEquals(Double.POSITIVE_INFINITY, none.least());
    assertEquals(Double.NEGATIVE_INFINITY, none.greatest());
  }

  @Test
  void theLabelsThatWereGivenStayAsTheyWere() {
    double[] labels = {3, 1, 2};
    OrderedLabels ordered = new OrderedLabels(labels, new double[] {1, 2, 3});
    assertEquals(3.0, labels[0]);
    assertEquals(1.0, ordered.least());
    assertEquals(3.0, ordered.greatest());
  }

  private static void check(double[] labels, double[] weights) {
    OrderedLabels ordered = new OrderedLabels(labels, weights);
    double[] between = new Random(6).doubles(50, -4, 4).toArray();
    for (Loss loss : LOSSES) {
      for (double c :
          DoubleStream.concat(DoubleStream.of(labels), DoubleStream.of(between)).toArray()) {
        assertEquals(
            slope(loss, c, labels, weights), loss.slope(ordered, c), 1e-12, loss + " at " + c);
      }
    }
  }

  /**
   * Row by row, the slope to the right where a row stands at its kink; half the absolute loss's.
   */
  private static double slope(Loss loss, double c, double[] labels, double[] weights) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double derivative =
          labels[i] == c && (loss instanceof Absolute || loss instanceof Quantile)
              ? loss.derivative(c + 1, labels[i])
              : loss.derivative(c, labels[i]);
      sum += (weights.length == 0 ? 1 : weights[i]) * derivative;
    }
    return loss instanceof Absolute ? sum / 2 : sum;
  }
}
