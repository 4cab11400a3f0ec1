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
    /** λmax, the bound on half the mean Hessian; of a log link the Hessian at the best constant. */
    double largest() {
      return loss.curvatureAt(spread.meanLabel) * curvature.getAsDouble();
    }
  }

  /**
   * How far labels and rows reach.
   *
   * @param label the label's standard deviation
   * @param meanLabel the label's mean, of binary labels the share that are 1; about the shift where
   *     labels may be shifted
   * @param weights the number of weights of a function, p, the intercept included
   * @param meanSquare mean of ‖x‖² over the rows, the intercept's 1 included; p where standardised
   */
  record Spread(double label, double meanLabel, int weights, double meanSquare) {
    /** The deviation of ln y of lognormal labels with this mean and deviation. */
    double logDeviation() {
      double variation = label / meanLabel;
      return variation > 0 && Double.isFinite(variation)
          ? Math.sqrt(Math.log1p(variation * variation))
          : 1;
    }

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
   * 2 apart; with a log link that of ln y):
   *
   * <ul>
   *   <li>a smooth loss, by sgd, momentum and nesterov: half the stability bound 1/(λmax + l2) of
   *       gradient descent. Where minibatches differ, momentum μ sums up 1/(1 − μ) of their steps,
   *       and the rate is 2(1 − μ) of that. The logistic loss's second derivative reaches its bound
   *       ¼ at p = ½ alone: under cosine, λmax/4 takes the place of λmax.
   *   <li>a log link, by the same: of the curvature at the best constant, whose largest eigenvalue
   *       grows to 1 + s² times that, where features are normal, when exp(z) comes to weigh rows
   *       with a deviation s of z; s² = ln(1 + v/ȳ²) of labels of mean ȳ and variance v, as of
   *       lognormal ones, is no less than that. The rate is 2(1 − μ) of it for the full batch too,
   *       since what overshoots is steeper there.
   *   <li>a kinked loss, by the same: (1 − μ)/(1/r + 2·l2) with r = s·√p/(G·mean ‖x‖²), where G is
   *       the deviation of the loss's slope at the best constant: steps of the size of the label's
   *       spread.
   *   <li>the Huber loss, which is smooth near and δ times the absolute loss afar: the larger of
   *       both, with G = δ.
   *   <li>the adaptive optimisers, whose steps have the size of the rate whatever the gradient: 3s
   *       of adagrad, whose rate falls by itself, and 0.3s of rmsprop and adam, over √(mean ‖x‖²);
   *       with a log link a third of these, since what overshoots there is costly.
   * </ul>
   *
   * @param labelSpread s of labels that are not binary, robust against outliers; NaN stands for the
   *     standard deviation over the training rows
   * @param share the share of the rate that is taken, 1 unless it proved too large
   */
  record Auto(double labelSpread, double share) implements LearningRate {
    private static final double OF_BOUND = 0.5;
    private static final double BINARY = 2;
    private static final double LOGISTIC = 0.25;

    /** The share of a deviation of ln y that steps may have, where exp(z) overshoots. */
    private static final double OF_LOG = 1.0 / 3;

    /** A rate that follows the standard deviation of the labels trained on. */
    public Auto() {
      this(Double.NaN);
    }

    /** A rate that follows a deviation of the labels. */
    public Auto(double labelSpread) {
      this(labelSpread, 1);
    }

    /** A share of this rate. */
    public Auto times(double factor) {
      return new Auto(labelSpread, factor * share);
    }

    @Override
    public double resolve(
        Optimizer.Stepping optimizer, double l2, Schedule schedule, Training training) {
      return share * whole(optimizer, l2, schedule, training);
    }

    private double whole(
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
      double slope = training.loss.slopeDeviation(spread.meanLabel);
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
      boolean steepening = training.loss.isLogLink();
      double factor =
          relaxed ? LOGISTIC : steepening ? 1 + Math.pow(training.spread.logDeviation(), 2) : 1;
      double bound = factor * training.largest() + l2;
      double share = several || steepening ? Math.min(1, 2 * (1 - optimizer.memory())) : 1;
      return OF_BOUND * share / (bound > 0 ? bound : 1);
    }

    private double label(Training training) {
      if (training.loss.isOfClasses()) {
        return BINARY;
      }
      if (training.loss.isLogLink()) {
        return training.spread.logDeviation() * OF_LOG;
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
