package io.foldwise.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes a model: {@code metadata/part-00000}, as spark.ml has it, {@code data/part-00000}, the
 * function as JSON, and {@code rows/part-00000}, the {@link io.foldwise.spark.data.fold.RowSketch}
 * of its training rows where it has one, and {@code intervals/part-00000}, the models of the folds
 * and their errors as JSON, where it has {@link io.foldwise.search.PredictionIntervals}. The driver
 * writes them itself, so that on a cluster a local path holds them all.
 */
final class TrainedModelWriter extends MLWriter {
  static final String METADATA = "metadata/part-00000";
  static final String DATA = "data/part-00000";
  static final String ROWS = "rows/part-00000";
  static final String INTERVALS = "intervals/part-00000";

  private final Params model;
  private final TrainedFunction trained;

  TrainedModelWriter(Params model, TrainedFunction trained) {
    this.model = model;
    this.trained = trained;
  }

  @Override
  public void saveImpl(String path) {
    try {
      FileSystem files =
          new Path(path).getFileSystem(sparkSession().sessionState().newHadoopConf());
      write(
          files,
          new Path(path, METADATA),
          DefaultParamsWriter.getMetadataToSave(model, sparkSession()));
      write(files, new Path(path, DATA), TrainedFunctionJson.text(trained));
      if (!trained.rows().isEmpty()) {
        write(files, new Path(path, ROWS), trained.rows().toBytes());
      }
      if (!trained.intervals().isEmpty()) {
        write(files, new Path(path, INTERVALS), PredictionIntervalsJson.text(trained.intervals()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(FileSystem files, Path file, String text) throws IOException {
    write(files, file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(FileSystem files, Path file, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(file)) {
      out.write(bytes);
    }
  }
}
