package io.foldwise.learn;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What metrics are sums of, for n scored rows × m trials: a matrix a quantity, laid out as the
 * predictions are, row-major, n × m. Scratch of one thread, to be filled again and again.
 *
 * <p>Errors: e², |e|, the Huber loss, the pinball loss. Decisions: the logistic loss, the hinge
 * loss, then 1 where a row is a true positive, true negative, false positive, false negative.
 * Decisions are thresholded at z = 0 after z was rounded to 12 decimals, so that the last bits of a
 * sum decide nothing.
 */
public final class ScoredBlock {
  /** Decision values are rounded to a part in this many before they decide. */
  public static final double DECIMALS = 1e12;

  private static final int CELLS = 4;

  private final boolean binary;
  private final int trials;
  private final List<Quantity> losses;
  private final double[][] values;
  private Rows rows = new Rows(new double[0], new double[0], 0);

  /** A loss of every trial. */
  private record Quantity(BlockLoss loss, BlockLoss.Block block) {
    static Quantity of(List<Loss> losses, ToDoubleFunction<Loss> parameter, Loss kind) {
      double[] parameters = losses.stream().mapToDouble(parameter).toArray();
      return new Quantity(kind.block(), new BlockLoss.Block(parameters, parameters.length));
    }
  }

  /**
   * Labels and weights of rows. A weight that is negative counts as NaN, and so does a label of
   * decisions that is neither 0 nor 1: the caller's alarm.
   *
   * @param labels at least n
   * @param weights at least n
   * @param count n
   */
  public record Rows(double[] labels, double[] weights, int count) {
    double weight(int row) {
      return weights[row] >= 0 ? weights[row] : Double.NaN;
    }
  }

  /**
   * @param losses of the trials, whose δ or τ the metrics take; all binary or none
   * @param capacity most rows at a time
   */
  public ScoredBlock(List<Loss> losses, int capacity) {
    this.trials = losses.size();
    this.binary = losses.get(0).isBinary();
    this.losses = binary ? decisions(losses) : errors(losses);
    this.values = new double[this.losses.size() + (binary ? CELLS : 0)][capacity * trials];
  }

  private static List<Quantity> errors(List<Loss> losses) {
    Loss absolute = new Loss.Absolute();
    return List.of(
        Quantity.of(losses, loss -> 0, new Loss.Squared()),
        Quantity.of(losses, loss -> absolute.parameter(), absolute),
        Quantity.of(losses, loss -> huber(loss).delta(), huber(absolute)),
        Quantity.of(losses, loss -> pinball(loss).tau(), pinball(absolute)));
  }

  /** The Huber loss that a loss is scored by: itself, or the default one. */
  public static Loss.Huber huber(Loss loss) {
    return loss instanceof Loss.Huber own ? own : new Loss.Huber(Loss.Huber.DEFAULT_DELTA);
  }

  /** Likewise the pinball loss. */
  public static Loss.Quantile pinball(Loss loss) {
    return loss instanceof Loss.Quantile own ? own : new Loss.Quantile(Loss.Quantile.DEFAULT_TAU);
  }

  private static List<Quantity> decisions(List<Loss> losses) {
    return List.of(
        Quantity.of(losses, loss -> 0, new Loss.Logistic()),
        Quantity.of(losses, loss -> 0, new Loss.Hinge()));
  }

  /**
   * Takes rows in place of those before.
   *
   * @param z predictions, n × m
   */
  public void fill(double[] z, Rows scored) {
    rows = scored;
    for (int k = 0; k < losses.size(); k++) {
      Quantity quantity = losses.get(k);
      System.arraycopy(z, 0, values[k], 0, rows.count * trials);
      quantity.loss.values(values[k], quantity.block.at(rows.labels, 0, rows.count));
    }
    if (binary) {
      IntStream.range(0, rows.count).forEach(row -> decide(z, row));
    }
  }

  private void decide(double[] z, int row) {
    double label = rows.labels[row];
    boolean one = label == 1;
    double[] right = values[losses.size() + (one ? 0 : 1)];
    double[] wrong = values[losses.size() + (one ? 3 : 2)];
    double[] otherRight = values[losses.size() + (one ? 1 : 0)];
    double[] otherWrong = values[losses.size() + (one ? 2 : 3)];
    for (int at = row * trials; at < (row + 1) * trials; at++) {
      boolean positive = Math.rint(z[at] * DECIMALS) > 0;
      right[at] = positive == one ? 1 : 0;
      wrong[at] = positive == one ? 0 : 1;
      otherRight[at] = 0;
      otherWrong[at] = 0;
    }
    if (label != 0 && label != 1) {
      for (double[] quantity : values) {
        Arrays.fill(quantity, row * trials, (row + 1) * trials, Double.NaN);
      }
    }
  }

  boolean isBinary() {
    return binary;
  }

  int trials() {
    return trials;
  }

  int quantities() {
    return values.length;
  }

  /** The k-th quantity, n × m. */
  double[] values(int k) {
    return values[k];
  }

  Rows rows() {
    return rows;
  }
}
