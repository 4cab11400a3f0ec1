package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.MLWriter;

/** A trained model of either kind, as spark.ml has it. */
public sealed interface SGDModel permits SGDRegressionModel, SGDClassificationModel {

  /** The model of the kind that the loss belongs to. */
  static SGDModel of(TrainedFunction trained) {
    return trained.loss().isBinary()
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

  /** The prediction for one row of features. */
  double predict(Vector x);

  /** The chance of class 1 for one row of features, of models that have one. */
  OptionalDouble probability(Vector x);

  /** Saves the model as spark.ml does. */
  MLWriter write();
}
