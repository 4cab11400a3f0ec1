package io.foldwise.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;

/** MLlib's linear regression with the faster of its solvers. */
final class MllibRegression {
  private final MllibRows rows;
  private final Map<Double, String> solverSeconds = new TreeMap<>();

  MllibRegression(MllibRows rows) {
    this.rows = rows;
  }

  /** Warms both solvers up and keeps the faster. */
  void chooseSolver(double lambda) {
    for (String solver : List.of("normal", "l-bfgs")) {
      LinearRegression regression = regression(solver).setRegParam(lambda);
      regression.fit(rows.rows());
      Timed<?> timed = Timed.once(() -> regression.fit(rows.rows()));
      solverSeconds.put(timed.seconds(), solver);
    }
  }

  private String solver() {
    return solverSeconds.values().iterator().next();
  }

  String solverTimes() {
    List<String> times = new ArrayList<>();
    solverSeconds.forEach((seconds, name) -> times.add("%s %.2f s".formatted(name, seconds)));
    return String.join(", ", times);
  }

  private LinearRegression regression(String solver) {
    return new LinearRegression()
        .setLabelCol(rows.label())
        .setStandardization(true)
        .setElasticNetParam(0)
        .setSolver(solver);
  }

  /** Each λ's mean squared error over the folds. */
  double[] run(double[] lambdas) {
    LinearRegression regression = regression(solver());
    ParamMap[] grid =
        Arrays.stream(lambdas)
            .mapToObj(lambda -> new ParamMap().put(regression.regParam().w(lambda)))
            .toArray(ParamMap[]::new);
    return rows.run(
        regression, new RegressionEvaluator().setLabelCol(rows.label()).setMetricName("mse"), grid);
  }
}
