package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.when;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.loss.OneVsRest;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Softmax;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.loss.Tweedie;
import org.apache.spark.sql.Column;

/**
 * The losses of {@code learn} once more, as SQL columns of built-in functions, none of which
 * branches on a prediction, so that NaN stays NaN.
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
  public ValueAndDerivative epsilonInsensitive(EpsilonInsensitive loss) {
    Column size = abs(error());
    Column corner =
        abs(label)
            .plus(lit(loss.epsilon()))
            .multiply(lit(EpsilonInsensitive.ROUNDING))
            .plus(lit(loss.epsilon()));
    return new ValueAndDerivative(
        greatest(lit(0.0), size.minus(lit(loss.epsilon()))),
        signum(error()).multiply(greatest(lit(0.0), signum(size.minus(corner)))));
  }

  /** A deviance by its terms for labels above 0 and for 0, of which there is no logarithm. */
  private Column deviance(Column above, Column ofZero) {
    return when(label.gt(lit(0.0)), above).otherwise(ofZero).multiply(lit(2.0));
  }

  /** u = ŷ − ln y. */
  private Column apart() {
    return prediction.minus(log(label));
  }

  @Override
  public ValueAndDerivative poisson(Poisson loss) {
    Column mean = exp(prediction);
    return new ValueAndDerivative(
        deviance(label.multiply(expm1(apart()).minus(apart())), mean),
        mean.minus(label).multiply(lit(2.0)));
  }

  @Override
  public ValueAndDerivative gamma(Gamma loss) {
    Column ratio = label.multiply(exp(prediction.unary_$minus()));
    return new ValueAndDerivative(
        // The logarithm of 0 is null, which a sum would leave out.
        when(label.gt(lit(0.0)), expm1(apart().unary_$minus()).plus(apart()).multiply(lit(2.0)))
            .otherwise(lit(Double.NaN)),
        lit(1.0).minus(ratio).multiply(lit(2.0)));
  }

  @Override
  public ValueAndDerivative tweedie(Tweedie loss) {
    Column more = lit(2 - loss.power());
    Column less = lit(1 - loss.power());
    Column mean = exp(prediction.multiply(more));
    Column terms =
        expm1(apart().multiply(more))
            .divide(more)
            .minus(expm1(apart().multiply(less)).divide(less));
    Column pulled =
        when(label.gt(lit(0.0)), label.multiply(exp(prediction.multiply(less))))
            .otherwise(lit(0.0));
    return new ValueAndDerivative(
        deviance(pow(label, more).multiply(terms), mean.divide(more)),
        mean.minus(pulled).multiply(lit(2.0)));
  }

  @Override
  public ValueAndDerivative squaredHinge(SquaredHinge loss) {
    Column missing = greatest(lit(0.0), lit(1.0).minus(margin()));
    return new ValueAndDerivative(
        missing.multiply(missing), sign().multiply(missing).multiply(lit(-2.0)));
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
    throw ofOne(loss);
  }

  /**
   * Not defined: a row has K predictions.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public ValueAndDerivative oneVsRest(OneVsRest loss) {
    throw ofOne(loss);
  }

  private static UnsupportedOperationException ofOne(MulticlassLoss loss) {
    return new UnsupportedOperationException(loss.label() + " takes a prediction of each class");
  }

  @Override
  public ValueAndDerivative hinge(Hinge loss) {
    Column inside = greatest(lit(0.0), signum(lit(1.0).minus(margin())));
    return new ValueAndDerivative(
        greatest(lit(0.0), lit(1.0).minus(margin())), sign().multiply(inside).unary_$minus());
  }
}
