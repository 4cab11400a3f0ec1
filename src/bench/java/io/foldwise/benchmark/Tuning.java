package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;

import io.foldwise.ml.tuning.FusedCrossValidator;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** MLlib's {@code CrossValidator} against ours on the same program: estimator, grid, evaluator. */
final class Tuning implements Measurement {
  private static final double FASTER_BY = 40;
  private static final double FASTER_BY_ON_SPARSE = 10;
  private static final double FASTER_BY_ON_WIDE = 3;
  private static final double SCORE_TOLERANCE = 1e-6;
  private static final int SETTINGS = 12;
  private static final int MANY = 120;

  /** At which MLlib's iterative solver comes as near as the scores are compared. */
  private static final double TOLERANCE = 1e-9;

  /** On wide rows it stops short even so: 2e-5 from the optimum's score at the least penalty. */
  private static final double WIDE_TOLERANCE = 1e-12;

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
    // The shape of LIBSVM's a9a, then that of hashed words.
    overSparse(
        logistic,
        32_561,
        123,
        14,
        (shape, program) -> race(shape, program, 4, FASTER_BY_ON_SPARSE));
    overSparse(logistic.setTol(WIDE_TOLERANCE), 20_000, 20_000, 75, this::raceOnce);
  }

  private interface Race {
    void over(String shape, Program program);
  }

  /** Sparse rows, fewer where the others are fewer than a million. */
  private void overSparse(LogisticRegression logistic, int n, int features, int stored, Race race) {
    SparseRows data =
        new SparseRows((int) (n * Math.min(1, stage.options().rows() / 1e6)), features, stored);
    try (MllibRows rows =
        new MllibRows(data.frame(stage.spark(), Stage.FOLDS), "label", Stage.FOLDS)) {
      Program program =
          new Program(
              logistic.setLabelCol(rows.label()).setMaxIter(1000),
              logistic.regParam(),
              new MulticlassClassificationEvaluator().setMetricName("logLoss"),
              rows);
      race.over(data.toString(), program);
    }
  }

  /**
   * Rows of two classes of which a few features are 1 and the others 0, the first far more often.
   */
  private record SparseRows(int n, int features, int stored) {
    Dataset<Row> frame(SparkSession spark, int folds) {
      int d = features;
      int each = stored;
      StructType schema =
          new StructType()
              .add("label", DataTypes.DoubleType, false)
              .add("features", SQLDataTypes.VectorType(), false)
              .add(AssignedRows.FOLD, DataTypes.IntegerType, false);
      return spark.createDataFrame(
          spark.range(0, n, 1, 2).toJavaRDD().map(i -> row(i, d, each, folds)), schema);
    }

    private static Row row(long i, int d, int stored, int folds) {
      SplittableRandom random = new SplittableRandom(i * 0x9E3779B97F4A7C15L);
      TreeSet<Integer> ones = new TreeSet<>();
      double margin = 0;
      while (ones.size() < stored) {
        int j = (int) (d * Math.pow(random.nextDouble(), 2));
        margin += ones.add(j) ? 2 * new SplittableRandom(j).nextDouble() - 1 : 0;
      }
      int[] at = ones.stream().mapToInt(Integer::intValue).toArray();
      double[] cells = new double[at.length];
      Arrays.fill(cells, 1);
      double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
      return RowFactory.create(label, Vectors.sparse(d, at, cells), (int) (i % folds));
    }

    @Override
    public String toString() {
      return "%,d × %,d sparse rows, %d ones each".formatted(n, features, stored);
    }
  }

  private interface Programming {
    Program over(MllibRows rows);
  }

  private void over(BenchmarkData.Label label, Programming programming, double tenTimes) {
    BenchmarkData data = stage.data(label, stage.options().rows(), BenchmarkData.FEATURES);
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS);
        MllibRows rows = new MllibRows(assigned)) {
      race(data.shape().toString(), programming.over(rows), tenTimes, FASTER_BY);
    }
  }

  private void race(String shape, Program program, double tenTimes, double fasterBy) {
    String name = remark(shape, program);
    Contestant<CrossValidatorModel> few =
        new Contestant<>(name, () -> program.run(new FusedCrossValidator(), SETTINGS));
    Contestant<CrossValidatorModel> many =
        new Contestant<>(
            name + ", %d settings".formatted(MANY),
            () -> program.run(new FusedCrossValidator(), MANY));
    stage.race(List.of(few, many));
    against(shape, program, few.median(), fasterBy);
    table.add(
        "FusedCrossValidator(%s): %d settings over %d, %s".formatted(name, MANY, SETTINGS, shape),
        few.median(),
        many.median(),
        COSTS,
        tenTimes);
  }

  /** Rows over which one run takes a minute: both are timed once, and few settings alone. */
  private void raceOnce(String shape, Program program) {
    String name = remark(shape, program);
    program.run(new FusedCrossValidator(), 2);
    Timed<CrossValidatorModel> ours =
        Timed.once(() -> program.run(new FusedCrossValidator(), SETTINGS));
    stage.progress(name, ours);
    against(shape, program, ours, FASTER_BY_ON_WIDE);
  }

  private String remark(String shape, Program program) {
    String name = program.estimator.getClass().getSimpleName();
    table.remark(
        "FusedCrossValidator(%s): %s, %d folds, %d penalties; input assembled and cached beforehand, for MLlib too, which runs at parallelism 2."
            .formatted(name, shape, Stage.FOLDS, SETTINGS));
    return name;
  }

  private void against(
      String shape, Program program, Timed<CrossValidatorModel> ours, double fasterBy) {
    String name = program.estimator.getClass().getSimpleName();
    program.run(new CrossValidator(), 2);
    Timed<CrossValidatorModel> peer = Timed.once(() -> program.run(new CrossValidator(), SETTINGS));
    stage.progress("MLlib CrossValidator(%s)".formatted(name), peer);
    table.add(
        "MLlib CrossValidator(%s) over FusedCrossValidator, %s".formatted(name, shape),
        peer,
        ours,
        FASTER,
        fasterBy);
    table.limit(
        "mean scores of %d settings, relative to MLlib's".formatted(SETTINGS),
        difference(ours.value().avgMetrics(), peer.value().avgMetrics()),
        SCORE_TOLERANCE);
    table.limit(
        "coefficients of the best model, relative to MLlib's largest",
        apart(coefficients(ours.value()), coefficients(peer.value())),
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
