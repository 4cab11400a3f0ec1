package io.foldwise.learn.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ŷ = β₀ + Σ βⱼ bⱼ(x) over the terms b of a basis, in the data's units. It is stored and evaluated
 * in its basis; {@link #powers} are reported beside it.
 *
 * @param basis the terms
 * @param function β₀ and β, one coefficient for each term
 */
public record LinearModel(PolynomialBasis basis, AffineFunction function) implements Serializable {
  public LinearModel {
    if (function.coefficients().length != basis.terms()) {
      throw new IllegalArgumentException(
          function.coefficients().length + " coefficients for " + basis.terms() + " terms");
    }
  }

  /** The value at one row, its terms already expanded at {@code terms[from ..]}. */
  public double predictExpanded(double[] terms, int from) {
    double sum = function.intercept();
    double[] coefficients = function.coefficients();
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * terms[from + j];
    }
    return sum;
  }

  /** The value at one row of features; NaN or infinite features give NaN or infinity. */
  public double predict(double[] x) {
    double[] terms = new double[basis.terms()];
    basis.expandInto(x, terms, 0, new double[basis.scratchLength()]);
    return predictExpanded(terms, 0);
  }

  /** The function written in powers of the features. */
  public AffineFunction powers() {
    return basis.toPowers(function);
  }

  /** The coefficients of the powers by term name, in graded order. */
  public Map<String, Double> namedPowers() {
    double[] coefficients = powers().coefficients();
    List<String> names = basis.termNames();
    Map<String, Double> named = new LinkedHashMap<>();
    for (int j = 0; j < coefficients.length; j++) {
      named.put(names.get(j), coefficients[j]);
    }
    return named;
  }
}
