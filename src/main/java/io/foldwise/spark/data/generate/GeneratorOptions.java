package io.foldwise.spark.data.generate;

import io.foldwise.input.InvalidInputException;
import java.util.Objects;

/**
 * What data to make.
 *
 * @param shape how y depends on x
 * @param rows the number of rows, n ≥ 1
 * @param features the number of features, d ≥ 1
 * @param noise the standard deviation of ε, ≥ 0
 * @param seed the seed of features, coefficients and noise
 */
public record GeneratorOptions(Shape shape, long rows, int features, double noise, long seed) {

  private static final int MOST_FEATURES = 10_000;

  /** How y depends on x. */
  public enum Shape {
    /** y = b + Σⱼ aⱼxⱼ + ε, x standard normal. */
    LINEAR,
    /** y = b + Σⱼ (aⱼxⱼ + cⱼxⱼ² + eⱼxⱼ³) + ε, x uniform in [−2, 2). */
    POLYNOMIAL,
    /** y = 1 with probability 1/(1 + exp(−z)), z = b + Σⱼ aⱼxⱼ + ε, else 0; x standard normal. */
    LOGISTIC
  }

  public GeneratorOptions {
    Objects.requireNonNull(shape);
    if (rows < 1) {
      throw new InvalidInputException("'rows' (" + rows + ") must be >= 1");
    }
    if (features < 1 || features > MOST_FEATURES) {
      throw new InvalidInputException(
          "'features' (" + features + ") must be >= 1 and <= " + MOST_FEATURES);
    }
    if (!(noise >= 0 && noise <= Double.MAX_VALUE)) {
      throw new InvalidInputException("'noise' (" + noise + ") must be >= 0 and finite");
    }
  }
}
