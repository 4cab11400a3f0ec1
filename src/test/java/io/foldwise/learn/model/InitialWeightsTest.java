package io.foldwise.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Over moments about zero, so that weights of training are those of the data but for its scale. */
final class InitialWeightsTest {
  private static final int FEATURES = 3;
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void theBaselineIsTheMeanLabel() {
    double[] w = start(new InitialWeights.Baseline(), new ModelForm(1, true, true), 1);
    assertArrayEquals(new double[] {meanLabel(), 0, 0, 0}, w, 1e-14);
    assertArrayEquals(
        new double[3], start(new InitialWeights.Baseline(), new ModelForm(1, false, true), 1), 0.0);
  }

  @Test
  void zerosAreZeroAndTheInterceptToo() {
    assertArrayEquals(
        new double[4], start(new InitialWeights.Zeros(), new ModelForm(1, true, true), 1), 0.0);
  }

  @Test
  void drawnWeightsDependOnTheSeedAlone() {
    for (InitialWeights drawn :
        List.of(new InitialWeights.Normal(), new InitialWeights.Uniform())) {
      ModelForm form = new ModelForm(1, true, true);
      double[] first = start(drawn, form, 7);
      assertArrayEquals(first, start(drawn, form, 7), 0.0);
      assertFalse(Arrays.equals(first, start(drawn, form, 8)));
      assertEquals(4, Arrays.stream(first).distinct().count());
    }
  }

  /** So that candidates with and without an intercept start alike. */
  @Test
  void theWeightOfACoordinateDoesNotDependOnTheOthers() {
    double[] with = start(new InitialWeights.Normal(), new ModelForm(1, true, true), 7);
    double[] without = start(new InitialWeights.Normal(), new ModelForm(1, false, true), 7);
    assertArrayEquals(Arrays.copyOfRange(with, 1, 4), without, 0.0);
  }

  @Test
  void drawnWeightsHaveTheirDistributions() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (long seed = 0; seed < 4000; seed++) {
      for (double weight :
          start(new InitialWeights.Normal(), new ModelForm(1, false, true), seed)) {
        sum += weight;
        squares += weight * weight;
        count++;
      }
      for (double weight :
          start(new InitialWeights.Uniform(), new ModelForm(1, false, true), seed)) {
        assertTrue(weight >= -1 && weight < 1);
      }
    }
    // five standard errors of the mean and of the second moment
    assertEquals(0, sum / count, 5 / Math.sqrt(count));
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / count));
  }

  @Test
  void aGivenModelIsInTheDatasUnits() {
    InitialWeights given = new InitialWeights.Given(2, Map.of("a", 3.0, "c", -1.0));
    assertArrayEquals(
        new double[] {2, 3, 0, -1}, start(given, new ModelForm(1, true, false), 1), 1e-15);
  }

  private static double[] start(InitialWeights initial, ModelForm form, long seed) {
    PolynomialBasis basis = PolynomialBasis.power(NAMES, 1);
    Coordinates coordinates =
        Coordinates.of(form, moments().columns(), new Shift(new double[FEATURES + 1]), basis);
    return initial.start(coordinates, new double[] {meanLabel()}, basis, seed);
  }

  private static double meanLabel() {
    return moments().sum(FEATURES + 1, 0) / moments().count();
  }

  private static Moments moments() {
    Random random = new Random(3);
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    double[] scratch = new double[MomentsAccumulator.scratchLength(FEATURES)];
    for (int i = 0; i < 20; i++) {
      double[] row = random.doubles(FEATURES + 2).toArray();
      row[0] = 1;
      accumulator.addRows(row, 0, 1, scratch);
    }
    return accumulator.moments();
  }
}
