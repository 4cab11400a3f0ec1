package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;

import io.foldwise.ml.tuning.FusedCrossValidator;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;

/** MLlib's {@code CrossValidator} against ours on the same program: estimator, grid, evaluator. */
final class Tuning implements Measurement {
  private static final double FASTER_BY = 40;
  private static final double SCORE_TOLERANCE = 1e-6;
  private static final int SETTINGS = 12;
  private static final int MANY = 120;

  /** At which MLlib's iterative solver comes as near as the scores are compared. */
  private static final double TOLERANCE = 1e-9;

  private final Stage stage;
  private final RatioTable table;

  Tuning(Stage stage) {
    this.stage = stage;
    this.table = stage.table();
  }

  /** One program, but for the validator and the number of settings. */
  private record Program(
      Estimator<?> estimator, DoubleParam penalty, Evaluator evaluator, MllibRows rows) {
    CrossValidatorModel run(CrossValidator validator, int settings) {
      DoubleUnaryOperator penalties = i -> Math.pow(10, -4 + 4 * i / (settings - 1));
      ParamMap[] grid =
          IntStream.range(0, settings)
              .mapToObj(
                  i ->
                      new ParamMap()
                          .put(List.<ParamPair<?>>of(penalty.w(penalties.applyAsDouble(i)))))
              .toArray(ParamMap[]::new);
      return rows.run(validator, estimator, evaluator, grid);
    }
  }

  @Override
  public void run() {
    LinearRegression linear = new LinearRegression();
    over(
        BenchmarkData.Label.LINEAR,
        rows ->
            new Program(
                linear.setLabelCol(rows.label()),
                linear.regParam(),
                new RegressionEvaluator().setLabelCol(rows.label()),
                rows),
        1.5);
    LogisticRegression logistic = new LogisticRegression().setTol(TOLERANCE);
    over(
        BenchmarkData.Label.LOGISTIC,
        rows ->
            new Program(
                logistic.setLabelCol(rows.label()),
                logistic.regParam(),
                new MulticlassClassificationEvaluator()
                    .setLabelCol(rows.label())
                    .setMetricName("logLoss"),
                rows),
        3);
  }

  private interface Programming {
    Program over(MllibRows rows);
  }

  private void over(BenchmarkData.Label label, Programming programming, double tenTimes) {
    BenchmarkData data = stage.data(label, stage.options().rows(), BenchmarkData.FEATURES);
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS);
        MllibRows rows = new MllibRows(assigned)) {
      race(data, programming.over(rows), tenTimes);
    }
  }

  private void race(BenchmarkData data, Program program, double tenTimes) {
    String name = program.estimator.getClass().getSimpleName();
    table.remark(
        "FusedCrossValidator(%s): %s, %d folds, %d penalties; input assembled and cached beforehand, for MLlib too, which runs at parallelism 2."
            .formatted(name, data.shape(), Stage.FOLDS, SETTINGS));
    Contestant<CrossValidatorModel> few =
        new Contestant<>(name, () -> program.run(new FusedCrossValidator(), SETTINGS));
    Contestant<CrossValidatorModel> many =
        new Contestant<>(
            name + ", %d settings".formatted(MANY),
            () -> program.run(new FusedCrossValidator(), MANY));
    stage.race(List.of(few, many));
    program.run(new CrossValidator(), 2);
    Timed<CrossValidatorModel> peer = Timed.once(() -> program.run(new CrossValidator(), SETTINGS));
    stage.progress("MLlib CrossValidator(%s)".formatted(name), peer);
    table.add(
        "MLlib CrossValidator(%s) over FusedCrossValidator".formatted(name),
        peer,
        few.median(),
        FASTER,
        FASTER_BY);
    table.add(
        "FusedCrossValidator(%s): %d settings over %d".formatted(name, MANY, SETTINGS),
        few.median(),
        many.median(),
        COSTS,
        tenTimes);
    table.limit(
        "mean scores of %d settings, relative to MLlib's".formatted(SETTINGS),
        difference(few.median().value().avgMetrics(), peer.value().avgMetrics()),
        SCORE_TOLERANCE);
    table.limit(
        "coefficients of the best model, relative to MLlib's largest",
        apart(coefficients(few.median().value()), coefficients(peer.value())),
        SCORE_TOLERANCE);
  }

  private static double difference(double[] ours, double[] peer) {
    return IntStream.range(0, peer.length)
        .mapToDouble(i -> Math.abs(ours[i] / peer[i] - 1))
        .max()
        .orElseThrow();
  }

  private static double apart(double[] ours, double[] peer) {
    double largest =
        IntStream.range(0, peer.length).mapToDouble(i -> Math.abs(peer[i])).max().orElseThrow();
    return IntStream.range(0, peer.length)
        .mapToDouble(i -> Math.abs(ours[i] - peer[i]) / largest)
        .max()
        .orElseThrow();
  }

  private static double[] coefficients(CrossValidatorModel tuned) {
    Model<?> best = tuned.bestModel();
    return best instanceof LinearRegressionModel linear
        ? linear.coefficients().toArray()
        : ((LogisticRegressionModel) best).coefficients().toArray();
  }
}
