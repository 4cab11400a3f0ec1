package io.foldwise.learn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exponents of monomials in graded order, and their names. */
final class Monomials {
  private Monomials() {}

  /** The d exponents of every monomial of degree 1 … degree over d features. */
  static int[][] graded(int d, int degree) {
    int count = PolynomialBasis.terms(d, degree);
    List<int[]> all = new ArrayList<>(count);
    for (int total = 1; total <= degree; total++) {
      appendWithTotal(all, new int[d], 0, total);
    }
    return all.toArray(int[][]::new);
  }

  private static void appendWithTotal(List<int[]> all, int[] exponent, int feature, int left) {
    if (feature == exponent.length - 1) {
      exponent[feature] = left;
      all.add(exponent.clone());
      exponent[feature] = 0;
      return;
    }
    for (int e = left; e >= 0; e--) {
      exponent[feature] = e;
      appendWithTotal(all, exponent, feature + 1, left - e);
    }
    exponent[feature] = 0;
  }

  /** The last feature that occurs and its exponent, as index into a table d × (degree + 1). */
  static int lastFactor(int[] exponent, int degree) {
    int last = lastFeature(exponent);
    return last * (degree + 1) + exponent[last];
  }

  /** For each monomial the index of the one without its last feature; −1 where nothing is left. */
  static int[] parents(int[][] exponents) {
    Map<List<Integer>, Integer> indices = new HashMap<>();
    int[] parents = new int[exponents.length];
    for (int term = 0; term < exponents.length; term++) {
      indices.put(key(exponents[term]), term);
      int[] rest = exponents[term].clone();
      rest[lastFeature(rest)] = 0;
      parents[term] = indices.getOrDefault(key(rest), -1);
    }
    return parents;
  }

  static List<Integer> key(int[] exponent) {
    return Arrays.stream(exponent).boxed().toList();
  }

  private static int lastFeature(int[] exponent) {
    int last = exponent.length - 1;
    while (exponent[last] == 0) {
      last--;
    }
    return last;
  }

  /** The name of a monomial, such as x^2*z. */
  static String name(int[] exponent, List<String> features) {
    StringBuilder name = new StringBuilder();
    for (int j = 0; j < exponent.length; j++) {
      if (exponent[j] > 0) {
        name.append(name.isEmpty() ? "" : "*").append(features.get(j));
        name.append(exponent[j] > 1 ? "^" + exponent[j] : "");
      }
    }
    return name.toString();
  }
}
