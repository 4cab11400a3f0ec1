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
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Sum;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sums of metrics, each by its definition. */
public final class RowSums {
  private static final List<Sum> ERRORS =
      List.of(
          Sum.of(new Squared()),
          Sum.of(new Absolute()),
          Sum.of(new Huber(1)),
          Sum.of(new Quantile(0.5)),
          Sum.largestError(),
          Sum.of(new EpsilonInsensitive(0.1)));
  private static final List<Sum> DEVIANCES =
      List.of(Sum.of(new Poisson()), Sum.of(new Gamma()), Sum.of(new Tweedie(1.5)));
  private static final List<Sum> DECISIONS =
      List.of(
          Sum.of(new Logistic()),
          Sum.of(new Hinge()),
          Sum.truePositive(),
          Sum.trueNegative(),
          Sum.falsePositive(),
          Sum.falseNegative(),
          Sum.of(new SquaredHinge()));

  private RowSums() {}

  public static MetricSums of(double prediction, double label) {
    return of(new double[] {prediction}, new double[] {label});
  }

  public static MetricSums of(double[] predictions, double[] labels) {
    double[] weights = new double[labels.length];
    Arrays.fill(weights, 1);
    return of(new Squared(), predictions, labels, weights);
  }

  /**
   * Of weighted rows.
   *
   * @param loss whose parameter the metrics take, the defaults where it has none
   * @param predictions ŷ; with a log link errors are those of exp(ŷ)
   */
  public static MetricSums of(Loss loss, double[] predictions, double[] labels, double[] weights) {
    double weight = Arrays.stream(weights).sum();
    double mean = 0;
    for (int i = 0; i < labels.length; i++) {
      mean += weight > 0 ? weights[i] * labels[i] / weight : 0;
    }
    double deviation = 0;
    for (int i = 0; i < labels.length; i++) {
      deviation += weights[i] * (labels[i] - mean) * (labels[i] - mean);
    }
    double[] sums =
        loss.isBinary()
            ? decisions(predictions, labels, weights)
            : errors(loss, responses(loss, predictions), labels, weights);
    List<Sum> names = loss.isBinary() ? DECISIONS : ERRORS;
    Map<Sum, Double> taken = new HashMap<>();
    for (int k = 0; k < names.size(); k++) {
      taken.put(names.get(k), sums[k]);
    }
    if (loss.isLogLink()) {
      double[] deviances = deviances(loss, predictions, labels, weights);
      for (int k = 0; k < deviances.length; k++) {
        taken.put(DEVIANCES.get(k), deviances[k]);
      }
    }
    MetricSums all =
        MetricSums.of(labels.length, weight, new MetricSums.Labels(mean, deviation), taken);
    return loss.isBinary() ? all.withAuc(area(predictions, labels, weights)) : all;
  }

  private static double[] responses(Loss loss, double[] predictions) {
    return loss.isLogLink() ? Arrays.stream(predictions).map(Math::exp).toArray() : predictions;
  }

  private static double[] deviances(Loss loss, double[] z, double[] labels, double[] w) {
    Loss tweedie = loss instanceof Tweedie ? loss : new Tweedie(1.5);
    double[] sums = new double[3];
    for (int i = 0; i < labels.length; i++) {
      sums[0] += w[i] * RowLoss.value(new Poisson(), z[i], labels[i]);
      sums[1] += w[i] * RowLoss.value(new Gamma(), z[i], labels[i]);
      sums[2] += w[i] * RowLoss.value(tweedie, z[i], labels[i]);
    }
    return sums;
  }

  private static double[] errors(Loss loss, double[] predictions, double[] labels, double[] w) {
    double delta = loss instanceof Huber huber ? huber.delta() : 1;
    double tau = loss instanceof Quantile quantile ? quantile.tau() : 0.5;
    double epsilon = loss instanceof EpsilonInsensitive tube ? tube.epsilon() : 0.1;
    double[] sums = new double[6];
    for (int i = 0; i < labels.length; i++) {
      double error = predictions[i] - labels[i];
      double distance = Math.abs(error);
      sums[0] += w[i] * error * error;
      sums[1] += w[i] * distance;
      sums[2] +=
          w[i] * (distance <= delta ? 0.5 * error * error : delta * (distance - 0.5 * delta));
      sums[3] += w[i] * Math.max(-tau * error, (1 - tau) * error);
      sums[4] = w[i] > 0 ? Math.max(sums[4], distance) : sums[4];
      sums[5] += w[i] * (distance > epsilon ? distance - epsilon : 0);
    }
    return sums;
  }

  private static double[] decisions(double[] z, double[] labels, double[] w) {
    double[] sums = new double[7];
    for (int i = 0; i < labels.length; i++) {
      double chance = 1 / (1 + Math.exp(-z[i]));
      boolean one = labels[i] == 1;
      sums[0] -= w[i] * Math.log(one ? chance : 1 - chance);
      sums[1] += w[i] * Math.max(0, one ? 1 - z[i] : 1 + z[i]);
      sums[6] += w[i] * Math.pow(Math.max(0, one ? 1 - z[i] : 1 + z[i]), 2);
      int cell = z[i] > 0 ? (one ? 2 : 4) : (one ? 5 : 3);
      sums[cell] += w[i];
    }
    return sums;
  }

  /** Every pair of a row of class 1 and one of class 0, by its weight; ties count half. */
  public static double area(double[] z, double[] labels, double[] w) {
    double won = 0;
    double all = 0;
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < z.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          double pair = w[i] * w[j];
          all += pair;
          won += pair * (z[i] > z[j] ? 1 : z[i] == z[j] ? 0.5 : 0);
        }
      }
    }
    return all > 0 ? won / all : Double.NaN;
  }
}
