package io.foldwise.learn.optim;

/**
 * Rows in the order of the minibatches that they belong to.
 *
 * @param starts where each minibatch starts, and where the last ends
 */
public record MinibatchRows(LabelledRows rows, int[] starts) {
  /** The first row of minibatch b. */
  public int from(int b) {
    return starts[b];
  }

  /** The row after the last of minibatch b. */
  public int to(int b) {
    return starts[b + 1];
  }
}
