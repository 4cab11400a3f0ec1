package io.foldwise.spark.engine;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.foldwise.learn.Loss;
import org.apache.spark.sql.Column;

/**
 * The losses of {@code learn} once more, as SQL columns of built-in functions: none branches, so
 * that NaN stays NaN.
 */
final class LossColumns {
  private LossColumns() {}

  /** ℓ(ŷ, y). */
  static Column value(Loss loss, Column prediction, Column label) {
    Column error = prediction.minus(label);
    if (loss instanceof Loss.Squared) {
      return error.multiply(error);
    }
    if (loss instanceof Loss.Absolute) {
      return abs(error);
    }
    if (loss instanceof Loss.Huber huber) {
      Column near = least(abs(error), lit(huber.delta()));
      return near.multiply(abs(error).minus(near.divide(lit(2.0))));
    }
    if (loss instanceof Loss.Quantile quantile) {
      return abs(error).divide(lit(2.0)).plus(error.multiply(lit(0.5 - quantile.tau())));
    }
    Column margin = sign(label).multiply(prediction);
    if (loss instanceof Loss.Hinge) {
      return greatest(lit(0.0), lit(1.0).minus(margin));
    }
    if (loss instanceof Loss.Logistic) {
      return greatest(lit(0.0), margin.unary_$minus()).plus(log1p(exp(abs(margin).unary_$minus())));
    }
    throw unknown(loss);
  }

  /** ∂ℓ/∂ŷ; at a kink the subgradient that the loss names. */
  static Column derivative(Loss loss, Column prediction, Column label) {
    Column error = prediction.minus(label);
    if (loss instanceof Loss.Squared) {
      return error.multiply(lit(2.0));
    }
    if (loss instanceof Loss.Absolute) {
      return signum(error);
    }
    if (loss instanceof Loss.Huber huber) {
      return greatest(lit(-huber.delta()), least(lit(huber.delta()), error));
    }
    if (loss instanceof Loss.Quantile quantile) {
      Column side = signum(error);
      return side.divide(lit(2.0)).plus(abs(side).multiply(lit(0.5 - quantile.tau())));
    }
    Column sign = sign(label);
    Column margin = sign.multiply(prediction);
    if (loss instanceof Loss.Hinge) {
      return sign.multiply(greatest(lit(0.0), signum(lit(1.0).minus(margin)))).unary_$minus();
    }
    if (loss instanceof Loss.Logistic) {
      return sign.divide(lit(1.0).plus(exp(margin))).unary_$minus();
    }
    throw unknown(loss);
  }

  private static IllegalArgumentException unknown(Loss loss) {
    return new IllegalArgumentException(loss.label() + " loss has no columns");
  }

  /** ∓1 for 0 and 1. */
  private static Column sign(Column label) {
    return label.multiply(lit(2.0)).minus(lit(1.0));
  }
}
