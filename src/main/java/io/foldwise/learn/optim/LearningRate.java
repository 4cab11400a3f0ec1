package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requirePositive;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.math.ColumnSums;
import java.io.Serializable;
import java.util.function.DoubleSupplier;

/** η₀: a number as given, or chosen from the data and the optimiser. */
public sealed interface LearningRate extends Serializable {
  /**
   * η₀ as a number.
   *
   * @param schedule the schedule by which the rate changes
   * @param training what the choice looks at
   */
  double resolve(Optimizer.Stepping optimizer, double l2, Schedule schedule, Training training);

  /**
   * The training set, as far as a rate depends on it.
   *
   * @param minibatches the number of minibatches in an epoch
   * @param curvature the largest eigenvalue of the mean of x xᵀ over the minibatches; asked only
   *     where it matters
   */
  record Training(Loss loss, int minibatches, Spread spread, DoubleSupplier curvature) {
    /** λmax, the bound on half the mean Hessian. */
    double largest() {
      return loss.curvature() * curvature.getAsDouble();
    }
  }

  /**
   * How far labels and rows reach.
   *
   * @param label the label's standard deviation
   * @param positives the share of labels that are 1, where they are binary
   * @param weights the number of weights of a function, p, the intercept included
   * @param meanSquare mean of ‖x‖² over the rows, the intercept's 1 included; p where standardised
   */
  record Spread(double label, double positives, int weights, double meanSquare) {
    /** The spread of training rows in the coordinates of a candidate. */
    public static Spread of(ColumnSums training, Coordinates coordinates) {
      double variance = training.deviation(training.label()) / training.weight();
      return new Spread(
          Math.sqrt(variance),
          training.mean(training.label()),
          coordinates.weights() / coordinates.functions(),
          coordinates.meanSquare(training));
    }
  }

  /**
   * A rate chosen so that a hundred epochs of a cosine schedule arrive; {@code submit/benchmark
   * defaults} shows how near. With s the label's spread (2 where labels are classes: −1 and +1 lie
   * 2 apart):
   *
   * <ul>
   *   <li>a smooth loss, by sgd, momentum and nesterov: half the stability bound 1/(λmax + l2) of
   *       gradient descent. Where minibatches differ, momentum μ sums up 1/(1 − μ) of their steps,
   *       and the rate is 2(1 − μ) of that. The logistic loss's second derivative reaches its bound
   *       ¼ at p = ½ alone: under cosine, λmax/4 takes the place of λmax.
   *   <li>a kinked loss, by the same: (1 − μ)/(1/r + 2·l2) with r = s·√p/(G·mean ‖x‖²), where G is
   *       the deviation of the loss's slope at the best constant: steps of the size of the label's
   *       spread.
   *   <li>the Huber loss, which is smooth near and δ times the absolute loss afar: the larger of
   *       both, with G = δ.
   *   <li>the adaptive optimisers, whose steps have the size of the rate whatever the gradient: 3s
   *       of adagrad, whose rate falls by itself, and 0.3s of rmsprop and adam, over √(mean ‖x‖²).
   * </ul>
   *
   * @param labelSpread s of labels that are not binary, robust against outliers; NaN stands for the
   *     standard deviation over the training rows
   */
  record Auto(double labelSpread) implements LearningRate {
    private static final double OF_BOUND = 0.5;
    private static final double BINARY = 2;
    private static final double LOGISTIC = 0.25;

    /** A rate that follows the standard deviation of the labels trained on. */
    public Auto() {
      this(Double.NaN);
    }

    @Override
    public double resolve(
        Optimizer.Stepping optimizer, double l2, Schedule schedule, Training training) {
      Spread spread = training.spread;
      double reach = Math.max(Double.MIN_NORMAL, spread.meanSquare);
      if (!Double.isNaN(optimizer.travel())) {
        return optimizer.travel() * label(training) / Math.sqrt(reach);
      }
      double bySpread = bySpread(optimizer, l2, training);
      return Double.isNaN(training.loss.curvature())
          ? bySpread
          : Math.max(bySpread, byCurvature(optimizer, l2, schedule, training));
    }

    /** The rate by the label's spread, of a loss with a slope deviation; 0 of the others. */
    private double bySpread(Optimizer.Stepping optimizer, double l2, Training training) {
      Spread spread = training.spread;
      double slope = training.loss.slopeDeviation(spread.positives);
      if (Double.isNaN(slope)) {
        return 0;
      }
      double reach = Math.max(Double.MIN_NORMAL, spread.meanSquare);
      double step = label(training) * Math.sqrt(spread.weights) / ((slope > 0 ? slope : 1) * reach);
      return (1 - optimizer.memory()) / (1 / step + 2 * l2);
    }

    private static double byCurvature(
        Optimizer.Stepping optimizer, double l2, Schedule schedule, Training training) {
      boolean several = training.minibatches > 1;
      boolean relaxed =
          training.loss instanceof Logistic
              && schedule instanceof Schedule.Cosine
              && (several || optimizer.memory() == 0);
      double bound = (relaxed ? LOGISTIC : 1) * training.largest() + l2;
      double share = several ? Math.min(1, 2 * (1 - optimizer.memory())) : 1;
      return OF_BOUND * share / (bound > 0 ? bound : 1);
    }

    private double label(Training training) {
      if (training.loss.isOfClasses()) {
        return BINARY;
      }
      double spread = Double.isNaN(labelSpread) ? training.spread.label : labelSpread;
      return spread > 0 ? spread : 1;
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /** A rate as it was given. */
  record Fixed(double value) implements LearningRate {
    public Fixed {
      requirePositive("learning-rate", value);
    }

    @Override
    public double resolve(
        Optimizer.Stepping optimizer, double l2, Schedule schedule, Training training) {
      return value;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }
}
