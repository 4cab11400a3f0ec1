package io.foldwise.learn;

import io.foldwise.math.Exponential;
import java.io.Serializable;

/**
 * A {@link Loss} over a block at once: n rows × m trials, no call a row. The matrix of predictions
 * is row-major, n × m, so that the m trials of one row share its label and lie side by side.
 *
 * <p>Both methods replace the predictions in place; NaN stays NaN.
 */
public sealed interface BlockLoss extends Serializable
    permits BlockLoss.Squared,
        BlockLoss.Quantile,
        BlockLoss.Huber,
        BlockLoss.Logistic,
        BlockLoss.Hinge {
  /**
   * ∂ℓ/∂ŷ in place of ŷ.
   *
   * @param z n × m
   * @param block labels, size, and δ or τ of each trial
   */
  void derivatives(double[] z, Block block);

  /** ℓ(ŷ, y) in place of ŷ, as {@link #derivatives}. */
  void values(double[] z, Block block);

  /** What a block's losses depend on; one is moved from block to block. */
  final class Block {
    private final double[] parameters;
    private final int trials;
    private double[] labels = new double[0];
    private int from;
    private int rows;

    /**
     * @param parameters δ or τ of each trial, at least m long
     * @param trials m
     */
    public Block(double[] parameters, int trials) {
      this.parameters = parameters;
      this.trials = trials;
    }

    /**
     * Moves to n rows.
     *
     * @param labels y of many rows
     * @param from the first of the n rows among them
     */
    public Block at(double[] labels, int from, int rows) {
      this.labels = labels;
      this.from = from;
      this.rows = rows;
      return this;
    }
  }

  /** See {@link Loss.Squared}. */
  record Squared() implements BlockLoss {
    @Override
    public void derivatives(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int end = at + block.trials; at < end; at++) {
          z[at] = 2 * (z[at] - y);
        }
      }
    }

    @Override
    public void values(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int end = at + block.trials; at < end; at++) {
          z[at] = (z[at] - y) * (z[at] - y);
        }
      }
    }
  }

  /**
   * See {@link Loss.Quantile}; twice that of τ = ½ is the absolute loss.
   *
   * @param scale what the pinball loss is multiplied by
   */
  record Quantile(double scale) implements BlockLoss {
    @Override
    public void derivatives(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int c = 0; c < block.trials; c++, at++) {
          double sign = Math.signum(z[at] - y);
          z[at] = scale * (sign / 2 + (0.5 - block.parameters[c]) * Math.abs(sign));
        }
      }
    }

    @Override
    public void values(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int c = 0; c < block.trials; c++, at++) {
          double error = z[at] - y;
          z[at] = scale * (Math.abs(error) / 2 + (0.5 - block.parameters[c]) * error);
        }
      }
    }
  }

  /** See {@link Loss.Huber}. */
  record Huber() implements BlockLoss {
    @Override
    public void derivatives(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int c = 0; c < block.trials; c++, at++) {
          double delta = block.parameters[c];
          z[at] = Math.max(-delta, Math.min(delta, z[at] - y));
        }
      }
    }

    @Override
    public void values(double[] z, Block block) {
      for (int i = 0, at = 0; i < block.rows; i++) {
        double y = block.labels[block.from + i];
        for (int c = 0; c < block.trials; c++, at++) {
          double error = Math.abs(z[at] - y);
          double near = Math.min(error, block.parameters[c]);
          z[at] = near * (error - near / 2);
        }
      }
    }
  }

  /** See {@link Loss.Logistic}. */
  record Logistic() implements BlockLoss {
    @Override
    public void derivatives(double[] z, Block block) {
      negateMargins(z, block);
      Exponential.sigmoid(z, 0, block.rows * block.trials);
      negateMargins(z, block);
    }

    @Override
    public void values(double[] z, Block block) {
      negateMargins(z, block);
      Exponential.softplus(z, 0, block.rows * block.trials);
    }
  }

  /** See {@link Loss.Hinge}. */
  record Hinge() implements BlockLoss {
    @Override
    public void derivatives(double[] z, Block block) {
      negateMargins(z, block);
      for (int at = 0; at < block.rows * block.trials; at++) {
        z[at] = Math.max(0, Math.signum(1 + z[at]));
      }
      negateMargins(z, block);
    }

    @Override
    public void values(double[] z, Block block) {
      negateMargins(z, block);
      for (int at = 0; at < block.rows * block.trials; at++) {
        z[at] = Math.max(0, 1 + z[at]);
      }
    }
  }

  /** −s·z with s = 2y − 1, row by row. */
  private static void negateMargins(double[] z, Block block) {
    for (int i = 0, at = 0; i < block.rows; i++) {
      double negated = 1 - 2 * block.labels[block.from + i];
      for (int end = at + block.trials; at < end; at++) {
        z[at] *= negated;
      }
    }
  }
}
