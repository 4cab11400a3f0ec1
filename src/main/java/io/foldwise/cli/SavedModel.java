package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.ml.PreparedModel;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Encoding;
import io.foldwise.spark.data.load.Preparation;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds a saved model, given itself or the run that holds it. */
record SavedModel(String path) {

  /**
   * Looks where the model is, without starting Spark.
   *
   * @throws InvalidInputException if there is nothing
   */
  static SavedModel find(String given) {
    try {
      Path path = new Path(given);
      FileSystem files =
          path.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf()));
      if (!files.exists(path)) {
        throw new InvalidInputException(
            "'model' (" + given + "): no such directory: name a run or a saved model");
      }
      Path within = new Path(path, RunFolder.MODEL);
      return new SavedModel(files.exists(within) ? within.toString() : given);
    } catch (InvalidInputException refused) {
      throw refused;
    } catch (IOException | IllegalArgumentException failed) {
      throw new InvalidInputException(
          "'model' (" + given + ") cannot be read: " + failed.getMessage(), failed);
    }
  }

  PreparedModel load() {
    return PreparedModel.load(path);
  }

  /** Options of data whose columns are made into features as they were for the model. */
  static DataOptions prepared(DataOptions options, PreparedModel model) {
    return model
        .stage()
        .map(stage -> options.with(new Preparation.Fitted(Encoding.of(stage))))
        .orElse(options);
  }
}
