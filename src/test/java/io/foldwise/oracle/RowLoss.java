package io.foldwise.oracle;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.loss.Tweedie;

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
    } else if (loss instanceof SquaredHinge) {
      double under = y == 1 ? 1 - z : 1 + z;
      return under > 0 ? under * under : 0;
    } else if (loss instanceof EpsilonInsensitive tube) {
      return error > tube.epsilon()
          ? error - tube.epsilon()
          : error < -tube.epsilon() ? -error - tube.epsilon() : 0;
    } else if (loss instanceof Poisson) {
      return 2 * ((y > 0 ? y * Math.log(y) : 0) - y * z - y + Math.exp(z));
    } else if (loss instanceof Gamma) {
      return 2 * (z - Math.log(y) + y * Math.exp(-z) - 1);
    } else if (loss instanceof Tweedie tweedie) {
      double p = tweedie.power();
      double mean = Math.exp(z);
      return 2
          * (Math.pow(y, 2 - p) / ((1 - p) * (2 - p))
              - y * Math.pow(mean, 1 - p) / (1 - p)
              + Math.pow(mean, 2 - p) / (2 - p));
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
    } else if (loss instanceof SquaredHinge) {
      return y == 1 ? (z < 1 ? 2 * z - 2 : 0) : z > -1 ? 2 * z + 2 : 0;
    } else if (loss instanceof EpsilonInsensitive tube) {
      double rounding = 1e-12 * (Math.abs(y) + tube.epsilon());
      return Math.abs(error) <= tube.epsilon() + rounding ? 0 : error > 0 ? 1 : -1;
    } else if (loss instanceof Poisson) {
      return 2 * Math.exp(z) - 2 * y;
    } else if (loss instanceof Gamma) {
      return 2 - 2 * y / Math.exp(z);
    } else if (loss instanceof Tweedie tweedie) {
      double mean = Math.exp(z);
      return 2 * (mean - y) / Math.pow(mean, tweedie.power() - 1);
    }
    return 2 * error;
  }

  /**
   * Half the largest second derivative; NaN of the losses with kinks. Of a log link its mean over
   * rows with the mean label as their prediction, 1 where all labels are 0.
   */
  static double halfCurvature(Loss loss, double meanLabel) {
    if (loss instanceof Squared || loss instanceof SquaredHinge || loss instanceof Gamma) {
      return 1;
    } else if (loss instanceof Poisson) {
      return meanLabel > 0 ? meanLabel : 1;
    } else if (loss instanceof Tweedie tweedie) {
      return meanLabel > 0 ? Math.pow(meanLabel, 2 - tweedie.power()) : 1;
    } else if (loss instanceof Huber) {
      return 0.5;
    }
    return loss instanceof Logistic ? 0.125 : Double.NaN;
  }
}
