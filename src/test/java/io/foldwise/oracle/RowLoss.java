package io.foldwise.oracle;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;

/** Every loss of one row and its slope, written out case by case; at kinks the slope is 0. */
final class RowLoss {
  private RowLoss() {}

  static double value(Loss loss, double z, double y) {
    double error = z - y;
    if (loss instanceof Absolute) {
      return error < 0 ? -error : error;
    } else if (loss instanceof Huber huber) {
      double delta = huber.delta();
      return error < -delta
          ? -delta * error - 0.5 * delta * delta
          : error > delta ? delta * error - 0.5 * delta * delta : 0.5 * error * error;
    } else if (loss instanceof Quantile quantile) {
      return error < 0 ? quantile.tau() * -error : (1 - quantile.tau()) * error;
    } else if (loss instanceof Logistic) {
      return y == 1 ? softplus(-z) : softplus(z);
    } else if (loss instanceof Hinge) {
      return y == 1 ? Math.max(0, 1 - z) : Math.max(0, 1 + z);
    }
    return error * error;
  }

  /** log(1 + eᵘ). */
  private static double softplus(double u) {
    return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
  }

  static double slope(Loss loss, double z, double y) {
    double error = z - y;
    if (loss instanceof Absolute) {
      return error < 0 ? -1 : error > 0 ? 1 : 0;
    } else if (loss instanceof Huber huber) {
      double delta = huber.delta();
      return error < -delta ? -delta : error > delta ? delta : error;
    } else if (loss instanceof Quantile quantile) {
      return error < 0 ? -quantile.tau() : error > 0 ? 1 - quantile.tau() : 0;
    } else if (loss instanceof Logistic) {
      return 1 / (1 + Math.exp(-z)) - y;
    } else if (loss instanceof Hinge) {
      return y == 1 ? (z < 1 ? -1 : 0) : z > -1 ? 1 : 0;
    }
    return 2 * error;
  }

  /** Half the largest second derivative; NaN of the losses with kinks. */
  static double halfCurvature(Loss loss) {
    if (loss instanceof Squared) {
      return 1;
    } else if (loss instanceof Huber) {
      return 0.5;
    }
    return loss instanceof Logistic ? 0.125 : Double.NaN;
  }
}
