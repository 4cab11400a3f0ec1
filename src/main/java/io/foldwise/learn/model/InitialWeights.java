package io.foldwise.learn.model;

import java.io.Serializable;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Where descent starts, in the coordinates of training except for {@link Given}. */
public sealed interface InitialWeights extends Serializable {
  /**
   * The weights, intercept first where there is one.
   *
   * @param constant the one that minimises the loss on the training rows, about the label's shift
   * @param seed of the run; the weight of a coordinate depends on (seed, coordinate) alone
   */
  double[] start(Coordinates coordinates, double constant, PolynomialBasis basis, long seed);

  /** Zero, and as intercept the constant that minimises the loss on the training rows. */
  record Baseline() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double constant, PolynomialBasis basis, long seed) {
      return coordinates.constant(constant);
    }
  }

  /** Zero, the intercept too. */
  record Zeros() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double constant, PolynomialBasis basis, long seed) {
      return coordinates.fromTrueIntercept(new double[coordinates.weights()]);
    }
  }

  /** Standard normal numbers. */
  record Normal() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double constant, PolynomialBasis basis, long seed) {
      return coordinates.fromTrueIntercept(
          drawn(coordinates, seed, SplittableRandom::nextGaussian));
    }
  }

  /** Numbers uniform in [−1, 1). */
  record Uniform() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double constant, PolynomialBasis basis, long seed) {
      return coordinates.fromTrueIntercept(
          drawn(coordinates, seed, random -> 2 * random.nextDouble() - 1));
    }
  }

  /**
   * A model in the data's own units.
   *
   * @param intercept its constant
   * @param coefficients of the powers of x by the names of {@link PolynomialBasis#termNames}; a
   *     name that is missing is zero
   */
  record Given(double intercept, Map<String, Double> coefficients) implements InitialWeights {
    public Given {
      coefficients = Map.copyOf(coefficients);
    }

    @Override
    public double[] start(
        Coordinates coordinates, double constant, PolynomialBasis basis, long seed) {
      return coordinates.weightsOf(basis.fromPowers(intercept, coefficients));
    }
  }

  private static double[] drawn(
      Coordinates coordinates, long seed, ToDoubleFunction<SplittableRandom> draw) {
    double[] w = new double[coordinates.weights()];
    SplittableRandom seeds = new SplittableRandom(seed);
    double constant = draw.applyAsDouble(seeds.split());
    for (int at = 0; at < w.length; at++) {
      boolean isIntercept = at < coordinates.leading();
      w[at] = isIntercept ? constant : draw.applyAsDouble(seeds.split());
    }
    return w;
  }
}
