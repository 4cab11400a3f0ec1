package io.foldwise.learn;

import java.io.Serializable;

/**
 * β₀ + βᵀb.
 *
 * @param intercept β₀
 * @param coefficients β; shared, not to be written to
 */
public record AffineFunction(double intercept, double[] coefficients) implements Serializable {
  double coefficient(int j) {
    return coefficients[j];
  }
}
