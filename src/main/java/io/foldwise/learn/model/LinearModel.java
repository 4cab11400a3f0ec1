package io.foldwise.learn.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ŷ = β₀ + Σ βⱼ bⱼ(x) over the terms b of a basis, in the data's units, or K such functions, one
 * for each class. It is stored and evaluated in its basis; {@link #powers} are reported beside it.
 *
 * @param basis the terms
 * @param functions β₀ and β of each function, one coefficient for each term; at least one function
 */
public record LinearModel(PolynomialBasis basis, List<AffineFunction> functions)
    implements Serializable {
  public LinearModel {
    functions = List.copyOf(functions);
    for (AffineFunction function : functions) {
      if (function.coefficients().length != basis.terms()) {
        throw new IllegalArgumentException(
            function.coefficients().length + " coefficients for " + basis.terms() + " terms");
      }
    }
  }

  /** A model of one function. */
  public LinearModel(PolynomialBasis basis, AffineFunction function) {
    this(basis, List.of(function));
  }

  /**
   * The only function.
   *
   * @throws IllegalStateException if there are several, one for each class
   */
  public AffineFunction function() {
    if (functions.size() != 1) {
      throw new IllegalStateException("the model has a function for each class");
    }
    return functions.get(0);
  }

  /**
   * This model with the mean over the functions taken off all of them, which changes no
   * probability: off the constants, and off the coefficients too where no penalty decides them.
   */
  public LinearModel centred(boolean coefficients) {
    int k = functions.size();
    double constant = functions.stream().mapToDouble(AffineFunction::intercept).sum() / k;
    double[] means = new double[basis.terms()];
    for (int j = 0; j < means.length && coefficients; j++) {
      for (AffineFunction function : functions) {
        means[j] += function.coefficient(j) / k;
      }
    }
    List<AffineFunction> about = new ArrayList<>();
    for (AffineFunction function : functions) {
      double[] own = new double[means.length];
      Arrays.setAll(own, j -> function.coefficient(j) - means[j]);
      about.add(new AffineFunction(function.intercept() - constant, own));
    }
    return new LinearModel(basis, about);
  }

  private static double valueExpanded(AffineFunction function, double[] terms, int from) {
    double sum = function.intercept();
    double[] coefficients = function.coefficients();
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * terms[from + j];
    }
    return sum;
  }

  /** The value at one row, its terms already expanded at {@code terms[from ..]}. */
  public double predictExpanded(double[] terms, int from) {
    return valueExpanded(function(), terms, from);
  }

  /** The value at one row of features; NaN or infinite features give NaN or infinity. */
  public double predict(double[] x) {
    return valueExpanded(function(), expanded(x), 0);
  }

  /** The values of all functions at one row of features. */
  public double[] values(double[] x) {
    return valuesExpanded(expanded(x));
  }

  /** The values of all functions at one row, its terms already expanded. */
  public double[] valuesExpanded(double[] terms) {
    return functions.stream().mapToDouble(each -> valueExpanded(each, terms, 0)).toArray();
  }

  private double[] expanded(double[] x) {
    double[] terms = new double[basis.terms()];
    basis.expandInto(x, terms, 0, new double[basis.scratchLength()]);
    return terms;
  }

  /** The only function written in powers of the features. */
  public AffineFunction powers() {
    return basis.toPowers(function());
  }

  /** Each function as a model of its own. */
  public List<LinearModel> each() {
    return functions.stream().map(function -> new LinearModel(basis, function)).toList();
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
