package io.foldwise.cli;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.ScoreHistogram;
import io.foldwise.ml.TrainedFunction;
import io.foldwise.search.Assignment;
import io.foldwise.search.Convergence;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.spark.data.load.Encoding;
import io.foldwise.spark.data.schema.Classes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run that came to its end: the first repeat whole, and the scores of all.
 *
 * @param plan what was asked
 * @param result the result of the first repeat
 * @param data what it was computed over
 * @param moments what training was computed from, where that is moments alone
 * @param repeats one for each repeat, the first included
 * @param seconds what took how long in the first repeat
 */
record Run(
    PlanArguments plan,
    SearchResult result,
    Data data,
    Optional<MomentsSnapshot> moments,
    List<RepeatScore> repeats,
    Seconds seconds) {
  static final String BINNED =
      "auc of more than %,d rows ranks bins of neighbouring decision values, not each alone"
          .formatted(ScoreHistogram.EXACT_ROWS);

  Run {
    repeats = List.copyOf(repeats);
  }

  /**
   * The data of a run.
   *
   * @param name the name that people call the data by: the last part of its path
   * @param positive the value of the label that counts as 1, where one was named
   * @param classes the classes that labels are read as
   * @param weighted whether rows have weights
   * @param strategy how rows are dealt into folds
   * @param assignment the assignment of the first repeat
   * @param encoding what was made of the columns of the file, if anything
   * @param notes what a person should know of how they were read and dealt, each one line
   */
  record Data(
      String name,
      List<String> features,
      String label,
      Optional<String> positive,
      Classes classes,
      boolean weighted,
      String strategy,
      Assignment assignment,
      Optional<Encoding> encoding,
      List<String> notes) {}

  /**
   * What is kept of a repeat.
   *
   * @param testMetric the metric of the test rows; NaN where there are none
   * @param fitSeconds the seconds of aggregate and descent of one fit on loaded data
   * @param chosen the place of the candidate in the grid; 0 where nothing was compared
   * @param refit the final training
   * @param convergence how near that came to its optimum
   */
  record RepeatScore(
      double testMetric,
      double fitSeconds,
      int chosen,
      TrialResult refit,
      Convergence convergence) {
    boolean isShort() {
      return convergence.isShort(refit.trial().candidate().loss());
    }
  }

  /**
   * Wall-clock seconds before the search.
   *
   * @param startup the seconds from the JVM's start until the session is ready
   */
  record Seconds(double startup, double load, double assign, Session session) {}

  /**
   * The rows that the refit was trained on, which are counted; the assignment's may be expected
   * ones.
   */
  long trainingRows() {
    return result.refit().scores().training().rows();
  }

  /** The chosen model and what it was trained for. */
  TrainedFunction trained() {
    Loss loss = result.refit().trial().candidate().loss();
    return new TrainedFunction(result.refit().model(), loss, data.positive().orElse(""))
        .with(data.classes)
        .with(result.inference().predictions());
  }

  /** What a person is told of the chosen model on unseen rows: first what it was judged by. */
  List<Metric> toldMetrics() {
    return Stream.concat(
            plan.judging().metrics().stream(), Metric.told(plan.objective().loss()).stream())
        .distinct()
        .toList();
  }

  /** What a person should know beside the numbers, each one line. */
  List<String> notes() {
    ShortOfOptimum ends = new ShortOfOptimum(this);
    return Stream.of(
            data.notes().stream(),
            result.engine().notes().stream(),
            ends.idle().stream(),
            ends.notes().stream(),
            ofScores().stream())
        .flatMap(notes -> notes)
        .toList();
  }

  private List<String> ofScores() {
    boolean validated =
        isSearch() && plan.judging().metrics().contains(Metric.AUC) && isBinned(trainingRows());
    boolean tested =
        toldMetrics().contains(Metric.AUC)
            && result.test().map(test -> isBinned(test.rows())).orElse(false);
    List<String> notes = new ArrayList<>();
    if (validated || tested) {
      notes.add(BINNED);
    }
    Loss loss = plan.objective().loss();
    long judges =
        result.ranked().stream()
            .map(each -> each.candidate().loss().parameter())
            .distinct()
            .count();
    if (judges > 1 && plan.judging().metric() == Metric.of(loss)) {
      notes.add(
          "'metric' (%s) is another score for each '%s', so that its values do not compare: judge by one that is the same for all, such as --metric mae"
              .formatted(plan.judging().metric(), loss.parameterName()));
    }
    return notes;
  }

  static boolean isBinned(long rows) {
    return rows > ScoreHistogram.EXACT_ROWS;
  }

  /** Whether folds were held out. */
  boolean isSearch() {
    return result.chosen().isPresent();
  }
}
