package io.foldwise.learn;

/**
 * What a prediction costs: ℓ(ŷ, y) of one row. The objective of training is its mean over a batch
 * plus the {@link Penalty}.
 */
public sealed interface Loss {
  /** The name on the command line. */
  String label();

  /** ℓ(ŷ, y). */
  double value(double prediction, double label);

  /** ∂ℓ/∂ŷ. */
  double derivative(double prediction, double label);

  /** The metric that a run is judged by where none is named: the mean loss itself. */
  Metric metric();

  /** (ŷ − y)², without ½: derivative 2(ŷ − y). */
  record Squared() implements Loss {
    @Override
    public String label() {
      return "squared";
    }

    @Override
    public double value(double prediction, double label) {
      return (prediction - label) * (prediction - label);
    }

    @Override
    public double derivative(double prediction, double label) {
      return 2 * (prediction - label);
    }

    @Override
    public Metric metric() {
      return Metric.MSE;
    }
  }
}
