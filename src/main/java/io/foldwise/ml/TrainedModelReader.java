package io.foldwise.ml;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.spark.data.fold.RowSketch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/**
 * Reads what {@link TrainedModelWriter} wrote.
 *
 * @param <M> the kind of model
 */
final class TrainedModelReader<M extends Params> extends MLReader<M> {
  private final Class<M> kind;
  private final BiFunction<String, TrainedFunction, M> maker;

  /**
   * @param maker makes a model of a uid and a trained function
   */
  TrainedModelReader(Class<M> kind, BiFunction<String, TrainedFunction, M> maker) {
    this.kind = kind;
    this.maker = maker;
  }

  /** Loads a model of either kind. */
  static SGDModel loadEither(String path) {
    Optional<String> name = new SavedStage(path, SGDModel.class, SparkSession.active()).className();
    if (name.filter(SGDRegressionModel.class.getName()::equals).isPresent()) {
      return SGDRegressionModel.load(path);
    }
    if (name.filter(SGDClassificationModel.class.getName()::equals).isPresent()) {
      return SGDClassificationModel.load(path);
    }
    throw new InvalidInputException(
        "'model' ("
            + path
            + ") holds no model of Foldwise: name a run, or the folder 'model' in it");
  }

  @Override
  public M load(String path) {
    SavedStage saved = new SavedStage(path, kind, sparkSession());
    return saved.read(
        () -> {
          TrainedFunction trained = function(saved);
          return saved.withParams(uid -> maker.apply(uid, trained));
        });
  }

  private static TrainedFunction function(SavedStage saved) throws IOException {
    String text = new String(saved.bytes(TrainedModelWriter.DATA), StandardCharsets.UTF_8);
    TrainedFunction trained = TrainedFunctionJson.read(text).with(rows(saved));
    return trained.with(intervals(saved, trained.function().basis()));
  }

  /** What the errors of held-out rows say; nothing in a model of a version or run without. */
  private static PredictionIntervals intervals(SavedStage saved, PolynomialBasis basis)
      throws IOException {
    try {
      byte[] text = saved.bytes(TrainedModelWriter.INTERVALS);
      return PredictionIntervalsJson.read(new String(text, StandardCharsets.UTF_8), basis);
    } catch (FileNotFoundException none) {
      return PredictionIntervals.NONE;
    }
  }

  /** The sketch of the training rows; none in a model of an earlier version, or of no run. */
  private static RowSketch rows(SavedStage saved) throws IOException {
    try {
      return RowSketch.of(saved.bytes(TrainedModelWriter.ROWS));
    } catch (FileNotFoundException none) {
      return RowSketch.none();
    }
  }
}
