package io.foldwise.oracle;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.SquaredHinge;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The least constant that minimises a mean loss, or the middle of those where kinks lie off the
 * labels, found on the labels themselves.
 */
public final class RowConstant {
  /** Of the weight: a share that is met but for rounding is met. */
  private static final double ROUNDING = 1e-12;

  /** Of the weight times what a row's slope may be: a slope this near to zero is zero. */
  private static final double FLAT = 1e-14;

  private RowConstant() {}

  public static double of(Loss loss, TrainingRows rows, int[] over) {
    if (loss instanceof Absolute) {
      return quantile(0.5, rows, over);
    } else if (loss instanceof Quantile quantile) {
      return quantile(quantile.tau(), rows, over);
    } else if (loss instanceof Huber huber) {
      return clampedRoot(huber.delta(), rows, over);
    } else if (loss instanceof EpsilonInsensitive tube) {
      return middle(tube.epsilon(), rows, over);
    }
    double mean = mean(rows, over);
    if (loss instanceof Hinge) {
      return mean > 0.5 ? 1 : mean < 0.5 ? -1 : 0;
    } else if (loss instanceof SquaredHinge) {
      return mean - (1 - mean);
    } else if (loss.isLogLink()) {
      return Math.log(mean > 0 ? mean : 0.5 / rows.weight(over));
    }
    return loss instanceof Logistic ? logOdds(mean, rows.weight(over)) : mean;
  }

  /** Of the constants that cost least, which lie between two corners y ± ε, the middle. */
  private static double middle(double epsilon, TrainingRows rows, int[] over) {
    double low = IntStream.of(over).mapToDouble(i -> rows.y()[i]).min().orElseThrow();
    double high = IntStream.of(over).mapToDouble(i -> rows.y()[i]).max().orElseThrow();
    double[] corners =
        IntStream.of(over)
            .mapToDouble(i -> rows.y()[i])
            .flatMap(y -> DoubleStream.of(y - epsilon, y + epsilon))
            .toArray();
    double[] costs =
        Arrays.stream(corners)
            .map(
                c ->
                    IntStream.of(over)
                        .mapToDouble(
                            i -> rows.weight(i) * Math.max(0, Math.abs(c - rows.y()[i]) - epsilon))
                        .sum())
            .toArray();
    double least = Arrays.stream(costs).min().orElseThrow();
    double allowed = least + ROUNDING * rows.weight(over) * (high - low);
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (int at = 0; at < corners.length; at++) {
      if (costs[at] <= allowed) {
        from = Math.min(from, corners[at]);
        to = Math.max(to, corners[at]);
      }
    }
    return (from + to) / 2;
  }

  private static double mean(TrainingRows rows, int[] over) {
    double sum = 0;
    for (int i : over) {
      sum += rows.weight(i) * rows.y()[i];
    }
    return sum / rows.weight(over);
  }

  /** Half a row more in either class where one is missing. */
  private static double logOdds(double mean, double weight) {
    double more = mean == 0 || mean == 1 ? 0.5 : 0;
    return Math.log((mean * weight + more) / ((1 - mean) * weight + more));
  }

  /** The least label that τ of the weight does not exceed. */
  private static double quantile(double tau, TrainingRows rows, int[] over) {
    double all = rows.weight(over);
    double least = Double.POSITIVE_INFINITY;
    for (int candidate : over) {
      double label = rows.y()[candidate];
      double upTo = rows.weight(IntStream.of(over).filter(i -> rows.y()[i] <= label).toArray());
      if (upTo >= (tau - ROUNDING) * all) {
        least = Math.min(least, label);
      }
    }
    return least;
  }

  /**
   * The least root of Σ w·clamp(c − y, ±δ), halved down to neighbouring numbers. Where the loss is
   * flat at its minimum, the sum is zero but for rounding.
   */
  private static double clampedRoot(double delta, TrainingRows rows, int[] over) {
    double low = IntStream.of(over).mapToDouble(i -> rows.y()[i]).min().orElseThrow();
    double high = IntStream.of(over).mapToDouble(i -> rows.y()[i]).max().orElseThrow();
    double zero = FLAT * Math.min(delta, high - low) * rows.weight(over);
    double middle = low + (high - low) / 2;
    while (middle > low && middle < high) {
      double sum = 0;
      for (int i : over) {
        sum += rows.weight(i) * Math.max(-delta, Math.min(delta, middle - rows.y()[i]));
      }
      if (sum >= -zero) {
        high = middle;
      } else {
        low = middle;
      }
      middle = low + (high - low) / 2;
    }
    return high;
  }
}
