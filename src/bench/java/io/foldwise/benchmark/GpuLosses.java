package io.foldwise.benchmark;

import io.foldwise.Asked;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The same small search by SQL and by the CPU's own engines, a loss at a time. */
record GpuLosses(SparkSession spark, GpuCheckOptions options, GpuReport report)
    implements Measurement {
  private static final long ROWS = 20_000;
  private static final int FEATURES = 8;
  private static final int FOLDS = 3;

  /** Of relative differences between SQL and the CPU's own engines. */
  static final double BOUND = 1e-9;

  /**
   * Minibatches: over all rows the constant that descent starts from has a gradient of rounding
   * errors, which Adam scales to full steps (1e-7 of a coefficient, Huber loss on plain Spark).
   */
  private static final String GRID =
      "optimizer=nesterov,adam; l2=0,0.1; batch-size=10000; epochs=2; learning-rate=0.01";

  @Override
  public void run() {
    report.table("loss", "scores differ by", "coefficients differ by", "bound", "met?");
    // The labels of these data may be negative, which losses with a log link do not take.
    Loss.kinds().stream()
        .filter(loss -> loss.target() != TargetType.MULTICLASS && !loss.isLogLink())
        .forEach(this::compare);
    report.line("");
    report.line(
        "%,d rows × %d features, %d folds, %s; relative: scores to the CPU's, coefficients to the largest."
            .formatted(ROWS, FEATURES, FOLDS, GRID));
  }

  private void compare(Loss loss) {
    BenchmarkData.Label label =
        loss.isBinary() ? BenchmarkData.Label.LOGISTIC : BenchmarkData.Label.LINEAR;
    report.attempt(
        () -> compare(loss, new BenchmarkData.Shape(label, ROWS, FEATURES)),
        why -> report.row(loss.label(), "failed: " + why, "", "", "**no**"));
  }

  private void compare(Loss loss, BenchmarkData.Shape shape) {
    BenchmarkData data = BenchmarkData.in(spark, options.work(), shape);
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, FOLDS)) {
      EngineRequest sql = Asked.of("sql", "auto", options.processor().device());
      show(
          loss,
          new FoldwiseSearch(data, loss, GRID, FOLDS, EngineRequest.AUTO).run(assigned),
          new FoldwiseSearch(data, loss, GRID, FOLDS, sql).run(assigned));
    }
  }

  private void show(Loss loss, SearchResult own, SearchResult sql) {
    double scores = GpuRun.difference(sql.trials(), own.trials());
    double coefficients = coefficients(own.trials(), sql.trials());
    report.row(
        "%s (%s against %s)".formatted(loss.label(), sql.engine().name(), own.engine().name()),
        GpuReport.difference(scores),
        GpuReport.difference(coefficients),
        "<= %.0e".formatted(BOUND),
        report.verdict(scores <= BOUND && coefficients <= BOUND));
  }

  private static double coefficients(List<TrialResult> own, List<TrialResult> sql) {
    double most = 0;
    for (int i = 0; i < own.size(); i++) {
      most = Math.max(most, difference(own.get(i).model().powers(), sql.get(i).model().powers()));
    }
    return most;
  }

  private static double difference(AffineFunction own, AffineFunction sql) {
    double largest = Math.abs(own.intercept());
    double most = Math.abs(own.intercept() - sql.intercept());
    for (int j = 0; j < own.coefficients().length; j++) {
      largest = Math.max(largest, Math.abs(own.coefficients()[j]));
      most = Math.max(most, Math.abs(own.coefficients()[j] - sql.coefficients()[j]));
    }
    return most / largest;
  }
}
