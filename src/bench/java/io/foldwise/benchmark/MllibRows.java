package io.foldwise.benchmark;

import io.foldwise.spark.data.fold.AssignedRows;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * MLlib's own cross-validation over the same rows and folds, with every advantage: its input is
 * assembled and cached before the clock starts.
 */
final class MllibRows implements AutoCloseable {
  private static final int PARALLELISM = 2;

  private final Dataset<Row> rows;
  private final String label;
  private final int folds;

  MllibRows(AssignedRows assigned) {
    this(
        new VectorAssembler()
            .setInputCols(assigned.features().toArray(String[]::new))
            .setOutputCol("features")
            .transform(assigned.frame())
            .select("features", assigned.label(), AssignedRows.FOLD),
        assigned.label(),
        assigned.assignment().folds());
  }

  /**
   * Rows that are assembled as they are.
   *
   * @param assembled features, label and {@link AssignedRows#FOLD}
   */
  MllibRows(Dataset<Row> assembled, String label, int folds) {
    this.label = label;
    this.folds = folds;
    this.rows = assembled.persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
  }

  Dataset<Row> rows() {
    return rows;
  }

  String label() {
    return label;
  }

  /** Each setting's mean score over the folds. */
  double[] run(Estimator<?> estimator, Evaluator evaluator, ParamMap[] grid) {
    return run(new CrossValidator(), estimator, evaluator, grid).avgMetrics();
  }

  /** A validator's model over the rows. */
  CrossValidatorModel run(
      CrossValidator validator, Estimator<?> estimator, Evaluator evaluator, ParamMap[] grid) {
    return validator
        .setEstimator(estimator)
        .setEvaluator(evaluator)
        .setEstimatorParamMaps(grid)
        .setNumFolds(folds)
        .setFoldCol(AssignedRows.FOLD)
        .setParallelism(PARALLELISM)
        .fit(rows);
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}
