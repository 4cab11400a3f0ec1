package io.foldwise.spark.engine;

import java.util.List;

/** The labels of the training rows, as the search for the best constants asks of them. */
interface LabelSlopes extends AutoCloseable {
  /** Into how many parts the interval of each of so many constants is cut at a time, ≥ 2. */
  int parts(int constants);

  /** The least and the greatest label, about the shift. */
  double[] range();

  /**
   * The slopes of the summed loss at every cut but the first of each interval, over the rows that
   * are not held out.
   *
   * @see io.foldwise.learn.OrderedLabels#slope
   */
  double[][] slopes(List<Constants.Interval> intervals);

  @Override
  void close();
}
