package io.foldwise.learn.score;

import java.io.Serializable;

/**
 * Mean and variance over rows of losses that are known as sums over blocks of rows, or one by one
 * (West 1979). The variance is estimated by Σ m (ē − mean)²/(blocks − 1) over blocks of m rows and
 * mean loss ē, which is the variance itself at m = 1.
 */
public final class ErrorSpread implements Serializable {
  private static final long serialVersionUID = 1;

  private long blocks;
  private long rows;
  private double mean;
  private double squares;

  /**
   * Adds a block.
   *
   * @param sum the sum of its rows' losses
   * @param more the number of its rows, ≥ 1
   */
  public void add(double sum, long more) {
    add(1, more, sum / more, 0);
  }

  private void add(long moreBlocks, long more, double itsMean, double itsSquares) {
    double apart = itsMean - mean;
    rows += more;
    mean += apart * more / rows;
    squares += itsSquares + more * apart * (itsMean - mean);
    blocks += moreBlocks;
  }

  /** Adds the losses of other rows. */
  public ErrorSpread merge(ErrorSpread other) {
    if (other.rows > 0) {
      add(other.blocks, other.rows, other.mean, other.squares);
    }
    return this;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The mean loss of a row; 0 where there is none. */
  public double mean() {
    return mean;
  }

  /** The variance of a row's loss; NaN or infinite of fewer than two blocks. */
  public double variance() {
    return squares / (blocks - 1);
  }
}
