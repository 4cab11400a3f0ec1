package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;

/**
 * A loss of two classes: labels y are 0 and 1, and the decision value ŷ predicts 1 where it is
 * positive.
 */
public sealed interface BinaryLoss extends Loss permits Logistic, Hinge, SquaredHinge {
  /**
   * The decision that minimises the mean loss of rows that all have the same.
   *
   * @param negatives the weight of the rows of class 0
   * @param positives the weight of the rows of class 1
   */
  double bestDecision(double negatives, double positives);

  @Override
  default double bestConstant(ColumnSums labels) {
    double share = labels.mean(labels.label());
    return bestDecision((1 - share) * labels.weight(), share * labels.weight());
  }

  @Override
  default LabelDomain labels() {
    return LabelDomain.BINARY;
  }
}
