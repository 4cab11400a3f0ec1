package io.foldwise.learn.model;

/**
 * How the terms of a {@link PolynomialBasis} are made of features.
 *
 * @param exponents of each term
 * @param parents of each term, the one without its last feature; −1 where nothing is left
 * @param lastFactors of each term, its last feature's power, as index into a table d × (degree + 1)
 */
record Expansion(int[][] exponents, int[] parents, int[] lastFactors) {
  static Expansion of(int features, int degree) {
    int[][] exponents = Monomials.graded(features, degree);
    int[] lastFactors = new int[exponents.length];
    for (int term = 0; term < exponents.length; term++) {
      lastFactors[term] = Monomials.lastFactor(exponents[term], degree);
    }
    return new Expansion(exponents, Monomials.parents(exponents), lastFactors);
  }
}
