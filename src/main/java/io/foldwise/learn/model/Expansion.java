package io.foldwise.learn.model;

/**
 * How the terms of a {@link PolynomialBasis} are made of features.
 *
 * @param exponents the exponents of each term
 * @param parents the index of each term without its last feature; −1 where nothing is left
 * @param lastFactors each term's last feature and its power, as an index into a table d × (degree +
 *     1)
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
