package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against {@link ExactExponential}, to the bounds that {@link Exponential} states. */
final class ExponentialTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-300,
    Math.log(2) / 2,
    -Math.log(2) / 2,
    Math.nextUp(Math.log(2) / 2),
    1.5 * Math.log(2),
    -708.4,
    -745.13,
    -745.14,
    -746,
    -1e300,
    709.78,
    709.79,
    1e300,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @Test
  void expIsWithinOneUlpOverTheNormalNumbers() {
    double worst =
        worst(ExponentialFunction.EXP, numbers(4_000, -708.3, 709.7), ExactExponential::exp);
    double near = worst(ExponentialFunction.EXP, numbers(4_000, -2, 2), ExactExponential::exp);
    assertTrue(Math.max(worst, near) < 1, worst + " and, about 0, " + near);
  }

  @Test
  void expUnderflowsGradually() {
    double worst =
        worst(ExponentialFunction.EXP, numbers(1_000, -745, -708), ExactExponential::exp);
    assertTrue(worst < 1, "in units of the least number: " + worst);
  }

  @Test
  void sigmoidIsWithinTwoAndAHalfUlps() {
    double wide =
        worst(ExponentialFunction.SIGMOID, numbers(2_000, -700, 40), ExactExponential::sigmoid);
    double near =
        worst(ExponentialFunction.SIGMOID, numbers(4_000, -4, 4), ExactExponential::sigmoid);
    assertTrue(Math.max(wide, near) < 2.5, wide + " and, about 0, " + near);
  }

  @Test
  void softplusIsWithinThreeUlpsWhereItIsTinyToo() {
    double wide =
        worst(ExponentialFunction.SOFTPLUS, numbers(1_000, -700, 40), ExactExponential::softplus);
    double near =
        worst(ExponentialFunction.SOFTPLUS, numbers(2_000, -4, 4), ExactExponential::softplus);
    assertTrue(Math.max(wide, near) < 3, wide + " and, about 0, " + near);
  }

  @Test
  void nanStaysAndInfinitiesGoToTheirLimits() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    double[] x = {nan, infinity, -infinity, 1e5, -1e5, 0, -0.0, nan, infinity, -infinity, 0};
    double[] exp = x.clone();
    double[] sigmoid = x.clone();
    double[] softplus = x.clone();
    Exponential.exp(exp, 0, x.length);
    Exponential.sigmoid(sigmoid, 0, x.length);
    Exponential.softplus(softplus, 0, x.length);
    assertArrayEquals(new double[] {nan, infinity, 0, infinity, 0, 1, 1, nan, infinity, 0, 1}, exp);
    assertArrayEquals(new double[] {nan, 1, 0, 1, 0, 0.5, 0.5, nan, 1, 0, 0.5}, sigmoid);
    double half = Math.log(2);
    assertArrayEquals(
        new double[] {nan, infinity, 0, 1e5, 0, half, half, nan, infinity, 0, half}, softplus);
  }

  @Test
  @Tag("compiled")
  void theVectorLoopGivesTheBitsOfTheScalarOne() {
    double[] x = Arrays.copyOf(numbers(40_000, -760, 760), 40_000 + SPECIAL.length);
    System.arraycopy(numbers(20_000, -3, 3), 0, x, 0, 20_000);
    System.arraycopy(SPECIAL, 0, x, 40_000, SPECIAL.length);
    for (ExponentialFunction f : ExponentialFunction.values()) {
      double[] scalar = x.clone();
      double[] vector = x.clone();
      new ScalarExponential().map(f, scalar, 0, x.length);
      new VectorExponential().map(f, vector, 0, x.length);
      assertArrayEquals(scalar, vector, f.name());
    }
  }

  @Test
  void onlyTheStretchThatIsNamedChanges() {
    for (int count = 0; count <= 20; count++) {
      double[] x = new double[25];
      Exponential.exp(x, 3, count);
      for (int i = 0; i < x.length; i++) {
        assertEquals(i >= 3 && i < 3 + count ? 1 : 0, x[i]);
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> Exponential.exp(new double[16], 1, 16));
  }

  private static double worst(ExponentialFunction f, double[] x, DoubleFunction<BigDecimal> exact) {
    double worst = 0;
    for (double number : x) {
      worst = Math.max(worst, ExactExponential.ulps(f.of(number), exact.apply(number)));
    }
    return worst;
  }

  private static double[] numbers(int count, double low, double high) {
    return new Random(count).doubles(count, low, high).toArray();
  }
}
