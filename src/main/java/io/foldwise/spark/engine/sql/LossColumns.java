package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Softmax;
import io.foldwise.learn.loss.Squared;
import org.apache.spark.sql.Column;

/**
 * The losses of {@code learn} once more, as SQL columns of built-in functions, none of which
 * branches, so that NaN stays NaN.
 *
 * @param prediction ŷ
 * @param label y
 */
record LossColumns(Column prediction, Column label)
    implements Loss.Visitor<LossColumns.ValueAndDerivative> {

  /**
   * The columns of a loss.
   *
   * @param value ℓ(ŷ, y)
   * @param derivative ∂ℓ/∂ŷ; at a kink the subgradient that the loss names
   */
  record ValueAndDerivative(Column value, Column derivative) {}

  /** ℓ(ŷ, y). */
  static Column value(Loss loss, Column prediction, Column label) {
    return loss.accept(new LossColumns(prediction, label)).value;
  }

  /** ∂ℓ/∂ŷ; at a kink the subgradient that the loss names. */
  static Column derivative(Loss loss, Column prediction, Column label) {
    return loss.accept(new LossColumns(prediction, label)).derivative;
  }

  private Column error() {
    return prediction.minus(label);
  }

  /** The sign 2y − 1, −1 for label 0 and 1 for label 1. */
  private Column sign() {
    return label.multiply(lit(2.0)).minus(lit(1.0));
  }

  private Column margin() {
    return sign().multiply(prediction);
  }

  @Override
  public ValueAndDerivative squared(Squared loss) {
    return new ValueAndDerivative(error().multiply(error()), error().multiply(lit(2.0)));
  }

  @Override
  public ValueAndDerivative absolute(Absolute loss) {
    return new ValueAndDerivative(abs(error()), signum(error()));
  }

  @Override
  public ValueAndDerivative huber(Huber loss) {
    Column size = abs(error());
    Column near = least(size, lit(loss.delta()));
    return new ValueAndDerivative(
        near.multiply(size.minus(near.divide(lit(2.0)))),
        greatest(lit(-loss.delta()), least(lit(loss.delta()), error())));
  }

  @Override
  public ValueAndDerivative quantile(Quantile loss) {
    Column tilt = lit(0.5 - loss.tau());
    Column side = signum(error());
    return new ValueAndDerivative(
        abs(error()).divide(lit(2.0)).plus(error().multiply(tilt)),
        side.divide(lit(2.0)).plus(abs(side).multiply(tilt)));
  }

  @Override
  public ValueAndDerivative logistic(Logistic loss) {
    Column value =
        greatest(lit(0.0), margin().unary_$minus()).plus(log1p(exp(abs(margin()).unary_$minus())));
    return new ValueAndDerivative(
        value, sign().divide(lit(1.0).plus(exp(margin()))).unary_$minus());
  }

  /**
   * Not offered: the planner keeps losses of several functions off this engine.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public ValueAndDerivative softmax(Softmax loss) {
    throw new UnsupportedOperationException("softmax takes a prediction of each class");
  }

  @Override
  public ValueAndDerivative hinge(Hinge loss) {
    Column inside = greatest(lit(0.0), signum(lit(1.0).minus(margin())));
    return new ValueAndDerivative(
        greatest(lit(0.0), lit(1.0).minus(margin())), sign().multiply(inside).unary_$minus());
  }
}
