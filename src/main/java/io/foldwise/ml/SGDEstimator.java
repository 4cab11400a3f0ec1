package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An estimator of ours: what it asks of the engine, and the models of what the engine trained.
 *
 * @param <M> the kind of its models
 */
public sealed interface SGDEstimator<M extends Model<M>> extends Params
    permits SGDRegressor, SGDClassifier {
  /** The kind of loss that it minimises. */
  Loss kind();

  /** What it asks to be trained. */
  SGDTraining training();

  /** The model of what a trial trained. */
  M model(TrialResult trained);

  /** The model that a search or a fit ended with, with its summary. */
  M model(SearchResult result);

  /** Trains on rows. */
  M fit(Dataset<?> rows);

  /**
   * Cross-validates estimators that read the same columns and minimise the same kind of loss, side
   * by side.
   *
   * @param estimators the candidates, in their order
   * @param rows rows with the columns that they read
   * @param foldColumn the column that says each row's fold
   * @param metric what ranks them; else the mean loss
   */
  static SearchResult search(
      List<SGDEstimator<?>> estimators,
      Dataset<Row> rows,
      String foldColumn,
      Optional<Metric> metric) {
    return SGDTraining.search(
        estimators.stream().map(SGDEstimator::training).toList(), rows, foldColumn, metric);
  }
}
