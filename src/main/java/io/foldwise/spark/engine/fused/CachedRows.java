package io.foldwise.spark.engine.fused;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.FoldSums;
import org.apache.spark.api.java.JavaRDD;

/** The training rows, held where trials descend over them. */
public interface CachedRows extends AutoCloseable {
  /** The fitted basis. */
  PolynomialBasis basis();

  /** The shift that terms and labels are held about. */
  Shift shift();

  MinibatchBorders borders();

  /** The sums of each fold, about the shift. */
  FoldSums sums();

  /** Whether the loss can take every label. */
  boolean labelsFit();

  /** Whether of each row the numbers other than 0 are stored alone. */
  boolean isSparse();

  /** The labels about the shift, ordered, for constants that order statistics decide. */
  JavaRDD<FoldLabels> labels();

  @Override
  void close();
}
