package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Where descent ends, against answers that others find in other ways: Spark MLlib 4.0.1 on the same
 * rows, run here, and optima by enumeration.
 */
final class ConvergenceTest {
  private static final double MLLIB = 1e-4;
  private static final String DESCENT = "optimizer=nesterov; batch-size=full; epochs=3000; ";

  /**
   * MLlib's λ is of the deviation ÷(n − 1), ours of ÷n: l2 = λ/2·n/(n − 1), l1 = λ·√(n/(n − 1)).
   */
  private static final double LAMBDA = 0.02;

  @Test
  void logisticRegressionIsMllibs() {
    TrainingRows rows = noisyClasses();
    double n = rows.n();
    assertMllibs(rows, 0, 0, "l2=0");
    assertMllibs(rows, LAMBDA, 0, "l2=" + LAMBDA / 2 * n / (n - 1));
    assertMllibs(rows, LAMBDA, 1, "l1=" + LAMBDA * Math.sqrt(n / (n - 1)));
  }

  private static void assertMllibs(TrainingRows rows, double lambda, double alpha, String penalty) {
    LogisticRegressionModel theirs =
        new LogisticRegression()
            .setRegParam(lambda)
            .setElasticNetParam(alpha)
            .setTol(1e-12)
            .setMaxIter(1000)
            .fit(vectors(rows));
    TrialResult ours = fit(new Logistic(), rows, DESCENT + penalty);
    assertCoefficients(theirs.intercept(), theirs.coefficients(), ours);
  }

  @Test
  void logisticRegressionWithoutInterceptIsMllibs() {
    TrainingRows rows = noisyClasses();
    LogisticRegressionModel theirs =
        new LogisticRegression()
            .setFitIntercept(false)
            .setTol(1e-12)
            .setMaxIter(1000)
            .fit(vectors(rows));
    TrialResult ours = fit(new Logistic(), rows, DESCENT + "fit-intercept=false");
    assertCoefficients(0, theirs.coefficients(), ours);
  }

  /** MLlib fits the scale σ of the errors with the weights; at its σ, δ = ε·σ (Owen 2007). */
  @Test
  void huberRegressionIsMllibsAtItsScale() throws Exception {
    TrainingRows rows = TrainingRows.random(300, 2, 1, 92, LossContract::plane);
    for (int i = 0; i < 30; i++) {
      rows = rows.withLabel(i, rows.y()[i] + (i % 3 == 0 ? -8 : 15));
    }
    double epsilon = 1.35;
    LinearRegression huber =
        new LinearRegression().setLoss("huber").setEpsilon(epsilon).setTol(1e-12).setMaxIter(1000);
    Dataset<Row> vectors = vectors(rows);
    LinearRegressionModel theirs = withStack(() -> huber.fit(vectors));
    TrialResult ours = fit(new Huber(1), rows, DESCENT + "delta=" + epsilon * theirs.scale());
    assertCoefficients(theirs.intercept(), theirs.coefficients(), ours);
  }

  /**
   * Its optimiser solves by the machine's LAPACK: OpenBLAS overflows the stack of a Java thread.
   */
  private static <T> T withStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(null, task, "with stack", 64L << 20).start();
    return task.get();
  }

  /** The optimum of that linear program is a plane through as many rows as it has weights. */
  @Test
  void theMedianReachesTheLeastAbsoluteDeviations() {
    TrainingRows rows = TrainingRows.random(40, 2, 1, 93, LossContract::plane);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rows.n(); i++) {
      for (int j = 0; j < i; j++) {
        for (int l = 0; l < j; l++) {
          least = Math.min(least, deviations(rows, planeThrough(rows, i, j, l)));
        }
      }
    }
    String grid = "batch-size=full; epochs=5000; learning-rate=0.1; schedule=cosine; tau=0.5";
    TrialResult median = fit(new Quantile(0.5), rows, grid);
    double reached = deviations(rows, Agreement.powers(median));
    assertTrue(reached >= least * (1 - 1e-12), reached + " < " + least);
    assertEquals(least, reached, 1e-3 * least);
    assertEquals(
        reached / 2, Metric.of(new Quantile(0.5)).of(median.scores().training()), 1e-9 * reached);
    TrialResult absolute = fit(new Absolute(), rows, grid.replace("; tau=0.5", ""));
    assertEquals(least, Metric.MAE.of(absolute.scores().training()), 1e-3 * least);
  }

  /** Cramer's rule: the constant and two slopes of the plane through three rows. */
  private static double[] planeThrough(TrainingRows rows, int... of) {
    double[][] a = new double[3][];
    double[] y = new double[3];
    for (int i = 0; i < 3; i++) {
      a[i] = new double[] {1, rows.x()[of[i]][0], rows.x()[of[i]][1]};
      y[i] = rows.y()[of[i]];
    }
    double all = determinant(a);
    double[] plane = new double[3];
    for (int column = 0; column < 3; column++) {
      double[][] replaced = {a[0].clone(), a[1].clone(), a[2].clone()};
      for (int i = 0; i < 3; i++) {
        replaced[i][column] = y[i];
      }
      plane[column] = determinant(replaced) / all;
    }
    return plane;
  }

  private static double determinant(double[][] a) {
    return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1])
        - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0])
        + a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
  }

  private static double deviations(TrainingRows rows, double[] plane) {
    double sum = 0;
    for (int i = 0; i < rows.n(); i++) {
      double[] x = rows.x()[i];
      sum += Math.abs(plane[0] + plane[1] * x[0] + plane[2] * x[1] - rows.y()[i]);
    }
    return sum / rows.n();
  }

  /**
   * Rows like those of a9a: 123 features that are 0 or 1, about 14 of them 1, a quarter positive.
   */
  @Test
  void sparseLogisticRegressionIsAsAccurateAsMllibs() {
    Random random = new Random(94);
    double[] truth = random.doubles(123, -1.5, 1.5).toArray();
    double[][] x = new double[1500][123];
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double z = -1.5;
      for (int j = 0; j < truth.length; j++) {
        x[i][j] = random.nextDouble() < 14.0 / 123 ? 1 : 0;
        z += x[i][j] * truth[j];
      }
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
    }
    TrainingRows rows = TrainingRows.dealt(x, y, 3, random);
    double theirs = accuracy(rows);
    String grid = "optimizer=nesterov; batch-size=100; epochs=30; l2=0.005; schedule=cosine";
    SearchPlan plan = Setting.of(new Logistic()).plan(rows, grid);
    try (TrialEngine engine =
        SparkEngines.open(plan, Frames.vectors(rows, 3), EngineRequest.AUTO)) {
      List<TrialResult> trained = engine.train(EngineContract.trials(plan));
      TrialResult.Scores all = engine.score(trained, Metric.ACCURACY).trials().get(0);
      assertEquals(theirs, Metric.ACCURACY.of(all.training()), 0.005);
      assertTrue(theirs > 0.8, "the task can be learnt: " + theirs);
    }
  }

  private static double accuracy(TrainingRows rows) {
    return new LogisticRegression()
        .setRegParam(0.01)
        .setTol(1e-10)
        .setMaxIter(500)
        .fit(vectors(rows))
        .summary()
        .accuracy();
  }

  private static TrainingRows noisyClasses() {
    TrainingRows rows =
        TrainingRows.random(400, 3, 1, 91, x -> 0.3 * x[0] - 0.2 * x[1] + 0.1 * x[2]);
    return rows.asClasses(0.2);
  }

  private static Dataset<Row> vectors(TrainingRows rows) {
    return Frames.vectors(rows, 2).training().select("features", "label");
  }

  private static TrialResult fit(Loss loss, TrainingRows rows, String grid) {
    SearchPlan plan = Setting.of(loss).plan(rows, grid);
    try (TrialEngine engine =
        SparkEngines.open(plan, Frames.engineRows(rows, 3), EngineRequest.AUTO)) {
      return engine.train(List.of(Trial.of(plan.candidates().get(0), Split.NONE))).get(0);
    }
  }

  private static void assertCoefficients(double intercept, Vector theirs, TrialResult ours) {
    double[] expected = new double[theirs.size() + 1];
    expected[0] = intercept;
    System.arraycopy(theirs.toArray(), 0, expected, 1, theirs.size());
    Agreement.assertCoefficients(expected, Agreement.powers(ours), MLLIB, ours.trial().toString());
  }
}
