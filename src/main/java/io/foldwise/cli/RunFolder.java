package io.foldwise.cli;

import io.foldwise.ml.PreparedModel;
import io.foldwise.ml.SGDModel;
import io.foldwise.report.ReportPage;
import io.foldwise.spark.data.fold.RowSketch;
import io.foldwise.spark.data.load.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a run: result.json, report.html, candidates.csv, curves.csv, model/ and, on
 * request, predictions.csv, all or none.
 */
record RunFolder(OutputLocation place) implements AutoCloseable {
  static final String RESULT = "result.json";
  static final String REPORT = "report.html";
  static final String MODEL = "model";

  private static final long ROWS_PER_FILE = 1_000_000;

  /**
   * Checks where a run is to be written.
   *
   * @throws io.foldwise.input.InvalidInputException if there is something else, or a run and no
   *     leave to overwrite it
   */
  static RunFolder at(String path, boolean overwrite) {
    return new RunFolder(
        OutputLocation.at(path, overwrite, names -> Arrays.asList(names).contains(RESULT)));
  }

  /**
   * Writes the run.
   *
   * @param json the text of result.json
   * @param report what report.html is made from
   * @param rows the rows of training
   */
  void write(Run run, String json, String report, RowSketch rows) {
    Path scratch = place.scratch();
    place.text(new Path(scratch, RESULT), out -> out.write(json));
    place.text(new Path(scratch, REPORT), out -> ReportPage.write(report, out));
    place.text(
        new Path(scratch, "candidates.csv"), out -> new CandidatesCsv(run).write(new CsvText(out)));
    place.text(new Path(scratch, "curves.csv"), out -> new CurvesCsv(run).write(new CsvText(out)));
    if (WeightsCsv.isTraceable(run)) {
      place.text(
          new Path(scratch, "weights.csv"),
          out ->
              new WeightsCsv(run.moments().orElseThrow(), run.result().refit())
                  .write(new CsvText(out)));
    }
    SGDModel model = SGDModel.of(run.trained().with(rows)).setLabelCol(run.data().label());
    save(
        new PreparedModel(run.data().encoding().map(Encoding::stage), model),
        new Path(scratch, MODEL));
    place.commit(scratch);
  }

  /** Writes predictions: a file up to 1,000,000 rows, a directory of files above. */
  void write(OutOfFold predictions) {
    Path target = new Path(place.scratch(), "predictions.csv");
    if (predictions.count() > ROWS_PER_FILE) {
      new CsvParts(place.files(), target).write(predictions.rows(), "none");
      return;
    }
    Path parts = new Path(place.scratch(), "predictions_parts");
    Path only = new CsvParts(place.files(), parts).only(predictions.rows().coalesce(1), "none");
    try {
      if (!place.files().rename(only, target)) {
        throw new IOException("cannot rename " + only + " to " + target);
      }
      place.files().delete(parts, true);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void save(PreparedModel model, Path path) {
    try {
      model.save(path.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    place.close();
  }
}
