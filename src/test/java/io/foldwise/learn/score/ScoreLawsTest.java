package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The area under the curve is of ranks alone. */
final class ScoreLawsTest {
  private static final double ROUNDING = 1e-15;

  private static final List<DoubleUnaryOperator> RISING =
      List.of(
          z -> 3 * z - 7,
          z -> z * z * z,
          z -> Math.exp(z / 10),
          z -> Math.atan(z / 50),
          Math::cbrt);

  @Property(seed = "1")
  void whateverRisesWithTheDecisionHasItsArea(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -40, max = 40) Integer> decisions) {
    for (DoubleUnaryOperator rising : RISING) {
      assertEquals(area(decisions, z -> z, 1), area(decisions, rising, 1), ROUNDING);
    }
  }

  @Property(seed = "2")
  void whatFallsHasTheRestOfIt(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -40, max = 40) Integer> decisions) {
    double area = area(decisions, z -> z, 1);
    assertEquals(1 - area, area(decisions, z -> -z, 1), ROUNDING);
  }

  @Property(seed = "3")
  void weightsInOtherUnitsChangeNothing(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -40, max = 40) Integer> decisions) {
    assertEquals(area(decisions, z -> z, 1), area(decisions, z -> z, 4), 0.0);
  }

  @Property(seed = "4")
  void rowsTwiceAreRowsOfWeightTwo(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -40, max = 40) Integer> decisions) {
    ScoreHistogram once = histogram(decisions, z -> z, 2);
    ScoreHistogram twice = histogram(decisions, z -> z, 1).merge(histogram(decisions, z -> z, 1));
    assertEquals(once.area(), twice.area(), 0.0);
  }

  private static double area(List<Integer> decisions, DoubleUnaryOperator map, double unit) {
    return histogram(decisions, map, unit).area();
  }

  /** Every other row is of class 1; weights are 1, 2 and 3 in turn. */
  private static ScoreHistogram histogram(
      List<Integer> decisions, DoubleUnaryOperator map, double unit) {
    ScoreHistogram histogram = new ScoreHistogram(ScoreHistogram.ANY_BINS);
    for (int i = 0; i < decisions.size(); i++) {
      histogram.add(map.applyAsDouble(decisions.get(i)), i % 2, unit * (1 + i % 3));
    }
    return histogram;
  }
}
