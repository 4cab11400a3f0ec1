package io.foldwise.ml.tuning;

import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.ml.SGDEstimator;
import io.foldwise.ml.SGDTraining;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A round of settings that descend: one search through the front door. */
final class DescentRound implements Round {
  private final Dataset<Row> frame;
  private final int folds;
  private final List<FusedSetting.Descending> settings;
  private final Optional<Metric> metric;
  private Optional<SGDTraining.Searched> found = Optional.empty();

  DescentRound(
      Dataset<Row> frame,
      int folds,
      List<FusedSetting.Descending> settings,
      Optional<Metric> metric) {
    this.frame = frame;
    this.folds = folds;
    this.settings = settings;
    this.metric = metric;
  }

  @Override
  public List<TrialResult> train(List<Split> splits) {
    SGDTraining.Searched searched =
        SGDTraining.search(
            settings.stream().map(setting -> setting.estimator().training()).toList(),
            frame,
            FoldColumn.NAME,
            folds,
            metric);
    found = Optional.of(searched);
    if (chosen(searched).validation().folds().length != folds) {
      throw new NotFusedException("the folds are not 0 to %d".formatted(folds - 1));
    }
    List<TrialResult> trained = new ArrayList<>();
    for (int setting = 0; setting < settings.size(); setting++) {
      for (Split split : splits) {
        int at = searched.index(setting) * folds + split.fold();
        trained.add(searched.result().trials().get(at));
      }
    }
    return trained;
  }

  private static CandidateSummary chosen(SGDTraining.Searched searched) {
    return searched.result().chosen().orElseThrow();
  }

  @Override
  public double[] scores(List<TrialResult> trained, Metric judged) {
    return trained.stream().mapToDouble(trial -> judged.of(trial.scores().validation())).toArray();
  }

  @Override
  public Model<?> model(int setting, TrialResult trained, Dataset<Row> rows) {
    return settings.get(setting).model(trained);
  }

  /** The search's own final model where it chose the same, else one that is trained for it. */
  @Override
  public Model<?> refit(int setting, Dataset<Row> rows) {
    SGDEstimator<?> estimator = settings.get(setting).estimator();
    return found
        .filter(searched -> chosen(searched).index() == searched.index(setting))
        .<Model<?>>map(searched -> estimator.model(searched.result()))
        .orElseGet(() -> estimator.fit(rows));
  }

  @Override
  public void close() {}
}
