package io.foldwise.ml.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.SearchFailedException;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.job.SessionSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasCollectSubModels;
import org.apache.spark.ml.tuning.ValidatorParams;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What MLlib's validators do, by the engine: every setting is trained with each fold held out and
 * scored there, the best by its mean is trained on all rows.
 *
 * <p>All folds are one round over the rows. Where stages before the last learn from rows, each fold
 * is a round of its own over what they make of the others, and all rows are a last one.
 */
final class FusedTuning {
  private static final Logger LOG = LogManager.getLogger(FusedTuning.class);

  /** The folds of a round in which only fold 0 is held out, and fold 1 is trained on. */
  private static final int TWO = 2;

  private final FusedStages stages;
  private final ParamMap[] grid;
  private final List<FusedSetting> settings;
  private final Evaluator evaluator;
  private final Optional<Metric> metric;
  private final boolean keeps;
  private double[][] scores;
  private TrialResult[][] trials;
  private Model<?>[][] subModels;

  /**
   * @param keeps whether the models of all folds are kept
   */
  private FusedTuning(Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator, boolean keeps) {
    this.stages = FusedStages.of(estimator, grid);
    this.grid = grid.clone();
    this.settings =
        Arrays.stream(grid).map(setting -> FusedSetting.of(stages.last(setting))).toList();
    this.evaluator = evaluator;
    this.keeps = keeps;
    FusedSetting first = settings.get(0);
    List<Optional<Metric>> metrics =
        Arrays.stream(grid)
            .map(setting -> FusedEvaluator.metric(evaluator, stages.last(setting)))
            .distinct()
            .toList();
    this.metric =
        metrics.get(0).filter(each -> metrics.size() == 1).filter(each -> each.fits(first.loss()));
    for (FusedSetting setting : settings) {
      if (!setting.columns().equals(first.columns()) || !setting.loss().equals(first.loss())) {
        throw new NotFusedException("the grid sets columns or the loss");
      }
    }
  }

  /**
   * Tunes as a validator says, or says in the log why MLlib's own has to.
   *
   * @param rows the rows as the model of all of them sees them
   * @param folded the rows with {@link FoldColumn#NAME}, and as the models of folds see them
   * @param heldOut the number of folds that are held out in turn, from the first; where it is 1,
   *     fold 1 is trained on
   * @return empty where the engine cannot take the rows or the settings
   */
  static <V extends ValidatorParams & HasCollectSubModels> Optional<Tuned> tuned(
      V validator, Dataset<Row> rows, Dataset<Row> folded, int heldOut) {
    try {
      return Optional.of(
          SessionSettings.restored(
              rows.sparkSession(),
              () ->
                  new FusedTuning(
                          validator.getEstimator(),
                          validator.getEstimatorParamMaps(),
                          validator.getEvaluator(),
                          validator.getCollectSubModels())
                      .run(rows, folded, heldOut)));
    } catch (Exception | LinkageError failed) {
      String reason =
          reason(failed).orElseThrow(() -> FusedTuning.<RuntimeException>thrown(failed));
      LOG.warn("{} is not fused: {}", validator.uid(), reason);
      return Optional.empty();
    }
  }

  /** Why MLlib's own is to try, where it is the engine that cannot. */
  private static Optional<String> reason(Throwable failed) {
    return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
        .filter(
            cause ->
                cause instanceof NotFusedException
                    || cause instanceof InvalidInputException
                    || cause instanceof SearchFailedException
                    || cause instanceof ArithmeticException
                    || cause instanceof LinkageError)
        .findFirst()
        .map(
            cause ->
                cause instanceof LinkageError
                    ? "this version of Spark is not known to it: " + cause.getMessage()
                    : cause.getMessage());
  }

  /** Throws what Spark threw, which in Scala need not be declared. */
  @SuppressWarnings("unchecked")
  static <E extends Throwable> RuntimeException thrown(Throwable failed) throws E {
    throw (E) failed;
  }

  /**
   * What came of it, by fold that was held out.
   *
   * @param scores the evaluator's metric by fold and setting
   * @param trials what the engine trained, by fold and setting
   * @param subModels the models by fold and setting, where they are kept
   * @param averages the mean over the folds by setting
   * @param best the model of all rows under the setting of the best mean
   */
  record Tuned(
      double[][] scores,
      TrialResult[][] trials,
      Model<?>[][] subModels,
      double[] averages,
      Model<?> best) {}

  private Tuned run(Dataset<Row> rows, Dataset<Row> folded, int heldOut) {
    int folds = Math.max(TWO, heldOut);
    scores = new double[heldOut][];
    trials = new TrialResult[heldOut][];
    subModels = new Model<?>[keeps ? heldOut : 0][];
    Dataset<Row> seen = FusedStages.transformed(folded, stages.leading());
    if (stages.learns()) {
      for (int fold = 0; fold < heldOut; fold++) {
        ofFold(seen, fold, folds);
      }
      double[] averages = averages();
      int best = best(averages);
      return tuned(averages, ofAll(rows, best));
    }
    try (Round round = Round.over(seen, folds, settings, metric)) {
      List<Split> splits = IntStream.range(0, heldOut).mapToObj(Split::without).toList();
      keep(round, seen, splits, 0, List.of());
      double[] averages = averages();
      int best = best(averages);
      Model<?> last = round.refit(best, FusedStages.transformed(rows, stages.leading()));
      return tuned(averages, stages.model(List.of(), last, grid[best]));
    }
  }

  private Tuned tuned(double[] averages, Model<?> model) {
    return new Tuned(scores, trials, subModels, averages, model);
  }

  /** One fold's round, over rows as stages that were fitted to the others make them. */
  private void ofFold(Dataset<Row> seen, int fold, int folds) {
    Column own = col(FoldColumn.NAME);
    Column held = when(own.equalTo(fold), 0).when(own.lt(folds), 1).otherwise(TWO);
    Dataset<Row> apart = seen.withColumn(FoldColumn.NAME, held);
    Dataset<Row> others = apart.where(own.equalTo(1)).drop(FoldColumn.NAME);
    List<Transformer> fitted = stages.fitted(others);
    Dataset<Row> made = FusedStages.transformed(apart, fitted);
    try (Round round = Round.over(made, TWO, settings, metric)) {
      keep(round, made, List.of(Split.without(0)), fold, fitted);
    }
  }

  /** Trains and scores all settings with some folds held out, and keeps what came of it. */
  private void keep(
      Round round,
      Dataset<Row> frame,
      List<Split> splits,
      int firstFold,
      List<Transformer> fitted) {
    List<TrialResult> trained = round.train(splits);
    double[] fused = metric.map(each -> round.scores(trained, each)).orElseGet(() -> new double[0]);
    for (int i = 0; i < splits.size(); i++) {
      int fold = firstFold + i;
      List<TrialResult> own = new ArrayList<>();
      scores[fold] = new double[grid.length];
      for (int setting = 0; setting < grid.length; setting++) {
        int at = setting * splits.size() + i;
        own.add(trained.get(at));
        scores[fold][setting] = fused.length > 0 ? fused[at] : Double.NaN;
      }
      trials[fold] = own.toArray(TrialResult[]::new);
      Column isHeldOut = col(FoldColumn.NAME).equalTo(splits.get(i).fold());
      evaluate(frame.where(isHeldOut).drop(FoldColumn.NAME), own, scores[fold]);
      if (keeps) {
        Dataset<Row> others = frame.where(not(isHeldOut)).drop(FoldColumn.NAME);
        subModels[fold] = new Model<?>[grid.length];
        for (int setting = 0; setting < grid.length; setting++) {
          Model<?> last = round.model(setting, own.get(setting), others);
          subModels[fold][setting] = stages.model(fitted, last, grid[setting]);
        }
      }
    }
  }

  /**
   * Puts the evaluator's own word where the engine has none. The rows are kept while all settings
   * see them, as MLlib keeps them.
   */
  private void evaluate(Dataset<Row> heldOut, List<TrialResult> trained, double[] scores) {
    if (Arrays.stream(scores).noneMatch(Double::isNaN)) {
      return;
    }
    heldOut.persist();
    try {
      for (int setting = 0; setting < grid.length; setting++) {
        if (Double.isNaN(scores[setting])) {
          Model<?> model = settings.get(setting).model(trained.get(setting));
          scores[setting] = evaluator.evaluate(model.transform(heldOut, grid[setting]));
        }
      }
    } finally {
      heldOut.unpersist();
    }
  }

  private Model<?> ofAll(Dataset<Row> rows, int best) {
    Dataset<Row> seen = FusedStages.transformed(rows, stages.leading());
    List<Transformer> fitted = stages.fitted(seen);
    Dataset<Row> made = FusedStages.transformed(seen, fitted);
    Dataset<Row> one = made.withColumn(FoldColumn.NAME, lit(0));
    try (Round round = Round.over(one, 1, List.of(settings.get(best)), metric)) {
      return stages.model(fitted, round.refit(0, made), grid[best]);
    }
  }

  private double[] averages() {
    double[] averages = new double[grid.length];
    for (double[] ofFold : scores) {
      for (int setting = 0; setting < averages.length; setting++) {
        averages[setting] += ofFold[setting];
      }
    }
    for (int setting = 0; setting < averages.length; setting++) {
      averages[setting] /= scores.length;
    }
    return averages;
  }

  /** The first setting of the best mean, as MLlib orders numbers: NaN above all. */
  private int best(double[] averages) {
    int best = 0;
    for (int setting = 1; setting < averages.length; setting++) {
      int order = Double.compare(averages[setting], averages[best]);
      if (evaluator.isLargerBetter() ? order > 0 : order < 0) {
        best = setting;
      }
    }
    return best;
  }
}
