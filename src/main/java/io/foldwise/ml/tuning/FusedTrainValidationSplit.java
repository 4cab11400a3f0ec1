package io.foldwise.ml.tuning;

import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's {@code TrainValidationSplit} with every setting trained side by side: change the import,
 * and the same program gives the same model sooner.
 */
public final class FusedTrainValidationSplit extends TrainValidationSplit {
  private static final long serialVersionUID = 1;

  public FusedTrainValidationSplit() {
    this(Identifiable$.MODULE$.randomUID("fusedTvs"));
  }

  public FusedTrainValidationSplit(String uid) {
    super(uid);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<TrainValidationSplit> read() {
    return MllibModels.reader(FusedTrainValidationSplit.class, FusedTrainValidationSplit::new);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds none
   */
  public static FusedTrainValidationSplit load(String path) {
    return (FusedTrainValidationSplit) read().load(path);
  }

  @Override
  public TrainValidationSplitModel fit(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    transformSchema(rows.schema());
    return fused(rows).orElseGet(() -> super.fit(dataset));
  }

  /** The model; empty where rows or settings are not fused. */
  Optional<TrainValidationSplitModel> fused(Dataset<Row> rows) {
    // Else every pass would sort them again.
    Dataset<Row> split = FoldColumn.split(rows, getTrainRatio(), getSeed()).persist();
    try {
      return fused(rows, split);
    } finally {
      split.unpersist();
    }
  }

  /**
   * The same for Python, whose split is not MLlib's and whose own validator stands by.
   *
   * @param dataset the rows that the best model is trained on
   * @param withSplit these rows, with a column that is 0 where a row is held out, and 1 where it is
   *     trained on
   * @return empty where they are not fused
   */
  public Optional<TrainValidationSplitModel> validate(
      Dataset<?> dataset, Dataset<?> withSplit, String splitColumn) {
    transformSchema(dataset.schema());
    return fused(dataset.toDF(), FoldColumn.given(withSplit.toDF(), splitColumn, 2));
  }

  private Optional<TrainValidationSplitModel> fused(Dataset<Row> rows, Dataset<Row> split) {
    return FusedTuning.tuned(this, rows, split, 1)
        .map(
            tuned ->
                MllibModels.validated(this, tuned.best(), tuned.averages(), tuned.subModels()));
  }

  @Override
  public FusedTrainValidationSplit copy(ParamMap extra) {
    return (FusedTrainValidationSplit) super.copy(extra);
  }

  @Override
  public FusedTrainValidationSplit setEstimator(Estimator<?> value) {
    return (FusedTrainValidationSplit) super.setEstimator(value);
  }

  @Override
  public FusedTrainValidationSplit setEstimatorParamMaps(ParamMap[] value) {
    return (FusedTrainValidationSplit) super.setEstimatorParamMaps(value);
  }

  @Override
  public FusedTrainValidationSplit setEvaluator(Evaluator value) {
    return (FusedTrainValidationSplit) super.setEvaluator(value);
  }

  @Override
  public FusedTrainValidationSplit setTrainRatio(double value) {
    return (FusedTrainValidationSplit) super.setTrainRatio(value);
  }

  @Override
  public FusedTrainValidationSplit setSeed(long value) {
    return (FusedTrainValidationSplit) super.setSeed(value);
  }

  @Override
  public FusedTrainValidationSplit setParallelism(int value) {
    return (FusedTrainValidationSplit) super.setParallelism(value);
  }

  @Override
  public FusedTrainValidationSplit setCollectSubModels(boolean value) {
    return (FusedTrainValidationSplit) super.setCollectSubModels(value);
  }
}
