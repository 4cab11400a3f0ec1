package io.foldwise.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Where a command speaks: results on standard output, progress on standard error.
 *
 * @param out standard output, for people or the JSON
 * @param err standard error, for progress and errors
 * @param loudness how much is said
 * @param line where progress is shown, on a terminal
 */
record Console(PrintWriter out, PrintWriter err, Loudness loudness, Optional<ProgressLine> line)
    implements AutoCloseable {
  /** The columns of the terminal, which submit/foldwise says where its standard error is one. */
  private static final String TERMINAL = "foldwise.terminal";

  /**
   * How much is said.
   *
   * @param json whether standard output is for programs
   * @param quiet whether errors alone are said
   * @param verbose whether each phase is announced in a line of its own, and results are told in
   *     full
   */
  record Loudness(boolean json, boolean quiet, boolean verbose) {}

  static Console of(PrintWriter out, PrintWriter err, Settings settings) {
    boolean quiet = settings.flag(Options.QUIET);
    boolean verbose = settings.flag(Options.VERBOSE);
    int width = Integer.getInteger(TERMINAL, 0);
    boolean watched = !quiet && !verbose && width > 1;
    return new Console(
        out,
        err,
        new Loudness(settings.flag(Options.JSON), quiet, verbose),
        watched ? Optional.of(new ProgressLine(err, width)) : Optional.empty());
  }

  /** Announces a phase to whoever watches, and on the pages of Spark. */
  void progress(String phase) {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().sparkContext().setJobDescription(phase);
    }
    line.ifPresent(shown -> shown.begin(phase));
    if (loudness.verbose() && !loudness.quiet()) {
      err.println(phase + " ...");
      err.flush();
    }
  }

  /** Ends what is shown of progress. */
  @Override
  public void close() {
    line.ifPresent(ProgressLine::end);
  }

  /** Prints a remark that a person should read. */
  void note(String remark) {
    line.ifPresent(ProgressLine::erase);
    if (!loudness.quiet()) {
      err.println("note: " + remark);
      err.flush();
    }
  }

  /** Prints the result, as JSON where that was asked for, else in words. */
  void result(String json, String words) {
    close();
    if (loudness.json()) {
      out.print(json);
    } else if (!loudness.quiet()) {
      out.print(words);
    }
    out.flush();
  }
}
