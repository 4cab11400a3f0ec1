package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireAtLeastZero;
import static io.foldwise.input.Checks.requirePositive;

import java.io.Serializable;

/**
 * The learning rate over time: η(t) from η₀, where t = 1, 2, … counts steps (skipped minibatches
 * included) and a run is {@code epochs} epochs of m steps.
 */
public sealed interface Schedule extends Serializable {
  /**
   * η(t)/η₀.
   *
   * @param t the step, from 1
   * @param stepsPerEpoch the steps of an epoch, m ≥ 1
   * @param epochs the stated length of the run, in epochs; stopping early does not shorten it
   */
  double factor(long t, int stepsPerEpoch, long epochs);

  /** η(t) = η₀ throughout. */
  record Constant() implements Schedule {
    @Override
    public double factor(long t, int stepsPerEpoch, long epochs) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /** η₀ / t^power, scikit-learn's {@code invscaling}. */
  record InverseScaling(double power) implements Schedule {
    /** scikit-learn's default of {@code power_t}. */
    public static final double DEFAULT_POWER = 0.25;

    public InverseScaling {
      requireAtLeastZero("power of inverse-scaling", power);
    }

    @Override
    public double factor(long t, int stepsPerEpoch, long epochs) {
      return 1 / Math.pow((double) t, power);
    }

    @Override
    public String toString() {
      return "inverse-scaling(" + power + ")";
    }
  }

  /** η₀ · decay^((t−1)/m): multiplied by {@code decay} over each epoch. */
  record Exponential(double decay) implements Schedule {
    public static final double DEFAULT_DECAY = 0.95;

    public Exponential {
      requirePositive("decay of exponential", decay);
    }

    @Override
    public double factor(long t, int stepsPerEpoch, long epochs) {
      return Math.pow(decay, (t - 1) / (double) stepsPerEpoch);
    }

    @Override
    public String toString() {
      return "exponential(" + decay + ")";
    }
  }

  /** η₀ · ½(1 + cos(π (t−1)/(m·epochs))) (Loshchilov and Hutter 2017, without restarts). */
  record Cosine() implements Schedule {
    @Override
    public double factor(long t, int stepsPerEpoch, long epochs) {
      return (1 + Math.cos(Math.PI * (t - 1) / ((double) stepsPerEpoch * epochs))) / 2;
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }
}
