package io.foldwise.math;

/**
 * The functions behind {@link Exponential}, a number at a time. {@link VectorExponential} makes the
 * same operations in the same order and so gives the same bits.
 *
 * <p>eʸ: y = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite's reduction, ln 2 in two parts), Σ
 * rᵏ/k! up to k = 13 by Horner's rule, whose remainder is below 5e-18, times two powers of 2 so
 * that underflow is gradual.
 */
enum ExponentialFunction {
  /** eˣ. */
  EXP(0) {
    @Override
    double of(double x, double exp) {
      return exp;
    }
  },

  /** σ(z) = 1/(1 + e⁻ᶻ): with t = e^−|z|, 1/(1 + t) where z ≥ 0 and t/(1 + t) elsewhere. */
  SIGMOID(Long.MIN_VALUE) {
    @Override
    double of(double z, double t) {
      return (z < 0 ? t : 1) / (1 + t);
    }
  },

  /**
   * log(1 + eᶻ) = max(z, 0) + log(1 + t) with t = e^−|z|, where log(1 + t) = 2 artanh(s) for s =
   * t/(2 + t) ≤ 1/3: 2 Σ s²ᵏ⁺¹/(2k + 1) up to k = 16, whose remainder is below 2e-18 of it.
   */
  SOFTPLUS(Long.MIN_VALUE) {
    @Override
    double of(double z, double t) {
      double s = t / (2 + t);
      double square = s * s;
      double sum = MultiplyAdd.of(1 / 33.0, square, 1 / 31.0);
      sum = MultiplyAdd.of(sum, square, 1 / 29.0);
      sum = MultiplyAdd.of(sum, square, 1 / 27.0);
      sum = MultiplyAdd.of(sum, square, 1 / 25.0);
      sum = MultiplyAdd.of(sum, square, 1 / 23.0);
      sum = MultiplyAdd.of(sum, square, 1 / 21.0);
      sum = MultiplyAdd.of(sum, square, 1 / 19.0);
      sum = MultiplyAdd.of(sum, square, 1 / 17.0);
      sum = MultiplyAdd.of(sum, square, 1 / 15.0);
      sum = MultiplyAdd.of(sum, square, 1 / 13.0);
      sum = MultiplyAdd.of(sum, square, 1 / 11.0);
      sum = MultiplyAdd.of(sum, square, 1 / 9.0);
      sum = MultiplyAdd.of(sum, square, 1 / 7.0);
      sum = MultiplyAdd.of(sum, square, 1 / 5.0);
      sum = MultiplyAdd.of(sum, square, 1 / 3.0);
      double twice = s + s;
      return (z > 0 ? z : 0) + MultiplyAdd.of(twice * square, sum, twice);
    }
  };

  static final double LOG2_E = 1.4426950408889634;

  /** ln 2 rounded to a double; LN2_LOW is what the rounding leaves of it. Both are by mpmath. */
  static final double LN2_HIGH = 0.6931471805599453;

  static final double LN2_LOW = 2.3190468138462996e-17;

  /** Below LOWEST eʸ is 0, above HIGHEST infinite; between them the halves of n fit an exponent. */
  static final double LOWEST = -746;

  static final double HIGHEST = 710;

  /** 1.5·2⁵²: a sum with it is rounded to a whole number, which stands in its last bits. */
  static final double ROUNDER = 6755399441055744.0;

  /** ROUNDER plus the bias of an exponent: the last bits of n + BIASED are the exponent of 2ⁿ. */
  static final double BIASED = ROUNDER + 1023;

  static final int EXPONENT_SHIFT = 52;

  /** The bits to set in the argument: without any y = x, with the sign's y = −|x|. */
  final long signBit;

  ExponentialFunction(long signBit) {
    this.signBit = signBit;
  }

  /** The function at x, given eʸ. */
  abstract double of(double x, double exp);

  final double of(double x) {
    double y = Double.longBitsToDouble(Double.doubleToRawLongBits(x) | signBit);
    return of(x, exp(y));
  }

  private static double exp(double argument) {
    double y = argument < LOWEST ? LOWEST : argument > HIGHEST ? HIGHEST : argument;
    double n = MultiplyAdd.of(y, LOG2_E, ROUNDER) - ROUNDER;
    double r = MultiplyAdd.of(n, -LN2_LOW, MultiplyAdd.of(n, -LN2_HIGH, y));
    double half = MultiplyAdd.of(n, 0.5, ROUNDER) - ROUNDER;
    return series(r) * power(half) * power(n - half);
  }

  /** 2ⁿ for whole n, −1022 ≤ n ≤ 1023. */
  private static double power(double n) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(n + BIASED) << EXPONENT_SHIFT);
  }

  private static double series(double r) {
    double sum = MultiplyAdd.of(1 / 6227020800.0, r, 1 / 479001600.0);
    sum = MultiplyAdd.of(sum, r, 1 / 39916800.0);
    sum = MultiplyAdd.of(sum, r, 1 / 3628800.0);
    sum = MultiplyAdd.of(sum, r, 1 / 362880.0);
    sum = MultiplyAdd.of(sum, r, 1 / 40320.0);
    sum = MultiplyAdd.of(sum, r, 1 / 5040.0);
    sum = MultiplyAdd.of(sum, r, 1 / 720.0);
    sum = MultiplyAdd.of(sum, r, 1 / 120.0);
    sum = MultiplyAdd.of(sum, r, 1 / 24.0);
    sum = MultiplyAdd.of(sum, r, 1 / 6.0);
    sum = MultiplyAdd.of(sum, r, 0.5);
    sum = MultiplyAdd.of(sum, r, 1);
    return MultiplyAdd.of(sum, r, 1);
  }
}
