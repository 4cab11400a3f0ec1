package io.foldwise.math;

import java.math.BigDecimal;
import java.math.MathContext;

/** The functions of {@link Exponential} to fifty digits. */
final class ExactExponential {
  private static final MathContext DIGITS = new MathContext(50);
  private static final int HALVINGS = 12;

  private ExactExponential() {}

  /** eˣ: the series at x/2¹², squared twelve times. */
  static BigDecimal exp(double x) {
    BigDecimal reduced = new BigDecimal(x).divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int k = 1; term.signum() != 0 && term.precision() - term.scale() > -60; k++) {
      term = term.multiply(reduced, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < HALVINGS; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  static BigDecimal sigmoid(double z) {
    BigDecimal power = exp(-z);
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(power, DIGITS), DIGITS);
  }

  /** log(1 + eᶻ) = max(z, 0) + 2 artanh(t/(2 + t)) at t = e^−|z|. */
  static BigDecimal softplus(double z) {
    BigDecimal t = exp(-Math.abs(z));
    BigDecimal s = t.divide(t.add(BigDecimal.valueOf(2)), DIGITS);
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = s;
    for (int k = 3; k < 120; k += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
    }
    return new BigDecimal(Math.max(z, 0)).add(sum.add(sum), DIGITS);
  }

  /** |actual − exact| in units of the last place of exact. */
  static double ulps(double actual, BigDecimal exact) {
    BigDecimal ulp = new BigDecimal(Math.ulp(exact.doubleValue()));
    return new BigDecimal(actual).subtract(exact).abs().divide(ulp, DIGITS).doubleValue();
  }
}
