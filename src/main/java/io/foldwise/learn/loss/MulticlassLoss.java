package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;

/**
 * A loss of K classes: labels y are whole numbers in [0, K), and a prediction has K values z, one
 * for each class, of which the largest predicts. What is defined for one prediction alone is not
 * defined here, and throws an {@link UnsupportedOperationException}.
 */
public sealed interface MulticlassLoss extends Loss permits Softmax, OneVsRest {
  /** The most classes, of which the confusion matrix has the square. */
  int MOST_CLASSES = 100;

  /**
   * Refuses a number of classes that there is no loss for.
   *
   * @throws IllegalArgumentException if it is neither 0 nor between 2 and {@link #MOST_CLASSES}
   */
  static void requireClasses(int classes) {
    if (classes != 0 && (classes < 2 || classes > MOST_CLASSES)) {
      throw new IllegalArgumentException(classes + " classes");
    }
  }

  /** K, or 0 where the classes of the data are not known yet. */
  int classes();

  /** The loss of this kind for data of so many classes. */
  Loss ofClasses(int count);

  /**
   * The constants that minimise the mean loss, one for each function.
   *
   * @param weights the weight of the rows of each class
   */
  double[] bestConstants(double[] weights);

  /**
   * The slopes in place of K predictions, and the second derivatives; not of a loss that falls
   * apart, see {@link Loss#separately}.
   *
   * @param z the predictions at {@code z[from ..]}
   * @param curvatures overwritten from {@code curvatures[to]} on with K·(K + 1)/2 second
   *     derivatives in the order (0,0), (1,0), (1,1), (2,0), …
   * @return ℓ(ŷ, y)
   */
  default double curvaturesInto(double[] z, int from, double label, double[] curvatures, int to) {
    throw ofOne();
  }

  @Override
  default LabelDomain labels() {
    return LabelDomain.CLASSES;
  }

  @Override
  default boolean takes(double label) {
    return labels().has(label) && label < functions();
  }

  @Override
  default int functions() {
    if (classes() == 0) {
      throw new IllegalStateException("the classes of the data are not known yet");
    }
    return classes();
  }

  @Override
  default double parameter() {
    return classes();
  }

  @Override
  default Loss with(double parameter) {
    return ofClasses((int) parameter);
  }

  @Override
  default double value(double prediction, double label) {
    throw ofOne();
  }

  @Override
  default double derivative(double prediction, double label) {
    throw ofOne();
  }

  @Override
  default void smoothInto(double prediction, double label, double width, Smoothed point) {
    throw ofOne();
  }

  @Override
  default double bestConstant(ColumnSums labels) {
    throw ofOne();
  }

  private UnsupportedOperationException ofOne() {
    return new UnsupportedOperationException(label() + " takes a prediction of each class");
  }
}
