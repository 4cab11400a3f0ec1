package io.foldwise.ml;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.search.PredictionIntervals;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained model of either kind, as spark.ml has it. */
public sealed interface SGDModel permits SGDRegressionModel, SGDClassificationModel {

  /** The model of the kind that the loss belongs to. */
  static SGDModel of(TrainedFunction trained) {
    return trained.loss().isOfClasses()
        ? SGDClassificationModel.of(trained)
        : SGDRegressionModel.of(trained);
  }

  /**
   * Reads a saved model, of whichever kind.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds none
   */
  static SGDModel load(String path) {
    return TrainedModelReader.loadEither(path);
  }

  /** What was trained. */
  TrainedFunction trained();

  /** The trained function, in the data's units. */
  default LinearModel linearModel() {
    return trained().function();
  }

  /** The loss that was minimised. */
  default Loss loss() {
    return trained().loss();
  }

  /** The names of the features, in the order of the vector. */
  default List<String> features() {
    return linearModel().basis().features();
  }

  /** The column that evaluation compares predictions with. */
  String getLabelCol();

  /** Sets the column that evaluation compares predictions with. */
  SGDModel setLabelCol(String name);

  /**
   * The value of the function at one row of features.
   *
   * @throws InvalidInputException if the row has another number of features
   */
  default double value(Vector x) {
    requireFeatures(x);
    return linearModel().predict(x.toArray());
  }

  /** Refuses a row with another number of features. */
  private void requireFeatures(Vector x) {
    if (x.size() != features().size()) {
      throw new InvalidInputException(
          "a row of %d features: the model has %d, %s"
              .formatted(x.size(), features().size(), String.join(", ", features())));
    }
  }

  /**
   * The values of all functions at one row of features: one, or one for each class.
   *
   * @throws InvalidInputException if the row has another number of features
   */
  default double[] values(Vector x) {
    requireFeatures(x);
    return linearModel().values(x.toArray());
  }

  /** Refuses thresholds, which are of probabilities, where a loss has none. */
  static void requireProbabilities(Params of, Loss loss) {
    if (of.isDefined(of.getParam("thresholds")) && !loss.hasProbabilities()) {
      throw new InvalidInputException(
          "'thresholds' are of probabilities, and 'loss' (%s) has none: clear them, or train on logistic or softmax"
              .formatted(loss.label()));
    }
  }

  /** The prediction for one row of features. */
  double predict(Vector x);

  /** The chance of class 1 for one row of features, of models that have one. */
  OptionalDouble probability(Vector x);

  /**
   * The intervals of one confidence that its predictions have.
   *
   * @throws InvalidInputException if the model keeps no errors of held-out rows, or these do not
   *     tell of the confidence
   */
  default PredictionIntervals.Level intervals(double confidence) {
    if (loss().isOfClasses()) {
      throw new InvalidInputException(
          "'interval' (%s): the model predicts classes, which have no intervals: leave it out"
              .formatted(confidence));
    }
    if (trained().intervals().isEmpty()) {
      throw new InvalidInputException(
          "'interval' (%s) needs the errors of held-out rows, and the model keeps none: train it by search, not fit, with --residuals (residuals() in Java, residuals=True in Python) where rows are more than %,d, and not on the past alone"
              .formatted(confidence, PredictionIntervals.EXACT_ROWS));
    }
    return trained().intervals().at(confidence);
  }

  /** How it was trained; empty of a model that was loaded. */
  Optional<SGDSummary> trainingSummary();

  /** Whether there is a {@link #summary}. */
  default boolean hasSummary() {
    return trainingSummary().isPresent();
  }

  /**
   * How it was trained.
   *
   * @throws IllegalStateException if it was loaded: a saved model does not keep it
   */
  default SGDSummary summary() {
    return trainingSummary()
        .orElseThrow(
            () -> new IllegalStateException("a model that was loaded has no training summary"));
  }

  /**
   * Scores the model on rows.
   *
   * @param dataset rows with the features as {@link #transform} reads them, and the label
   */
  default SGDEvaluation evaluate(Dataset<?> dataset) {
    return SGDEvaluation.of(this, dataset);
  }

  /** The rows and what the model predicts of them. */
  Dataset<Row> transform(Dataset<?> dataset);

  /** The column of vectors that features are read from, where there is one. */
  String getFeaturesCol();

  /** Saves the model as spark.ml does. */
  MLWriter write();
}
