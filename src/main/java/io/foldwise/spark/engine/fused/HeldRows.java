package io.foldwise.spark.engine.fused;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.spark.engine.rows.BlockCuts;
import io.foldwise.spark.engine.rows.FoldSums;
import org.apache.spark.api.java.JavaRDD;

/** The training rows, held where trials descend over them. */
public interface HeldRows extends AutoCloseable {
  /** The carried one. */
  PolynomialBasis basis();

  /** What terms and labels are held about. */
  Shift shift();

  BlockCuts cuts();

  /** The sums of each fold, about the shift. */
  FoldSums sums();

  /** Whether the loss can take every label. */
  boolean labelsFit();

  /** The labels about the shift, ordered, for constants that order statistics decide. */
  JavaRDD<FoldLabels> labels();

  @Override
  void close();
}
