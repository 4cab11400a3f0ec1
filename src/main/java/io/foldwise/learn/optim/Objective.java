package io.foldwise.learn.optim;

/** The data term of the objective over the minibatches of an epoch, for m columns at once. */
public interface Objective {
  /** The number of minibatches in an epoch, the wholly held-out ones included. */
  int minibatches();

  /** Whether no row of minibatch b belongs to a column's training set, so that it is skipped. */
  boolean isEmpty(int b, int column);

  /**
   * The gradient of minibatch b's mean loss at each active column.
   *
   * @param w weights, d × m, column after column
   * @param active the columns that are wanted; what stands in the others is anything
   * @param gradient laid out as w, overwritten; anything in a column that {@link #isEmpty}
   */
  void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient);
}
