package io.foldwise.learn.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes coefficients between powers and the terms of a basis. Each one-feature polynomial is
 * expanded in 50 decimal digits, since the expansion of T_e at a far-off origin cancels badly; the
 * products over the features follow.
 */
final class BasisChange {
  private static final MathContext DIGITS = new MathContext(50);

  private final PolynomialBasis basis;
  private final int[][] exponents;
  private final Map<List<Integer>, Integer> indices = new HashMap<>();

  BasisChange(PolynomialBasis basis, int[][] exponents) {
    this.basis = basis;
    this.exponents = exponents;
    for (int term = 0; term < exponents.length; term++) {
      indices.put(Monomials.key(exponents[term]), term);
    }
  }

  AffineFunction toPowers(AffineFunction function) {
    return change(function, this::inPowers);
  }

  AffineFunction fromPowers(AffineFunction powers) {
    return change(powers, this::inBasis);
  }

  /** Writes the e-th polynomials of one feature, e = 0 … degree, in the other basis. */
  private interface Table {
    BigDecimal[][] of(int feature);
  }

  private AffineFunction change(AffineFunction function, Table table) {
    BigDecimal[][][] tables = new BigDecimal[basis.features().size()][][];
    for (int j = 0; j < tables.length; j++) {
      tables[j] = table.of(j);
    }
    BigDecimal[] sums = new BigDecimal[exponents.length + 1];
    Arrays.fill(sums, BigDecimal.ZERO);
    sums[0] = new BigDecimal(function.intercept());
    for (int term = 0; term < exponents.length; term++) {
      if (function.coefficient(term) != 0) {
        BigDecimal weight = new BigDecimal(function.coefficient(term));
        distribute(tables, exponents[term], 0, new int[exponents[term].length], weight, sums);
      }
    }
    double[] coefficients = new double[exponents.length];
    for (int term = 0; term < coefficients.length; term++) {
      coefficients[term] = sums[term + 1].doubleValue();
    }
    return new AffineFunction(sums[0].doubleValue(), coefficients);
  }

  private void distribute(
      BigDecimal[][][] tables,
      int[] exponent,
      int feature,
      int[] target,
      BigDecimal weight,
      BigDecimal[] sums) {
    if (feature == exponent.length) {
      Integer term = indices.get(Monomials.key(target));
      int at = term == null ? 0 : term + 1;
      sums[at] = sums[at].add(weight, DIGITS);
      return;
    }
    BigDecimal[] row = tables[feature][exponent[feature]];
    for (int e = 0; e <= exponent[feature]; e++) {
      if (row[e].signum() != 0) {
        target[feature] = e;
        distribute(tables, exponent, feature + 1, target, weight.multiply(row[e], DIGITS), sums);
      }
    }
    target[feature] = 0;
  }

  /** Row e holds T_e((x − m)/h) in powers of x, by T_e = 2 t T_{e−1} − T_{e−2}. */
  private BigDecimal[][] inPowers(int feature) {
    BigDecimal slope = BigDecimal.ONE.divide(new BigDecimal(basis.halfWidth(feature)), DIGITS);
    BigDecimal offset = new BigDecimal(basis.middle(feature)).multiply(slope, DIGITS).negate();
    BigDecimal[][] rows = unitRows();
    for (int e = 1; e < rows.length; e++) {
      BigDecimal twice = BigDecimal.valueOf(e == 1 ? 1 : 2);
      for (int power = 0; power < e; power++) {
        BigDecimal value = rows[e - 1][power].multiply(twice, DIGITS);
        rows[e][power] = rows[e][power].add(value.multiply(offset, DIGITS), DIGITS);
        rows[e][power + 1] = rows[e][power + 1].add(value.multiply(slope, DIGITS), DIGITS);
        if (e > 1) {
          rows[e][power] = rows[e][power].subtract(rows[e - 2][power], DIGITS);
        }
      }
    }
    return rows;
  }

  /** Row e holds xᵉ in T₀, T₁, …, by x T_k = m T_k + h (T_{k+1} + T_{|k−1|})/2. */
  private BigDecimal[][] inBasis(int feature) {
    BigDecimal middle = new BigDecimal(basis.middle(feature));
    BigDecimal half = new BigDecimal(basis.halfWidth(feature));
    BigDecimal quarter = half.divide(BigDecimal.valueOf(2), DIGITS);
    BigDecimal[][] rows = unitRows();
    for (int e = 1; e < rows.length; e++) {
      for (int k = 0; k < e; k++) {
        BigDecimal value = rows[e - 1][k];
        BigDecimal up = value.multiply(k == 0 ? half : quarter, DIGITS);
        rows[e][k] = rows[e][k].add(value.multiply(middle, DIGITS), DIGITS);
        rows[e][k + 1] = rows[e][k + 1].add(up, DIGITS);
        if (k > 0) {
          rows[e][k - 1] = rows[e][k - 1].add(up, DIGITS);
        }
      }
    }
    return rows;
  }

  private BigDecimal[][] unitRows() {
    BigDecimal[][] rows = new BigDecimal[basis.degree() + 1][basis.degree() + 2];
    for (BigDecimal[] row : rows) {
      Arrays.fill(row, BigDecimal.ZERO);
    }
    rows[0][0] = BigDecimal.ONE;
    return rows;
  }
}
