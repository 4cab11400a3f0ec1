package io.foldwise.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.foldwise.input.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolynomialBasisTest {
  private static final List<String> NAMES = List.of("x", "z");

  @Test
  void termsComeInScikitLearnsOrder() {
    // scikit-learn 1.2.1: PolynomialFeatures(3, include_bias=False).fit([[1, 2]])
    //   .get_feature_names_out(['x', 'z'])
    assertEquals(
        List.of("x", "z", "x^2", "x*z", "z^2", "x^3", "x^2*z", "x*z^2", "z^3"),
        PolynomialBasis.power(NAMES, 3).termNames());
    // scikit-learn 1.2.1: degree 2 over ['a', 'b', 'c']
    assertEquals(
        List.of("a", "b", "c", "a^2", "a*b", "a*c", "b^2", "b*c", "c^2"),
        PolynomialBasis.power(List.of("a", "b", "c"), 2).termNames());
  }

  @Test
  void powersAreTheProductsThatTheirNamesSay() {
    assertArrayEquals(
        new double[] {2, -3, 4, -6, 9, 8, -12, 18, -27},
        expand(PolynomialBasis.power(NAMES, 3), 2, -3),
        0.0);
  }

  @Test
  void chebyshevTermsAreCosinesOverTheRange() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(NAMES, 4, new double[] {10, -1}, new double[] {14, 1});
    double angle = 0.7;
    double[] terms = expand(basis, 12 + 2 * Math.cos(angle), 0.25);
    List<String> names = basis.termNames();
    for (int e = 2; e <= 4; e++) {
      assertEquals(Math.cos(e * angle), terms[names.indexOf("x^" + e)], 1e-14);
    }
    assertEquals(Math.cos(angle), terms[0], 1e-14);
    assertEquals(2 * 0.25 * 0.25 - 1, terms[names.indexOf("z^2")], 1e-15);
    assertEquals(Math.cos(angle) * 0.25, terms[names.indexOf("x*z")], 1e-14);
    assertEquals(Math.cos(2 * angle) * (2 * 0.0625 - 1), terms[names.indexOf("x^2*z^2")], 1e-14);
  }

  @Test
  void theCountIsTheBinomialAndTooManyAreRefused() {
    assertEquals(3, PolynomialBasis.terms(3, 1));
    assertEquals(19, PolynomialBasis.terms(3, 3));
    assertEquals(65, PolynomialBasis.terms(10, 2));
    assertEquals(19, PolynomialBasis.power(List.of("a", "b", "c"), 3).terms());
    assertThrows(InvalidInputException.class, () -> PolynomialBasis.terms(1000, 3));
    assertThrows(InvalidInputException.class, () -> PolynomialBasis.terms(50, 1000));
  }

  @Test
  void aLowerDegreeIsAPrefix() {
    PolynomialBasis cubic =
        PolynomialBasis.chebyshev(NAMES, 3, new double[] {-2, 5}, new double[] {3, 9});
    PolynomialBasis square = cubic.leading(2);
    assertEquals(2, square.degree());
    assertEquals(cubic.termNames().subList(0, 5), square.termNames());
    double[] all = expand(cubic, 0.3, 6);
    double[] some = expand(square, 0.3, 6);
    for (int j = 0; j < 5; j++) {
      assertEquals(all[j], some[j], 0.0);
    }
  }

  @Test
  void rowsMayStandAnywhereInTheirArrays() {
    PolynomialBasis basis = PolynomialBasis.power(NAMES, 2);
    double[] out = {7, 7, 7, 7, 7, 7, 7};
    basis.expandInto(new double[] {2, 3}, out, 1, new double[basis.scratchLength()]);
    assertArrayEquals(new double[] {7, 2, 3, 4, 6, 9, 7}, out, 0.0);
  }

  @Test
  void aFunctionAndItsPowersAreTheSameFunction() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(NAMES, 4, new double[] {-2, 5}, new double[] {3, 9});
    double[] coefficients = gaussians(basis.terms());
    AffineFunction powers = basis.toPowers(new AffineFunction(0.5, coefficients));
    LinearModel inBasis = new LinearModel(basis, new AffineFunction(0.5, coefficients));
    LinearModel inPowers = new LinearModel(PolynomialBasis.power(NAMES, 4), powers);
    for (double x = -2; x <= 3; x += 0.5) {
      for (double z = 5; z <= 9; z += 0.5) {
        double expected = inBasis.predict(new double[] {x, z});
        // powers about 0 cancel: terms as large as 9⁴·|β| for values of order 1
        assertEquals(expected, inPowers.predict(new double[] {x, z}), 1e-10);
      }
    }
  }

  @Test
  void goingToPowersAndBackLosesNothing() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(NAMES, 3, new double[] {-1, -4}, new double[] {1.5, 2});
    double[] coefficients = gaussians(basis.terms());
    AffineFunction powers = basis.toPowers(new AffineFunction(-2, coefficients));
    Map<String, Double> named = new HashMap<>();
    for (int j = 0; j < basis.terms(); j++) {
      named.put(basis.termNames().get(j), powers.coefficients()[j]);
    }
    AffineFunction back = basis.fromPowers(powers.intercept(), named);
    assertEquals(-2, back.intercept(), 1e-13);
    assertArrayEquals(coefficients, back.coefficients(), 1e-13);
  }

  @Test
  void missingPowersAreZeroAndUnknownOnesRefused() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(List.of("x"), 2, new double[] {0}, new double[] {4});
    // x² = (2 + 2t)² = 4 + 8t + 4t² = 6 + 8·T₁ + 2·T₂
    AffineFunction square = basis.fromPowers(1, Map.of("x^2", 1.0));
    assertEquals(7.0, square.intercept(), 1e-15);
    assertArrayEquals(new double[] {8, 2}, square.coefficients(), 1e-15);
    assertThrows(InvalidInputException.class, () -> basis.fromPowers(0, Map.of("x^3", 1.0)));
  }

  @Test
  void aFeatureThatDoesNotVaryIsOnlyCentred() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(List.of("x"), 1, new double[] {5}, new double[] {5});
    assertArrayEquals(new double[] {2.5}, expand(basis, 7.5), 0.0);
  }

  @Test
  void aRangeAcrossAllDoublesDoesNotOverflow() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(
            List.of("x"), 1, new double[] {-Double.MAX_VALUE}, new double[] {Double.MAX_VALUE});
    assertArrayEquals(new double[] {1}, expand(basis, Double.MAX_VALUE), 0.0);
  }

  @Test
  void aModelNamesItsPowers() {
    LinearModel model =
        new LinearModel(
            PolynomialBasis.power(List.of("x"), 2), new AffineFunction(1, new double[] {2, 3}));
    assertEquals(1 + 2 * 4 + 3 * 16.0, model.predict(new double[] {4}), 0.0);
    assertEquals(Map.of("x", 2.0, "x^2", 3.0), model.namedPowers());
    assertEquals(1.0, model.powers().intercept(), 0.0);
  }

  private static double[] gaussians(int n) {
    return new Random(5).doubles(n).map(u -> 2 * u - 1).toArray();
  }

  private static double[] expand(PolynomialBasis basis, double... x) {
    double[] out = new double[basis.terms()];
    basis.expandInto(x, out, 0, new double[basis.scratchLength()]);
    return out;
  }

  @Test
  void twentyThousandFeaturesOfDegreeOneCostWhatTheirNamesCost() {
    List<String> names = IntStream.range(0, 20_000).mapToObj(j -> "x" + j).toList();
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          PolynomialBasis basis = PolynomialBasis.power(names, 1);
          assertEquals(names, basis.termNames());
          double[] x = new Random(3).doubles(names.size()).toArray();
          double[] terms = new double[names.size()];
          basis.expandInto(x, terms, 0, new double[basis.scratchLength()]);
          assertArrayEquals(x, terms);
          AffineFunction function = new AffineFunction(1, x);
          assertArrayEquals(x, basis.toPowers(function).coefficients());
          assertArrayEquals(x, basis.fromPowers(1, named(names, x)).coefficients());
        });
  }

  private static Map<String, Double> named(List<String> names, double[] values) {
    Map<String, Double> named = new HashMap<>();
    for (int j = 0; j < values.length; j++) {
      named.put(names.get(j), values[j]);
    }
    return named;
  }

  /** x·z² is x·z times z, and so on: names of parents and factors make the term's own. */
  @Test
  void everyTermIsTheOneBeforeItTimesItsLastFeature() {
    for (int degree = 1; degree <= 4; degree++) {
      PolynomialBasis basis = PolynomialBasis.power(List.of("x", "z", "u"), degree);
      double[] at = {2, 3, 5};
      double[] values = new double[basis.terms()];
      for (int term = 0; term < basis.terms(); term++) {
        PolynomialBasis.Product product = basis.product(term);
        double parent = product.parent() < 0 ? 1 : values[product.parent()];
        values[term] = parent * Math.pow(at[product.feature()], product.exponent());
        assertEquals(value(basis.termNames().get(term)), values[term], basis.termNames().get(term));
      }
    }
  }

  /** Of a term's name at x = 2, z = 3, u = 5. */
  private static double value(String name) {
    double value = 1;
    for (String factor : name.split("\\*", -1)) {
      String[] power = factor.split("\\^", -1);
      double base = power[0].equals("x") ? 2 : power[0].equals("z") ? 3 : 5;
      value *= Math.pow(base, power.length > 1 ? Integer.parseInt(power[1]) : 1);
    }
    return value;
  }

  @Test
  void aBasisIsRestoredFromWhatItSaysOfItself() {
    List<String> features = List.of("x", "z");
    double[] low = {0, -3};
    double[] high = {4, 1};
    PolynomialBasis basis = PolynomialBasis.chebyshev(features, 2, low, high);
    double[] middle = {basis.middle(0), basis.middle(1)};
    double[] halfWidth = {basis.halfWidth(0), basis.halfWidth(1)};
    assertArrayEquals(new double[] {2, -1}, middle);
    assertArrayEquals(new double[] {2, 2}, halfWidth);
    PolynomialBasis restored =
        PolynomialBasis.restored(basis.kind(), features, 2, middle, halfWidth);
    assertEquals(PolynomialBasis.Kind.CHEBYSHEV, restored.kind());
    assertEquals(basis.termNames(), restored.termNames());
    assertEquals(-1, restored.middle(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> PolynomialBasis.restored(basis.kind(), features, 2, new double[1], halfWidth));
    assertThrows(
        IllegalArgumentException.class,
        () -> PolynomialBasis.restored(basis.kind(), features, 2, middle, new double[3]));
  }
}
