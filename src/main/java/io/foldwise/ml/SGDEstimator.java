package io.foldwise.ml;

import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;

/**
 * An estimator of ours: what it asks of the engine, and the models of what the engine trained.
 *
 * @param <M> the kind of its models
 */
public sealed interface SGDEstimator<M extends Model<M>> extends Params
    permits SGDRegressor, SGDClassifier {
  /** What it asks to be trained. */
  SGDTraining training();

  /** The model of what a trial trained. */
  M model(TrialResult trained);

  /** The model that a search or a fit ended with, with its summary. */
  M model(SearchResult result);

  /** Trains on rows. */
  M fit(Dataset<?> rows);
}
