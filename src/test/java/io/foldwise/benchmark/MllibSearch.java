package io.foldwise.benchmark;

import io.foldwise.spark.data.AssignedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * MLlib's own cross-validation over the same rows and folds, with every advantage: its input is
 * assembled and cached before the clock starts, and its solver is the faster one.
 */
final class MllibSearch implements AutoCloseable {
  private static final int PARALLELISM = 2;

  private final Dataset<Row> rows;
  private final String label;
  private final int folds;
  private final Map<Double, String> solverSeconds = new TreeMap<>();

  MllibSearch(AssignedRows assigned) {
    this.label = assigned.label();
    this.folds = assigned.assignment().folds();
    this.rows =
        new VectorAssembler()
            .setInputCols(assigned.features().toArray(String[]::new))
            .setOutputCol("features")
            .transform(assigned.frame())
            .select("features", label, AssignedRows.FOLD)
            .persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
  }

  /** Warms both solvers up and keeps the faster. */
  void chooseSolver(double lambda) {
    for (String solver : List.of("normal", "l-bfgs")) {
      LinearRegression regression = regression(solver).setRegParam(lambda);
      regression.fit(rows);
      Timed<?> timed = Timed.once(() -> regression.fit(rows));
      solverSeconds.put(timed.seconds(), solver);
    }
  }

  String solver() {
    return solverSeconds.values().iterator().next();
  }

  String solverTimes() {
    List<String> times = new ArrayList<>();
    solverSeconds.forEach((seconds, name) -> times.add("%s %.2f s".formatted(name, seconds)));
    return String.join(", ", times);
  }

  private LinearRegression regression(String solver) {
    return new LinearRegression()
        .setLabelCol(label)
        .setStandardization(true)
        .setElasticNetParam(0)
        .setSolver(solver);
  }

  /** Each λ's mean squared error over the folds. */
  double[] run(double[] lambdas) {
    LinearRegression regression = regression(solver());
    ParamMap[] grid = new ParamMap[lambdas.length];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = new ParamMap().put(regression.regParam().w(lambdas[i]));
    }
    return new CrossValidator()
        .setEstimator(regression)
        .setEvaluator(new RegressionEvaluator().setLabelCol(label).setMetricName("mse"))
        .setEstimatorParamMaps(grid)
        .setNumFolds(folds)
        .setFoldCol(AssignedRows.FOLD)
        .setParallelism(PARALLELISM)
        .fit(rows)
        .avgMetrics();
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}
