package io.foldwise.ml;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.fold.RowSketch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

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

  /** Loads a model of the kind that its loss says. */
  static SGDModel loadEither(String path) {
    TrainedModelReader<SGDRegressionModel> reader =
        new TrainedModelReader<>(SGDRegressionModel.class, SGDRegressionModel::of);
    return reader.function(path).loss().isBinary()
        ? SGDClassificationModel.load(path)
        : reader.load(path);
  }

  @Override
  public M load(String path) {
    TrainedFunction trained = function(path);
    try {
      DefaultParamsReader.Metadata read =
          DefaultParamsReader$.MODULE$.parseMetadata(
              text(path, TrainedModelWriter.METADATA), kind.getName());
      M model = maker.apply(read.uid(), trained);
      read.getAndSetParams(model, Option.empty());
      return model;
    } catch (IOException | RuntimeException broken) {
      throw refusal(path, "holds a model of another kind, or a broken one", broken);
    }
  }

  private TrainedFunction function(String path) {
    try {
      text(path, TrainedModelWriter.METADATA);
      return TrainedFunctionJson.read(text(path, TrainedModelWriter.DATA)).with(rows(path));
    } catch (FileNotFoundException missing) {
      throw refusal(path, "holds no model of Foldwise", missing);
    } catch (IOException | RuntimeException broken) {
      throw refusal(path, "holds a model of another kind, or a broken one", broken);
    }
  }

  /** The sketch of the training rows; none in a model of an earlier version, or of no run. */
  private RowSketch rows(String path) throws IOException {
    try {
      return RowSketch.of(bytes(path, TrainedModelWriter.ROWS));
    } catch (FileNotFoundException none) {
      return RowSketch.none();
    }
  }

  private String text(String path, String name) throws IOException {
    return new String(bytes(path, name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String path, String name) throws IOException {
    Path file = new Path(path, name);
    FileSystem files = file.getFileSystem(sparkSession().sessionState().newHadoopConf());
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private static InvalidInputException refusal(String path, String what, Exception cause) {
    return new InvalidInputException(
        "'model' (" + path + ") " + what + ": name a run, or the folder 'model' in it", cause);
  }
}
