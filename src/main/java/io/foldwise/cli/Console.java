package io.foldwise.cli;

import io.foldwise.learn.score.Metric;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Where a command speaks: results on standard output, progress on standard error, and both in a
 * browser where that was asked for.
 */
final class Console implements AutoCloseable {
  /** The columns of the terminal, which submit/foldwise says where its standard error is one. */
  private static final String TERMINAL = "foldwise.terminal";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Loudness loudness;
  private final Progress progress = new Progress();
  private final Optional<ProgressLine> line;
  private Optional<LivePage> page = Optional.empty();

  /**
   * How much is said.
   *
   * @param json whether standard output is for programs
   * @param quiet whether errors alone are said
   * @param verbose whether each phase is announced in a line of its own, and results are told in
   *     full
   */
  record Loudness(boolean json, boolean quiet, boolean verbose) {}

  private Console(PrintWriter out, PrintWriter err, Loudness loudness, int width) {
    this.out = out;
    this.err = err;
    this.loudness = loudness;
    boolean watched = !loudness.quiet() && !loudness.verbose() && width > 1;
    this.line = watched ? Optional.of(new ProgressLine(err, width)) : Optional.empty();
    line.ifPresent(shown -> progress.showTo(shown::draw));
  }

  static Console of(PrintWriter out, PrintWriter err, Settings settings) {
    Loudness loudness =
        new Loudness(
            settings.flag(Options.JSON),
            settings.flag(Options.QUIET),
            settings.flag(Options.VERBOSE));
    return new Console(out, err, loudness, Integer.getInteger(TERMINAL, 0));
  }

  /** Standard output, for people or the JSON. */
  PrintWriter out() {
    return out;
  }

  /** Standard error, for progress and errors. */
  PrintWriter err() {
    return err;
  }

  Loudness loudness() {
    return loudness;
  }

  /** Shows all that follows on a page too, and says where that is. */
  void showOn(LivePage opened) {
    page = Optional.of(opened);
    progress.showTo(opened::show);
    err.println("the search, and then its report: " + opened.address());
    err.flush();
  }

  /** Announces a phase to whoever watches, and on the pages of Spark. */
  void progress(String phase) {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().sparkContext().setJobDescription(phase);
    }
    progress.begin(phase);
    if (loudness.verbose() && !loudness.quiet()) {
      err.println(phase + " ...");
      err.flush();
    }
  }

  /** Says how many repeats there are to be, the first of which begins. */
  void repeats(int planned) {
    progress.repeats(planned);
  }

  /**
   * Says that a repeat has ended.
   *
   * @param repeat its number, from 1
   * @param score its score of the test rows; NaN where there are none
   */
  void repeated(int repeat, Metric metric, double score) {
    progress.repeated();
    page.ifPresent(shown -> shown.score(repeat, metric, score));
  }

  /** Prints a remark that a person should read. */
  void note(String remark) {
    if (!loudness.quiet()) {
      String text = "note: " + remark;
      line.ifPresentOrElse(
          shown -> shown.above(text),
          () -> {
            err.println(text);
            err.flush();
          });
    }
    page.ifPresent(shown -> shown.note(remark));
  }

  /** Prints the result, as JSON where that was asked for, else in words. */
  void result(String json, String words) {
    endProgress();
    if (loudness.json()) {
      out.print(json);
    } else if (!loudness.quiet()) {
      out.print(words);
    }
    out.flush();
  }

  /** Has a page that is open become the report. */
  void report(String report) {
    endProgress();
    page.ifPresent(shown -> shown.become(report));
  }

  /** Goes on to show the report, where a page is open, as long as {@code untilEnded} takes. */
  void linger(Runnable untilEnded) {
    page.ifPresent(
        shown -> {
          err.println("the report is shown until Ctrl-C: " + shown.address());
          err.flush();
          untilEnded.run();
        });
  }

  /** Tells whoever looks at a page why the run failed. */
  void fail(Failure failure) {
    page.ifPresent(shown -> shown.fail(failure.line()));
  }

  private void endProgress() {
    progress.end();
    line.ifPresent(ProgressLine::erase);
  }

  /** Ends what is shown of progress, and the page. */
  @Override
  public void close() {
    endProgress();
    page.ifPresent(LivePage::close);
  }
}
