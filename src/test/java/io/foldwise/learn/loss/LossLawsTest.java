package io.foldwise.learn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What holds of every loss wherever predictions and labels lie. */
final class LossLawsTest {
  /** Of a value below 1,000 and a few operations. */
  private static final double ROUNDING = 1e-12;

  /** A loss at a label of its kind. */
  record Row(Loss loss, double label) {}

  @Provide
  Arbitrary<Row> rows() {
    Arbitrary<Double> parameter = Arbitraries.doubles().between(0.05, 0.95);
    Arbitrary<Loss> numbers =
        parameter.flatMap(
            p ->
                Arbitraries.of(
                    List.of(
                        new Squared(),
                        new Absolute(),
                        new Huber(4 * p),
                        new Quantile(p),
                        new EpsilonInsensitive(p))));
    Arbitrary<Loss> deviances =
        parameter.flatMap(
            p -> Arbitraries.of(List.of(new Poisson(), new Gamma(), new Tweedie(1 + p))));
    Arbitrary<Loss> classes =
        Arbitraries.of(List.of(new Logistic(), new Hinge(), new SquaredHinge()));
    Arbitrary<Double> labels = Arbitraries.doubles().between(-20, 20);
    return Arbitraries.oneOf(
        Combinators.combine(numbers, labels).as(Row::new),
        Combinators.combine(deviances, labels.map(label -> 20.1 + label)).as(Row::new),
        Combinators.combine(classes, Arbitraries.of(0.0, 1.0)).as(Row::new));
  }

  @Property(seed = "1", tries = 400)
  void aLossLiesBelowItsChords(
      @ForAll("rows") Row row,
      @ForAll @DoubleRange(min = -20, max = 20) double a,
      @ForAll @DoubleRange(min = -20, max = 20) double b,
      @ForAll @DoubleRange(max = 1) double share) {
    double chord =
        share * row.loss.value(a, row.label) + (1 - share) * row.loss.value(b, row.label);
    double below = row.loss.value(share * a + (1 - share) * b, row.label);
    assertTrue(below <= chord + ROUNDING * (1 + chord), row + ": " + below + " > " + chord);
  }

  /** Of a convex function, at a kink too. */
  @Property(seed = "2", tries = 400)
  void theSlopeLiesBetweenTheChordsOnBothSides(
      @ForAll("rows") Row row,
      @ForAll @DoubleRange(min = -20, max = 20) double z,
      @ForAll @DoubleRange(min = 0.01, max = 5) double step) {
    double here = row.loss.value(z, row.label);
    double left = (here - row.loss.value(z - step, row.label)) / step;
    double right = (row.loss.value(z + step, row.label) - here) / step;
    double slope = row.loss.derivative(z, row.label);
    double slack = 1e-12 * (1 + here) / step;
    assertTrue(left - slack <= slope, row + " at " + z);
    assertTrue(slope <= right + slack, row + " at " + z);
  }

  @Property(seed = "3", tries = 200)
  void anErrorIsTheSameWhereverTheLabelLies(
      @ForAll @DoubleRange(min = -20, max = 20) double z,
      @ForAll @DoubleRange(min = -20, max = 20) double label) {
    for (Loss loss :
        List.of(
            new Squared(),
            new Absolute(),
            new Huber(0.7),
            new Quantile(0.2),
            new EpsilonInsensitive(0.5))) {
      assertEquals(loss.value(z - label, 0), loss.value(z, label), 0.0, loss.toString());
    }
  }

  /** Powers of two are no rounding: the very bits. */
  @Property(seed = "4", tries = 200)
  void labelsInOtherUnitsScaleALossByItsDegree(
      @ForAll @DoubleRange(min = -20, max = 20) double z,
      @ForAll @DoubleRange(min = -20, max = 20) double label) {
    double unit = 8;
    double error = unit * z;
    double scaled = unit * label;
    assertEquals(
        64 * new Squared().value(z, label), new Squared().value(error, scaled), 0.0, "squared");
    assertEquals(
        8 * new Absolute().value(z, label), new Absolute().value(error, scaled), 0.0, "absolute");
    assertEquals(
        8 * new Quantile(0.3).value(z, label),
        new Quantile(0.3).value(error, scaled),
        0.0,
        "quantile");
    assertEquals(
        64 * new Huber(0.7).value(z, label), new Huber(8 * 0.7).value(error, scaled), 0.0, "huber");
  }

  /** The variance is in proportion to μᵖ, so that a deviance scales like μ²⁻ᵖ. */
  @Property(seed = "6", tries = 200)
  void labelsInOtherUnitsScaleADevianceByItsPower(
      @ForAll @DoubleRange(min = -5, max = 5) double z,
      @ForAll @DoubleRange(min = 0.01, max = 20) double label) {
    for (LogLink loss : List.of(new Poisson(), new Gamma(), new Tweedie(1.3))) {
      double value = loss.value(z, label);
      double scaled = loss.value(z + Math.log(8), 8 * label);
      double slack = 1e-13 * (1 + value) * (1 + label);
      assertEquals(Math.pow(8, 2 - loss.power()) * value, scaled, 8 * slack, loss.toString());
    }
  }

  @Property(seed = "5", tries = 200)
  void classesThatChangeNamesMirrorTheDecision(@ForAll @DoubleRange(min = -40, max = 40) double z) {
    for (Loss loss : List.of(new Logistic(), new Hinge(), new SquaredHinge())) {
      assertEquals(loss.value(z, 1), loss.value(-z, 0), 0.0, loss.toString());
      assertEquals(loss.derivative(z, 1), -loss.derivative(-z, 0), 1e-15, loss.toString());
    }
  }
}
