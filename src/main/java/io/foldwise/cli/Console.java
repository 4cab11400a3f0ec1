package io.foldwise.cli;

import java.io.PrintWriter;
import org.apache.spark.sql.SparkSession;

/**
 * Where a command speaks: results on standard output, progress on standard error.
 *
 * @param out standard output, for people or the JSON
 * @param err standard error, for progress and errors
 * @param loudness how much is said
 */
record Console(PrintWriter out, PrintWriter err, Loudness loudness) {
  /** The property that submit/foldwise sets where its standard error is a terminal. */
  private static final String TERMINAL = "foldwise.terminal";

  /**
   * How much is said.
   *
   * @param json whether standard output is for programs
   * @param quiet whether errors alone are said
   * @param progress whether each phase is announced
   * @param verbose whether results are told in full
   */
  record Loudness(boolean json, boolean quiet, boolean progress, boolean verbose) {}

  static Console of(PrintWriter out, PrintWriter err, Settings settings) {
    boolean quiet = settings.flag(Options.QUIET);
    boolean verbose = settings.flag(Options.VERBOSE);
    boolean watched = Boolean.getBoolean(TERMINAL);
    boolean progress = !quiet && (verbose || watched);
    return new Console(
        out, err, new Loudness(settings.flag(Options.JSON), quiet, progress, verbose));
  }

  /** Announces a phase to whoever watches, and on the pages of Spark. */
  void progress(String line) {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().sparkContext().setJobDescription(line);
    }
    if (loudness.progress()) {
      err.println(line + " ...");
      err.flush();
    }
  }

  /** Prints a remark that a person should read. */
  void note(String line) {
    if (!loudness.quiet()) {
      err.println("note: " + line);
      err.flush();
    }
  }

  /** Prints the result, as JSON where that was asked for, else in words. */
  void result(String json, String words) {
    if (loudness.json()) {
      out.print(json);
    } else if (!loudness.quiet()) {
      out.print(words);
    }
    out.flush();
  }
}
