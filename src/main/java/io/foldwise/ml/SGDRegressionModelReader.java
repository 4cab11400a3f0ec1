package io.foldwise.ml;

import io.foldwise.search.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link SGDRegressionModelWriter} wrote. */
final class SGDRegressionModelReader extends MLReader<SGDRegressionModel> {

  @Override
  public SGDRegressionModel load(String path) {
    try {
      FileSystem files =
          new Path(path).getFileSystem(sparkSession().sessionState().newHadoopConf());
      String metadata = text(files, new Path(path, SGDRegressionModelWriter.METADATA));
      DefaultParamsReader.Metadata read =
          DefaultParamsReader$.MODULE$.parseMetadata(metadata, SGDRegressionModel.class.getName());
      String data = text(files, new Path(path, SGDRegressionModelWriter.DATA));
      SGDRegressionModel model = SGDRegressionModel.of(read.uid(), LinearModelJson.read(data));
      read.getAndSetParams(model, Option.empty());
      return model;
    } catch (FileNotFoundException missing) {
      throw refusal(path, "holds no model of Foldwise", missing);
    } catch (IOException | RuntimeException broken) {
      throw refusal(path, "holds a model of another kind, or a broken one", broken);
    }
  }

  private static String text(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InvalidInputException refusal(String path, String what, Exception cause) {
    return new InvalidInputException(
        "'model' (" + path + ") " + what + ": name a run, or the folder 'model' in it", cause);
  }
}
