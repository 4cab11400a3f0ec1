package io.foldwise.spark.engine;

import io.foldwise.learn.PolynomialBasis;
import io.foldwise.learn.Shift;

/** The training rows, held where trials descend over them. */
interface HeldRows extends AutoCloseable {
  /** The carried one. */
  PolynomialBasis basis();

  /** What terms and labels are held about. */
  Shift shift();

  BlockCuts cuts();

  /** The sums of each fold, about the shift. */
  FoldSums sums();

  /** Whether the loss can take every label. */
  boolean labelsFit();

  /** To be closed by who asked. */
  LabelSlopes labels();

  @Override
  void close();
}
