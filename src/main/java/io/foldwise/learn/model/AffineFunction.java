package io.foldwise.learn.model;

import java.io.Serializable;

/**
 * The function β₀ + βᵀb.
 *
 * @param intercept β₀
 * @param coefficients β; shared, not to be written to
 */
public record AffineFunction(double intercept, double[] coefficients) implements Serializable {
  public double coefficient(int j) {
    return coefficients[j];
  }
}
