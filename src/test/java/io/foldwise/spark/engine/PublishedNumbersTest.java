package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Numbers of other people's software and closed forms. */
final class PublishedNumbersTest {

  /**
   * scikit-learn 1.2.1: {@code cross_val_score(LinearRegression(), *load_diabetes(return_X_y=True,
   * scaled=False), cv=5)}. With the scaled features, which scikit-learn stores rounded, it is
   * .42955643 .52259828 .4826784 .42650827 .55024923.
   */
  @Test
  void fiveFoldsOfDiabetesHaveScikitLearnsR2() throws IOException {
    double[] expected = {
      0.4295561538258379,
      0.5225993866099365,
      0.48268054134528215,
      0.4264977611104017,
      0.5502483366517519
    };
    double[] actual =
        held(diabetes(5), "optimizer=exact").stream()
            .mapToDouble(result -> Metric.R2.of(result.scores().validation()))
            .toArray();
    assertArrayEquals(expected, actual, 1e-9);
  }

  /**
   * scikit-learn 1.2.1: the same with {@code cv=LeaveOneOut(), scoring='neg_mean_squared_error'}.
   */
  @Test
  void leaveOneOutOfDiabetesHasScikitLearnsError() throws IOException {
    TrainingRows rows = diabetes(442);
    double mean =
        held(rows, "optimizer=exact").stream()
            .mapToDouble(result -> Metric.MSE.of(result.scores().validation()))
            .average()
            .orElseThrow();
    assertEquals(3001.75284699943, mean, 1e-9 * mean);
  }

  /** PRESS: a row's own error is eᵢ/(1 − hᵢ) with the hat matrix of all rows (Allen 1974). */
  @Test
  void leaveOneOutIsThePressOfTheHatMatrix() {
    TrainingRows rows = noisy();
    assertPress(rows, "optimizer=exact", 0);
    assertPress(rows, "optimizer=exact; standardize=false", 0);
  }

  /** With l2 on the mean over n − 1 rows, ridge's λ is (n − 1)·l2, the same for every row. */
  @Test
  void leaveOneOutOfRidgeIsThatOfItsHatMatrix() {
    for (double l2 : new double[] {1e-3, 0.1, 10}) {
      assertPress(noisy(), "optimizer=exact; standardize=false; l2=" + l2, l2);
    }
  }

  /**
   * scikit-learn 1.2.1 on {@code Z = StandardScaler().fit_transform(X)} of the diabetes data:
   * {@code ElasticNet(alpha=1, l1_ratio=.5, tol=1e-15, max_iter=10**6).fit(Z, y).coef_}; l1 =
   * 2·alpha·ratio, l2 = alpha·(1 − ratio).
   */
  @Test
  void elasticNetIsScikitLearns() throws IOException {
    assertStandardised(
        "l1=1; l2=0.5",
        0.637824669562496,
        -5.691797194424009,
        18.097526985873337,
        11.40559625739349,
        -0.24097470272662885,
        -2.3664270267034713,
        -8.221762156507705,
        5.297134794737521,
        15.448213067261674,
        5.057306990093661);
  }

  /** scikit-learn 1.2.1: {@code Lasso(alpha=2, tol=1e-15, max_iter=10**6)}; l1 = 2·alpha. */
  @Test
  void lassoIsScikitLearnsWithItsZeros() throws IOException {
    assertStandardised(
        "l1=4",
        0.0,
        -7.568198382743049,
        24.62283156625824,
        13.177846873989957,
        -2.7168997139607334,
        0.0,
        -10.05358833593672,
        0.0,
        23.14792301259031,
        1.6903714409117054);
  }

  /** scikit-learn 1.2.1: {@code Ridge(alpha=44.2, solver='cholesky')}; l2 = alpha/n. */
  @Test
  void ridgeIsScikitLearns() throws IOException {
    assertStandardised(
        "l2=0.1",
        0.06224876917283029,
        -9.85513831318965,
        23.292423980940978,
        14.353452500407604,
        -3.9700743779258665,
        -3.3688888420181224,
        -8.974539966281403,
        5.5038650189373355,
        21.11002773211175,
        4.126244148921937);
  }

  /** The coefficients of standardised features; descent gets there too. */
  private static void assertStandardised(String penalty, double... expected) throws IOException {
    TrainingRows rows = diabetes(1);
    // mean of y, scikit-learn's intercept_ on centred features
    double mean = 152.13348416289602;
    double[] deviations = deviations(rows);
    // scikit-learn's own tolerance leaves 1e-11 of the largest; descent stops at its rounding
    for (String optimizer :
        List.of(
            "optimizer=exact; ",
            "optimizer=nesterov; momentum=0.98; batch-size=full; epochs=5000; ")) {
      double[] powers = Agreement.powers(train(rows, optimizer + penalty, -1).get(0));
      double[] scaled = new double[expected.length];
      double atMean = powers[0];
      for (int j = 0; j < scaled.length; j++) {
        scaled[j] = powers[j + 1] * deviations[j];
        atMean += powers[j + 1] * mean(rows, j);
        if (expected[j] == 0) {
          assertEquals(0.0, powers[j + 1], 0.0, optimizer + penalty);
        }
      }
      Agreement.assertCoefficients(expected, scaled, 1e-10, optimizer + penalty);
      assertEquals(mean, atMean, 1e-10 * mean);
    }
  }

  private static void assertPress(TrainingRows rows, String grid, double l2) {
    int n = rows.n();
    double[][] z = new double[n][rows.features() + 1];
    for (int i = 0; i < n; i++) {
      z[i][0] = 1;
      System.arraycopy(rows.x()[i], 0, z[i], 1, rows.features());
    }
    RealMatrix design = new Array2DRowRealMatrix(z);
    RealMatrix gram = design.transpose().multiply(design);
    for (int j = 1; j <= rows.features(); j++) {
      gram.addToEntry(j, j, (n - 1) * l2);
    }
    RealMatrix inverse = new LUDecomposition(gram).getSolver().getInverse();
    RealMatrix hat = design.multiply(inverse).multiply(design.transpose());
    double[] fitted = hat.operate(rows.y());
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = Math.pow((rows.y()[i] - fitted[i]) / (1 - hat.getEntry(i, i)), 2);
    }
    double[] actual = new double[n];
    for (TrialResult result : held(rows, grid)) {
      int row = rows.heldOut(result.trial().heldOut())[0];
      actual[row] = Metric.MSE.of(result.scores().validation());
    }
    double largest = MatrixUtils.createRealVector(expected).getLInfNorm();
    assertArrayEquals(expected, actual, 1e-9 * largest, grid);
  }

  private static List<TrialResult> held(TrainingRows rows, String grid) {
    return train(rows, grid, 0);
  }

  /** Every fold from {@code first} on; −1 trains on all rows too. */
  private static List<TrialResult> train(TrainingRows rows, String grid, int first) {
    SearchPlan plan = Setting.squared().plan(rows, grid);
    try (TrialEngine engine =
        SparkEngines.open(plan, Frames.engineRows(rows, 2), EngineRequest.AUTO)) {
      return engine.train(
          EngineContract.trials(plan).stream().filter(t -> t.heldOut() >= first).toList());
    }
  }

  private static TrainingRows noisy() {
    TrainingRows rows =
        TrainingRows.random(40, 3, 40, 41, x -> 5 - x[0] + 0.5 * x[1] + x[2] * x[2]);
    return TrainingRows.dealt(rows.x(), rows.y(), 40, new Random(1));
  }

  private static TrainingRows diabetes(int folds) throws IOException {
    double[][] table = Numbers.table(Path.of("data/diabetes.csv"));
    return TrainingRows.contiguous(Numbers.without(table, 10), Numbers.column(table, 10), folds);
  }

  private static double mean(TrainingRows rows, int j) {
    double mean = 0;
    for (double[] row : rows.x()) {
      mean += row[j] / rows.n();
    }
    return mean;
  }

  private static double[] deviations(TrainingRows rows) {
    double[] deviations = new double[rows.features()];
    for (int j = 0; j < deviations.length; j++) {
      double mean = mean(rows, j);
      for (double[] row : rows.x()) {
        deviations[j] += (row[j] - mean) * (row[j] - mean) / rows.n();
      }
      deviations[j] = Math.sqrt(deviations[j]);
    }
    return deviations;
  }
}
