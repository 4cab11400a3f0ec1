package io.foldwise.ml.tuning;

import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.ml.SGDEstimator;
import io.foldwise.search.SearchResult;
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
  private Optional<SearchResult> found = Optional.empty();

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
    List<SGDEstimator<?>> estimators = new ArrayList<>();
    settings.forEach(setting -> estimators.add(setting.estimator()));
    SearchResult result = SGDEstimator.search(estimators, frame, FoldColumn.NAME, metric);
    found = Optional.of(result);
    int k = result.chosen().orElseThrow().validation().folds().length;
    if (k != folds) {
      throw new NotFusedException("the folds are not 0 to %d".formatted(folds - 1));
    }
    List<TrialResult> trained = new ArrayList<>();
    for (int candidate = 0; candidate < settings.size(); candidate++) {
      for (Split split : splits) {
        trained.add(result.trials().get(candidate * k + split.fold()));
      }
    }
    return trained;
  }

  @Override
  public double[] scores(List<TrialResult> trained, Metric judged) {
    return trained.stream().mapToDouble(trial -> judged.of(trial.scores().validation())).toArray();
  }

  /** The search's own final model where it chose the same, else one that is trained for it. */
  @Override
  public Model<?> refit(int setting, Dataset<Row> rows) {
    SGDEstimator<?> estimator = settings.get(setting).estimator();
    return found
        .filter(result -> result.chosen().orElseThrow().index() == setting)
        .<Model<?>>map(estimator::model)
        .orElseGet(() -> estimator.fit(rows));
  }

  @Override
  public void close() {}
}
