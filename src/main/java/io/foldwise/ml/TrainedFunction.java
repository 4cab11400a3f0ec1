package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.RowSketch;
import io.foldwise.spark.data.schema.Classes;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a saved model knows of its training.
 *
 * @param function the function in the data's units, of decision values where the loss is binary, or
 *     one for each class
 * @param loss the loss that was minimised
 * @param positive the value of the label that counted as 1 beside all others, empty where none was
 *     named
 * @param classes the classes that labels were read as, none where they were 0 and 1 or numbers
 * @param rows what the training rows are known by, perhaps none
 * @param intervals what the errors of held-out rows say of single predictions, perhaps nothing
 */
public record TrainedFunction(
    LinearModel function,
    Loss loss,
    String positive,
    Classes classes,
    RowSketch rows,
    PredictionIntervals intervals)
    implements Serializable {
  public TrainedFunction {
    Objects.requireNonNull(classes);
    Objects.requireNonNull(function);
    Objects.requireNonNull(loss);
    Objects.requireNonNull(positive);
    Objects.requireNonNull(rows);
    Objects.requireNonNull(intervals);
  }

  /** A trained function that does not know its training rows. */
  public TrainedFunction(LinearModel function, Loss loss, String positive) {
    this(function, loss, positive, Classes.NONE, RowSketch.none(), PredictionIntervals.NONE);
  }

  /** What a trial trained, of labels that were not mapped. */
  public static TrainedFunction of(TrialResult trial) {
    return new TrainedFunction(trial.model(), trial.trial().candidate().loss(), "");
  }

  /** This function with what its training rows are known by. */
  public TrainedFunction with(RowSketch newRows) {
    return new TrainedFunction(function, loss, positive, classes, newRows, intervals);
  }

  /** This function with what the errors of held-out rows say of single predictions. */
  public TrainedFunction with(PredictionIntervals newIntervals) {
    return new TrainedFunction(function, loss, positive, classes, rows, newIntervals);
  }

  /** This function with the classes that labels were read as. */
  public TrainedFunction with(Classes read) {
    return new TrainedFunction(function, loss, positive, read, rows, intervals);
  }
}
