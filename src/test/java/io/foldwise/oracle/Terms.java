package io.foldwise.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The terms of a polynomial: exponents in graded order, their values on a row, and coefficients of
 * powers from and to those of the terms. A polynomial is a map from exponents to coefficients.
 *
 * @param exponents one array a term, without the constant
 * @param chebyshev whether exponent e stands for T_e((x − middle)/half) instead of xᵉ
 */
record Terms(List<int[]> exponents, boolean chebyshev, double[] middle, double[] half) {

  /** Powers of d features up to a degree. */
  static Terms powers(int d, int degree) {
    return new Terms(graded(d, degree), false, new double[d], new double[d]);
  }

  /** Chebyshev polynomials over the range of the rows. */
  static Terms chebyshev(double[][] x, int degree) {
    int d = x[0].length;
    double[] middle = new double[d];
    double[] half = new double[d];
    for (int j = 0; j < d; j++) {
      int feature = j;
      double low = Arrays.stream(x).mapToDouble(row -> row[feature]).min().orElseThrow();
      double high = Arrays.stream(x).mapToDouble(row -> row[feature]).max().orElseThrow();
      middle[j] = (low + high) / 2;
      half[j] = high > low ? (high - low) / 2 : 1;
    }
    return new Terms(graded(d, degree), true, middle, half);
  }

  int count() {
    return exponents.size();
  }

  double[] values(double[] x) {
    double[] values = new double[count()];
    for (int term = 0; term < values.length; term++) {
      values[term] = 1;
      for (int j = 0; j < x.length; j++) {
        int e = exponents.get(term)[j];
        values[term] *=
            chebyshev ? chebyshevPolynomial(e, (x[j] - middle[j]) / half[j]) : Math.pow(x[j], e);
      }
    }
    return values;
  }

  /** b₀ + Σ bₜ·termₜ in powers: the constant, then the coefficients in graded order. */
  double[] toPowers(double constant, double[] coefficients) {
    double[] powers = new double[count() + 1];
    powers[0] = constant;
    if (!chebyshev) {
      System.arraycopy(coefficients, 0, powers, 1, count());
      return powers;
    }
    for (int term = 0; term < count(); term++) {
      Map<String, Double> product = new HashMap<>(Map.of(key(new int[middle.length]), 1.0));
      for (int j = 0; j < middle.length; j++) {
        product = times(product, j, inPowers(exponents.get(term)[j], j));
      }
      for (int at = 0; at <= count(); at++) {
        powers[at] += coefficients[term] * product.getOrDefault(key(exponent(at)), 0.0);
      }
    }
    return powers;
  }

  /** The inverse of {@link #toPowers}. */
  double[] fromPowers(double constant, double[] coefficients) {
    double[] terms = new double[count() + 1];
    terms[0] = constant;
    for (int term = 0; term < count(); term++) {
      Map<String, Double> product = new HashMap<>(Map.of(key(new int[middle.length]), 1.0));
      for (int j = 0; j < middle.length; j++) {
        for (int e = 0; e < exponents.get(term)[j]; e++) {
          product = timesX(product, j);
        }
      }
      for (int at = 0; at <= count(); at++) {
        terms[at] += coefficients[term] * product.getOrDefault(key(exponent(at)), 0.0);
      }
    }
    return terms;
  }

  /** Names as scikit-learn's, with * between factors. */
  List<String> names(List<String> features) {
    List<String> names = new ArrayList<>();
    for (int[] exponent : exponents) {
      List<String> factors = new ArrayList<>();
      for (int j = 0; j < exponent.length; j++) {
        if (exponent[j] > 0) {
          factors.add(features.get(j) + (exponent[j] > 1 ? "^" + exponent[j] : ""));
        }
      }
      names.add(String.join("*", factors));
    }
    return names;
  }

  private int[] exponent(int at) {
    return at == 0 ? new int[middle.length] : exponents.get(at - 1);
  }

  /** itertools.combinations_with_replacement of the features, one total degree after another. */
  private static List<int[]> graded(int d, int degree) {
    List<int[]> all = new ArrayList<>();
    for (int total = 1; total <= degree; total++) {
      choose(all, new int[d], 0, total);
    }
    return all;
  }

  private static void choose(List<int[]> all, int[] chosen, int from, int left) {
    if (left == 0) {
      all.add(chosen.clone());
      return;
    }
    for (int j = from; j < chosen.length; j++) {
      chosen[j]++;
      choose(all, chosen, j, left - 1);
      chosen[j]--;
    }
  }

  private static double chebyshevPolynomial(int e, double t) {
    return e == 0
        ? 1
        : e == 1 ? t : 2 * t * chebyshevPolynomial(e - 1, t) - chebyshevPolynomial(e - 2, t);
  }

  /** T_e((x − m)/h) as coefficients of x⁰ … xᵉ. */
  private double[] inPowers(int e, int j) {
    if (e == 0) {
      return new double[] {1};
    }
    double slope = 1 / half[j];
    double[] linear = {-middle[j] * slope, slope};
    if (e == 1) {
      return linear;
    }
    double[] before = inPowers(e - 1, j);
    double[] twoBefore = inPowers(e - 2, j);
    double[] next = new double[e + 1];
    for (int power = 0; power < before.length; power++) {
      next[power] += 2 * linear[0] * before[power];
      next[power + 1] += 2 * linear[1] * before[power];
    }
    for (int power = 0; power < twoBefore.length; power++) {
      next[power] -= twoBefore[power];
    }
    return next;
  }

  private static Map<String, Double> times(
      Map<String, Double> polynomial, int j, double[] univariate) {
    Map<String, Double> product = new TreeMap<>();
    polynomial.forEach(
        (key, value) -> {
          int[] exponent = exponent(key);
          for (int e = 0; e < univariate.length; e++) {
            int[] raised = exponent.clone();
            raised[j] += e;
            product.merge(key(raised), value * univariate[e], Double::sum);
          }
        });
    return product;
  }

  /** x·T_e = m·T_e + h·(T_{e+1} + T_{|e−1|})/2. */
  private Map<String, Double> timesX(Map<String, Double> polynomial, int j) {
    Map<String, Double> product = new TreeMap<>();
    polynomial.forEach(
        (key, value) -> {
          int[] up = exponent(key);
          int[] down = up.clone();
          up[j]++;
          down[j] = Math.abs(down[j] - 1);
          if (chebyshev) {
            product.merge(key, middle[j] * value, Double::sum);
            product.merge(key(up), half[j] * value / 2, Double::sum);
            product.merge(key(down), half[j] * value / 2, Double::sum);
          } else {
            product.merge(key(up), value, Double::sum);
          }
        });
    return product;
  }

  private static String key(int[] exponent) {
    return Arrays.toString(exponent);
  }

  private static int[] exponent(String key) {
    return Arrays.stream(key.substring(1, key.length() - 1).split(", "))
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
