package io.foldwise.learn.model;

import io.foldwise.input.InvalidInputException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Where descent starts, in the coordinates of training except for {@link Given}. */
public sealed interface InitialWeights extends Serializable {
  /**
   * The weights, intercept first where there is one.
   *
   * @param constants the constant of each function that minimises the loss on the training rows,
   *     about the label's shift
   * @param seed the seed of the run; the weight of a coordinate depends on (seed, coordinate) alone
   * @throws io.foldwise.input.InvalidInputException if they are weights of another number of
   *     functions than the coordinates are for
   */
  double[] start(Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed);

  /**
   * The same weights with nothing left to draw.
   *
   * @param terms the most carried columns that they will be asked for
   */
  default InitialWeights drawn(int terms, long seed) {
    return this;
  }

  /** Zero weights, with the constant that minimises the loss on the training rows as intercept. */
  record Baseline() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      return coordinates.constant(constants);
    }
  }

  /** Zero weights, with an intercept of zero. */
  record Zeros() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      return coordinates.fromTrueIntercept(new double[coordinates.weights()]);
    }
  }

  /** Weights drawn from the standard normal distribution. */
  record Normal() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      return Drawn.of(coordinates, seed, SplittableRandom::nextGaussian);
    }

    @Override
    public InitialWeights drawn(int terms, long seed) {
      return Drawn.of(terms, seed, SplittableRandom::nextGaussian);
    }
  }

  /** Weights drawn uniformly from [−1, 1). */
  record Uniform() implements InitialWeights {
    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      return Drawn.of(coordinates, seed, random -> 2 * random.nextDouble() - 1);
    }

    @Override
    public InitialWeights drawn(int terms, long seed) {
      return Drawn.of(terms, seed, random -> 2 * random.nextDouble() - 1);
    }
  }

  /**
   * Weights that were drawn.
   *
   * @param values the intercept, then one for each carried column; those of a lower degree are the
   *     first of them
   */
  record Drawn(double[] values) implements InitialWeights {
    /** How far the seeds of functions are apart, no multiple of the step of the generator. */
    private static final long APART = 0xD134_2543_DE82_EF95L;

    private static Drawn of(int terms, long seed, ToDoubleFunction<SplittableRandom> draw) {
      SplittableRandom seeds = new SplittableRandom(seed);
      double[] values = new double[1 + terms];
      Arrays.setAll(values, at -> draw.applyAsDouble(seeds.split()));
      return new Drawn(values);
    }

    /**
     * The drawn weights of all functions: those of the first are the same however many there are.
     */
    private static double[] of(
        Coordinates coordinates, long seed, ToDoubleFunction<SplittableRandom> draw) {
      double[] w = new double[coordinates.weights()];
      int terms = coordinates.features();
      for (int k = 0; k < coordinates.functions(); k++) {
        double[] own = of(terms, seed + k * APART, draw).values;
        if (coordinates.leading() > 0) {
          w[k] = own[0];
        }
        System.arraycopy(own, 1, w, coordinates.leading() + k * terms, terms);
      }
      return coordinates.fromTrueIntercept(w);
    }

    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      if (coordinates.functions() > 1) {
        throw new IllegalStateException("drawn for one function");
      }
      int first = 1 - coordinates.leading();
      return coordinates.fromTrueIntercept(
          Arrays.copyOfRange(values, first, first + coordinates.weights()));
    }
  }

  /**
   * The weights of a model in the data's own units.
   *
   * @param intercept the model's constant
   * @param coefficients the coefficients of the powers of x by the names of {@link
   *     PolynomialBasis#termNames}; a name that is missing is zero
   */
  record Given(double intercept, Map<String, Double> coefficients) implements InitialWeights {
    public Given {
      coefficients = Map.copyOf(coefficients);
    }

    @Override
    public double[] start(
        Coordinates coordinates, double[] constants, PolynomialBasis basis, long seed) {
      if (coordinates.functions() > 1) {
        throw new InvalidInputException(
            "'init' holds one function, and 'loss' asks for %d, one a class: take baseline, zeros, normal or uniform"
                .formatted(coordinates.functions()));
      }
      return coordinates.weightsOf(basis.fromPowers(intercept, coefficients));
    }
  }
}
