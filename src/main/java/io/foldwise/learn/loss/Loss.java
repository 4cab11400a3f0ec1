package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What a prediction costs: ℓ(ŷ, y) of one row. The objective of training is its mean over a batch
 * plus the penalties.
 *
 * <p>Losses of binary labels take y ∈ {0, 1} and ŷ as decision value: positive predicts 1. Losses
 * of K classes take y ∈ {0 … K − 1} and K values ŷ, one for each class: the largest predicts. Those
 * of a log link ({@link LogLink}) take ŷ as the logarithm of the mean that is predicted.
 *
 * <p>A kind of loss is one class, which owns everything that the loss is: its name, parameter,
 * value, slope, loops over blocks, best constant. It is registered in {@link #kinds} and in {@link
 * Visitor}.
 */
public sealed interface Loss extends Serializable
    permits Squared,
        Absolute,
        Huber,
        Quantile,
        EpsilonInsensitive,
        LogLink,
        BinaryLoss,
        MulticlassLoss,
        OneVsRest.Single {
  /**
   * One loss of every kind, its parameter at the default, in the order in which people read them.
   */
  static List<Loss> kinds() {
    return List.of(
        squared(),
        absolute(),
        huber(),
        quantile(Quantile.DEFAULT_TAU),
        epsilonInsensitive(EpsilonInsensitive.DEFAULT_EPSILON),
        poisson(),
        gamma(),
        tweedie(Tweedie.DEFAULT_POWER),
        logistic(),
        hinge(),
        squaredHinge(),
        softmax(),
        oneVsRest(new Hinge()),
        oneVsRest(new SquaredHinge()));
  }

  /** The kind of loss of a name, its parameter at the default, if there is one. */
  static Optional<Loss> kind(String label) {
    return kinds().stream().filter(kind -> kind.label().equals(label)).findFirst();
  }

  /** A function of the kind of loss; the compiler asks for every kind. */
  interface Visitor<R> {
    R squared(Squared loss);

    R absolute(Absolute loss);

    R huber(Huber loss);

    R quantile(Quantile loss);

    R epsilonInsensitive(EpsilonInsensitive loss);

    R poisson(Poisson loss);

    R gamma(Gamma loss);

    R tweedie(Tweedie loss);

    R logistic(Logistic loss);

    R hinge(Hinge loss);

    R squaredHinge(SquaredHinge loss);

    R softmax(Softmax loss);

    R oneVsRest(OneVsRest loss);
  }

  /** See {@link Squared}. */
  static Loss squared() {
    return new Squared();
  }

  /** See {@link Absolute}. */
  static Loss absolute() {
    return new Absolute();
  }

  /** See {@link Huber}; δ is 1. */
  static Loss huber() {
    return huber(Huber.DEFAULT_DELTA);
  }

  /** See {@link Huber}. */
  static Loss huber(double delta) {
    return new Huber(delta);
  }

  /** See {@link Quantile}. */
  static Loss quantile(double tau) {
    return new Quantile(tau);
  }

  /** See {@link EpsilonInsensitive}. */
  static Loss epsilonInsensitive(double epsilon) {
    return new EpsilonInsensitive(epsilon);
  }

  /** See {@link Poisson}. */
  static Loss poisson() {
    return new Poisson();
  }

  /** See {@link Gamma}. */
  static Loss gamma() {
    return new Gamma();
  }

  /** See {@link Tweedie}. */
  static Loss tweedie(double power) {
    return new Tweedie(power);
  }

  /** See {@link Logistic}. */
  static Loss logistic() {
    return new Logistic();
  }

  /** See {@link Hinge}. */
  static Loss hinge() {
    return new Hinge();
  }

  /** See {@link SquaredHinge}. */
  static Loss squaredHinge() {
    return new SquaredHinge();
  }

  /** See {@link Softmax}; the data say of how many classes. */
  static Loss softmax() {
    return new Softmax();
  }

  /** See {@link OneVsRest}; the data say of how many classes. */
  static Loss oneVsRest(BinaryLoss each) {
    return new OneVsRest(each);
  }

  /** The name on the command line. */
  String label();

  /** The name of the mean loss as a metric. */
  String metric();

  /** ℓ(ŷ, y). */
  double value(double prediction, double label);

  /** ∂ℓ/∂ŷ; at a kink the subgradient that each loss names. */
  double derivative(double prediction, double label);

  /**
   * ℓ(ŷ, y) in place of ŷ, for n rows × m trials whose losses are of this kind. NaN stays NaN.
   *
   * @param z predictions, row-major, n × m·K: the m trials of one row share its label and lie side
   *     by side, the K {@link #functions} of each together; overwritten by losses, n × m
   * @param block labels, size, and the loss of each trial
   */
  default void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = block.loss(c).value(z[at], y);
      }
    }
  }

  /** ∂ℓ/∂ŷ in place of ŷ, n × m·K, for rows and trials as in {@link #values}. */
  default void derivatives(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = block.loss(c).derivative(z[at], y);
      }
    }
  }

  /**
   * Half the least upper bound of ∂²ℓ/∂ŷ², by which the mean of x xᵀ bounds half the Hessian; NaN
   * where kinks have none, infinite where there is no bound.
   */
  double curvature();

  /**
   * Half of ∂²ℓ/∂ŷ² as descent meets it: {@link #curvature}, or where that is infinite, the mean
   * over the rows at the best constant.
   *
   * @param meanLabel the mean of the labels trained on
   */
  default double curvatureAt(double meanLabel) {
    return curvature();
  }

  /**
   * About the mean loss of predictions that are so far from their labels.
   *
   * @param error ≥ 0, in the label's units
   * @param meanLabel the mean of the labels
   */
  default double ofError(double error, double meanLabel) {
    return value(error, 0);
  }

  /**
   * The approximate deviation of the slope ∂ℓ/∂ŷ over the rows at the best constant, of a loss with
   * straight pieces; NaN of the others.
   *
   * @param positives the share of labels that are 1, where they are binary
   */
  default double slopeDeviation(double positives) {
    return Double.NaN;
  }

  /**
   * The loss at a prediction, with its kinks rounded off.
   *
   * @param width γ > 0, over which the kinks are rounded off, in units of the prediction; a loss
   *     without kinks ignores it
   */
  void smoothInto(double prediction, double label, double width, Smoothed point);

  /**
   * The width γ that a search for the optimum begins with, of the size of the errors; 0 where the
   * loss has no kinks and its derivative no corners.
   *
   * @param mean the mean loss that the search begins at
   */
  default double firstWidth(double mean) {
    return 0;
  }

  /**
   * The constant that minimises the mean loss, as sums of labels tell it; NaN where {@link
   * #isOfOrder}.
   *
   * @param labels sums of the training rows; binary labels are not shifted
   */
  double bestConstant(ColumnSums labels);

  /** Whether only labels in order tell which constant minimises the mean loss. */
  default boolean isOfOrder() {
    return false;
  }

  /**
   * The slope of Σ w ℓ(c, y) in the constant c, up to a positive factor that is the same for every
   * c. At a kink the search for the best constant needs the slope to its right: a loss whose {@link
   * #derivative} names another one overrides this.
   */
  default double slope(OrderedLabels labels, double c) {
    return labels.slope(this, c);
  }

  /**
   * Whether the best constant is the middle of all that are as good, where other losses take the
   * least of these.
   */
  default boolean isBestBetweenKinks() {
    return false;
  }

  /**
   * How far a constant that is as good as any may lie below the least or above the greatest label.
   */
  default double beyondLabels() {
    return 0;
  }

  /**
   * The size, relative to the weights, up to which a {@link #slope} is taken as zero, since
   * rounding would decide.
   *
   * @param range the greatest label less the least
   */
  default double zeroSlope(double range) {
    return 1e-12;
  }

  /** The name of the number that tells losses of this kind apart; empty where there is none. */
  default String parameterName() {
    return "";
  }

  /** The number that tells losses of this kind apart; 0 where there is none. */
  default double parameter() {
    return 0;
  }

  /** The loss of this kind with another parameter, where it has one. */
  default Loss with(double parameter) {
    return this;
  }

  /**
   * The loss of this kind whose parameter suits labels.
   *
   * @param labelSpread a robust deviation of the labels; NaN where it is not known
   */
  default Loss suited(double labelSpread) {
    return this;
  }

  /** The labels that it is defined for. */
  default LabelDomain labels() {
    return LabelDomain.NUMBERS;
  }

  /** Whether labels must be 0 or 1. */
  default boolean isBinary() {
    return labels() == LabelDomain.BINARY;
  }

  /** What labels are: numbers of any kind, or classes. */
  default TargetType target() {
    return switch (labels()) {
      case NUMBERS, NON_NEGATIVE, POSITIVE -> TargetType.CONTINUOUS;
      case BINARY -> TargetType.BINARY;
      case CLASSES -> TargetType.MULTICLASS;
    };
  }

  /** Whether labels are classes, two or more. */
  default boolean isOfClasses() {
    return target() != TargetType.CONTINUOUS;
  }

  /** Whether a label is one that the loss is of. */
  default boolean takes(double label) {
    return labels().has(label);
  }

  /** Whether it depends on the error ŷ − y alone, so that labels may be shifted. */
  default boolean isOfErrors() {
    return !isOfClasses();
  }

  /** Whether ŷ is the logarithm of the mean that is predicted. */
  default boolean isLogLink() {
    return false;
  }

  /** The number of functions that make a prediction: K of a loss of K classes, else 1. */
  default int functions() {
    return 1;
  }

  /** Whether a number that is added to all functions changes nothing: only differences count. */
  default boolean isOfDifferences() {
    return false;
  }

  /**
   * The losses that it is the sum of, each of a function that shares nothing with the others: a
   * search for the optimum falls apart into theirs.
   */
  default List<Loss> separately() {
    return List.of(this);
  }

  /** ℓ of classes where every prediction is 0. */
  default double withoutKnowledge() {
    return value(0, 1);
  }

  /** What is predicted in the label's units: ŷ itself, or exp(ŷ) with a log link. */
  default double response(double prediction) {
    return prediction;
  }

  /** Whether the prediction is the log-odds of class 1, from which its probability follows. */
  default boolean isLogOdds() {
    return false;
  }

  /** Whether the chance of each class follows from the predictions. */
  default boolean hasProbabilities() {
    return isLogOdds();
  }

  /** Whether it has neither kinks nor corners, which a search for its optimum would round off. */
  default boolean isSmooth() {
    return firstWidth(1) == 0;
  }

  /** Whether another loss is of this kind, whatever its parameter. */
  default boolean isKindOf(Loss other) {
    return other.getClass() == getClass();
  }

  /** Visits this kind. */
  <R> R accept(Visitor<R> visitor);
}
