package io.foldwise.ml.tuning;

import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.TrialResult;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every setting over one frame of rows, side by side: all folds of a search, or one of them where
 * earlier stages learn from the rows.
 */
interface Round extends AutoCloseable {
  /**
   * Begins a round.
   *
   * @param frame the columns that the settings read, and {@link FoldColumn#NAME}
   * @param folds the number of folds, k
   * @param settings at least one, all of one kind, one loss and the same columns
   * @param metric what the held-out rows are scored by, if the engine has it
   */
  static Round over(
      Dataset<Row> frame, int folds, List<FusedSetting> settings, Optional<Metric> metric) {
    return settings.get(0) instanceof FusedSetting.Descending
        ? new DescentRound(
            frame,
            folds,
            settings.stream().map(FusedSetting.Descending.class::cast).toList(),
            metric)
        : new OptimumRound(
            frame, folds, settings.stream().map(FusedSetting.Solved.class::cast).toList());
  }

  /** Trains every setting with each fold held out, in the order of settings, then of folds. */
  List<TrialResult> train(List<Split> splits);

  /** A metric of each trial's held-out rows. */
  double[] scores(List<TrialResult> trained, Metric metric);

  /**
   * The model of a trial, with the summary that MLlib gives it where it is MLlib's.
   *
   * @param rows the rows that it was trained on
   */
  Model<?> model(int setting, TrialResult trained, Dataset<Row> rows);

  /** The model of a setting that is trained on all rows, as it is given to the user. */
  Model<?> refit(int setting, Dataset<Row> rows);

  @Override
  void close();
}
