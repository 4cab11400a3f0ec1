package io.foldwise.learn;

import java.io.Serializable;
import java.util.List;

/**
 * What a prediction costs: ℓ(ŷ, y) of one row. The objective of training is its mean over a batch
 * plus the {@link Penalty}.
 *
 * <p>Losses of binary labels take y ∈ {0, 1} and ŷ as decision value: positive predicts 1.
 */
public sealed interface Loss extends Serializable
    permits Loss.Squared, Loss.Absolute, Loss.Huber, Loss.Quantile, Loss.Logistic, Loss.Hinge {
  /** A loss of every kind, δ and τ at their defaults. */
  static List<Loss> kinds() {
    return List.of(
        new Squared(),
        new Absolute(),
        new Huber(Huber.DEFAULT_DELTA),
        new Quantile(Quantile.DEFAULT_TAU),
        new Logistic(),
        new Hinge());
  }

  /** The name on the command line. */
  String label();

  /** ℓ(ŷ, y). */
  double value(double prediction, double label);

  /** ∂ℓ/∂ŷ; at a kink the subgradient that each loss names. */
  double derivative(double prediction, double label);

  /** The metric that a run is judged by where none is named: the mean loss itself. */
  Metric metric();

  /**
   * Half the least upper bound of ∂²ℓ/∂ŷ², by which the mean of x xᵀ bounds half the Hessian; NaN
   * where kinks have none.
   */
  double curvature();

  /**
   * About the deviation of the slope ∂ℓ/∂ŷ over the rows at the best constant, where it is bounded
   * whatever the label; NaN of other losses.
   *
   * @param positives the share of labels that are 1, where they are binary
   */
  default double slopeDeviation(double positives) {
    return Double.NaN;
  }

  /** The block form of losses of this kind. */
  BlockLoss block();

  /**
   * The loss at a prediction, with its kinks rounded off.
   *
   * @param width γ > 0 that they are rounded off over, in units of the prediction; a loss without
   *     any does not look at it
   */
  void smoothInto(double prediction, double label, double width, Smoothed point);

  /**
   * The width γ that a search for the optimum begins with, of the size of the errors; 0 where the
   * loss has no kinks and its derivative no corners.
   *
   * @param mean the mean loss that it begins at
   */
  default double firstWidth(double mean) {
    return 0;
  }

  /**
   * The number that tells losses of this kind apart, δ or τ; ½ for the absolute loss, which is
   * twice that of τ = ½; 0 where there is none.
   */
  default double parameter() {
    return 0;
  }

  /** The loss of this kind with δ or τ, where it has one. */
  default Loss with(double delta, double tau) {
    return this;
  }

  /** Whether labels must be 0 or 1. */
  default boolean isBinary() {
    return false;
  }

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

    @Override
    public double curvature() {
      return 1;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      double error = prediction - label;
      point.exact(error * error, 2 * error, 2);
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Squared();
    }
  }

  /** |ŷ − y|: derivative sign(ŷ − y), 0 where they are equal. */
  record Absolute() implements Loss {
    @Override
    public String label() {
      return "absolute";
    }

    @Override
    public double value(double prediction, double label) {
      return Math.abs(prediction - label);
    }

    @Override
    public double derivative(double prediction, double label) {
      return Math.signum(prediction - label);
    }

    @Override
    public Metric metric() {
      return Metric.MAE;
    }

    @Override
    public double curvature() {
      return Double.NaN;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      double error = prediction - label;
      point.plus(error, width);
      point.tilt(-0.5, error);
      point.scale(2);
    }

    @Override
    public double firstWidth(double mean) {
      return mean;
    }

    @Override
    public double slopeDeviation(double positives) {
      return 1;
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Quantile(2);
    }

    @Override
    public double parameter() {
      return 0.5;
    }
  }

  /**
   * With e = ŷ − y: ½e² for |e| ≤ δ, else δ(|e| − δ/2) (Huber 1964). Derivative e, kept within ±δ.
   *
   * @param delta δ > 0, in the label's units
   */
  record Huber(double delta) implements Loss {
    public static final double DEFAULT_DELTA = 1;

    /** By which a mean of normal errors loses 5 % of its efficiency (Huber 1981). */
    private static final double OF_DEVIATION = 1.345;

    /** The automatic δ of labels of a robust deviation; 1 where that is not known. */
    public static double delta(double labelSpread) {
      return Double.isNaN(labelSpread) ? DEFAULT_DELTA : OF_DEVIATION * labelSpread;
    }

    public Huber {
      Checks.requirePositive("delta", delta);
    }

    @Override
    public String label() {
      return "huber";
    }

    @Override
    public double value(double prediction, double label) {
      double error = Math.abs(prediction - label);
      return error <= delta ? error * error / 2 : delta * (error - delta / 2);
    }

    @Override
    public double derivative(double prediction, double label) {
      return Math.max(-delta, Math.min(delta, prediction - label));
    }

    @Override
    public Metric metric() {
      return Metric.HUBER;
    }

    @Override
    public double curvature() {
      return 0.5;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      point.huber(prediction - label, delta, width, value(prediction, label));
    }

    @Override
    public double firstWidth(double mean) {
      return mean / delta + Math.min(delta, Math.sqrt(2 * mean));
    }

    @Override
    public double slopeDeviation(double positives) {
      return delta;
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Huber();
    }

    @Override
    public double parameter() {
      return delta;
    }

    @Override
    public Loss with(double otherDelta, double tau) {
      return new Huber(otherDelta);
    }
  }

  /**
   * The pinball loss, of which the τ-quantile is the best constant (Koenker and Bassett 1978): τ(y
   * − ŷ) where y > ŷ, else (1 − τ)(ŷ − y). Derivative −τ, 1 − τ, and 0 where they are equal.
   *
   * @param tau τ in (0, 1)
   */
  record Quantile(double tau) implements Loss {
    public static final double DEFAULT_TAU = 0.5;

    public Quantile {
      Checks.requireInside("tau", tau);
    }

    @Override
    public String label() {
      return "quantile";
    }

    @Override
    public double value(double prediction, double label) {
      double error = prediction - label;
      return error < 0 ? -tau * error : (1 - tau) * error;
    }

    @Override
    public double derivative(double prediction, double label) {
      double error = prediction - label;
      return error < 0 ? -tau : error > 0 ? 1 - tau : 0 * error;
    }

    @Override
    public Metric metric() {
      return Metric.PINBALL;
    }

    @Override
    public double curvature() {
      return Double.NaN;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      double error = prediction - label;
      point.plus(error, width);
      point.tilt(-tau, error);
    }

    @Override
    public double firstWidth(double mean) {
      return mean;
    }

    @Override
    public double slopeDeviation(double positives) {
      return Math.sqrt(tau * (1 - tau));
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Quantile(1);
    }

    @Override
    public double parameter() {
      return tau;
    }

    @Override
    public Loss with(double delta, double otherTau) {
      return new Quantile(otherTau);
    }
  }

  /** With s = 2y − 1: log(1 + exp(−sŷ)). Derivative −s/(1 + exp(sŷ)). */
  record Logistic() implements Loss {
    @Override
    public String label() {
      return "logistic";
    }

    @Override
    public double value(double prediction, double label) {
      double margin = (2 * label - 1) * prediction;
      return Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    @Override
    public double derivative(double prediction, double label) {
      double sign = 2 * label - 1;
      return -sign / (1 + Math.exp(sign * prediction));
    }

    @Override
    public Metric metric() {
      return Metric.LOG_LOSS;
    }

    @Override
    public double curvature() {
      return 0.125;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      double slope = derivative(prediction, label);
      double share = Math.abs(slope);
      point.exact(value(prediction, label), slope, share * (1 - share));
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Logistic();
    }

    @Override
    public boolean isBinary() {
      return true;
    }
  }

  /** With s = 2y − 1: max(0, 1 − sŷ). Derivative −s where sŷ < 1, else 0, also at sŷ = 1. */
  record Hinge() implements Loss {
    @Override
    public String label() {
      return "hinge";
    }

    @Override
    public double value(double prediction, double label) {
      return Math.max(0, 1 - (2 * label - 1) * prediction);
    }

    @Override
    public double derivative(double prediction, double label) {
      double sign = 2 * label - 1;
      double margin = sign * prediction;
      return margin < 1 ? -sign : 0 * margin;
    }

    @Override
    public Metric metric() {
      return Metric.HINGE;
    }

    @Override
    public double curvature() {
      return Double.NaN;
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      double sign = 2 * label - 1;
      point.plus(1 - sign * prediction, width);
      point.slope *= -sign;
    }

    @Override
    public double firstWidth(double mean) {
      return mean;
    }

    @Override
    public double slopeDeviation(double positives) {
      return Math.sqrt(positives * (1 - positives));
    }

    @Override
    public BlockLoss block() {
      return new BlockLoss.Hinge();
    }

    @Override
    public boolean isBinary() {
      return true;
    }
  }
}
