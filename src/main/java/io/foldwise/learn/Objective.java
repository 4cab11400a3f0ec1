package io.foldwise.learn;

/**
 * The data term of the objective over the minibatches of one training set, for the m candidates of
 * a run at once.
 */
public interface Objective {
  /** Number of minibatches in an epoch, the wholly held-out ones included. */
  int minibatches();

  /** Whether no row of minibatch b belongs to the training set: it is skipped. */
  boolean isEmpty(int b);

  /**
   * The gradient of minibatch b's mean loss at each column.
   *
   * @param w weights, d × m, column after column
   * @param gradient like w, overwritten
   */
  void gradientInto(int b, double[] w, double[] gradient);
}
