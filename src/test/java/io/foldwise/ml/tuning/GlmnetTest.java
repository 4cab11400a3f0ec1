package io.foldwise.ml.tuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What MLlib's own tests expect of its linear models: coefficients of R's glmnet on the same rows,
 * for Huber's loss of scikit-learn's {@code HuberRegressor}, as they stand in LinearRegressionSuite
 * and LogisticRegressionSuite of Spark. Both stop at a tolerance, so that the bounds are MLlib's
 * own.
 */
class GlmnetTest {
  private static final Dataset<Row> LINEAR = MllibData.ofLinearRegressionSuite();
  private static final Dataset<Row> OUTLIERS = MllibData.withOutliers();
  private static final Dataset<Row> LOGISTIC = MllibData.ofLogisticRegressionSuite();

  private static Model<?> best(Estimator<?> estimator, Evaluator evaluator, Dataset<Row> rows) {
    CrossValidated found =
        new FusedCrossValidator()
            .setEstimator(estimator)
            .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
            .setEvaluator(evaluator)
            .setNumFolds(2)
            .crossValidate(rows);
    assertEquals(1, found.settings().size(), "it went to MLlib's own");
    return found.model().bestModel();
  }

  private static void assertModel(
      double intercept,
      double first,
      double second,
      double tolerance,
      LinearRegressionModel found) {
    assertEquals(intercept, found.intercept(), tolerance * Math.abs(intercept));
    assertEquals(first, found.coefficients().apply(0), tolerance * first);
    assertEquals(second, found.coefficients().apply(1), tolerance * second);
  }

  @ParameterizedTest
  @CsvSource({
    // linear regression with intercept with L1 regularization
    "1.0, 0.57, true, true, 6.242284, 4.019605, 6.679538, 1e-2",
    "1.0, 0.57, true, false, 6.416948, 3.893869, 6.724286, 1e-3",
    // linear regression without intercept with L1 regularization
    "1.0, 0.57, false, true, 0, 6.272927, 4.782604, 1e-2",
    "1.0, 0.57, false, false, 0, 6.207817, 4.775780, 1e-2",
    // linear regression with intercept with L2 regularization
    "0.0, 2.3, true, true, 5.260103, 3.725522, 5.711203, 1e-2",
    "0.0, 2.3, true, false, 5.790885, 3.432373, 5.919196, 1e-2",
    // linear regression without intercept with L2 regularization
    "0.0, 2.3, false, true, 0, 5.493430, 4.223082, 1e-2",
    "0.0, 2.3, false, false, 0, 5.244324, 4.203106, 1e-2",
    // linear regression with intercept with ElasticNet regularization
    "0.3, 1.6, true, true, 5.689855, 3.661181, 6.000274, 1e-2",
    "0.3, 1.6, true, false, 6.113890, 3.407021, 6.152512, 1e-2",
    // linear regression without intercept with ElasticNet regularization
    "0.3, 1.6, false, true, 0, 5.643748, 4.331519, 1e-2",
    "0.3, 1.6, false, false, 0, 5.455902, 4.312266, 1e-2",
  })
  void linearRegressionIsGlmnets(
      double alpha,
      double lambda,
      boolean intercept,
      boolean standardize,
      double expected,
      double first,
      double second,
      double tolerance) {
    for (String solver : new String[] {"normal", "l-bfgs"}) {
      LinearRegression regression =
          new LinearRegression()
              .setElasticNetParam(alpha)
              .setRegParam(lambda)
              .setFitIntercept(intercept)
              .setStandardization(standardize)
              .setSolver(solver);
      LinearRegressionModel model =
          (LinearRegressionModel) best(regression, new RegressionEvaluator(), LINEAR);
      assertModel(expected, first, second, tolerance, model);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // linear regression (huber loss) with intercept without regularization
    "0, true, true, 6.30024044, 4.68998007, 7.19429011, 0.07781016, 1e-3",
    "0, true, false, 6.30024044, 4.68998007, 7.19429011, 0.07781016, 1e-3",
    // linear regression (huber loss) without intercept without regularization
    "0, false, true, 0, 6.71756703, 5.08873222, 2.55602099, 1e-3",
    "0, false, false, 0, 6.71756703, 5.08873222, 2.55602099, 1e-3",
    // linear regression (huber loss) with intercept with L2 regularization
    "0.21, true, true, 3.75275814, 1.97732633, 3.38816722, 3.78736367, 1e-2",
    "0.21, true, false, 4.30171347, 1.73346444, 3.63746999, 3.64727428, 1e-3",
    // linear regression (huber loss) without intercept with L2 regularization
    "0.21, false, true, 0, 2.59679008, 2.26973102, 4.57663119, 1e-2",
    "0.21, false, false, 0, 2.28423908, 2.25196887, 4.59796435, 1e-3",
  })
  void huberRegressionIsScikitLearns(
      double lambda,
      boolean intercept,
      boolean standardize,
      double expected,
      double first,
      double second,
      double scale,
      double tolerance) {
    LinearRegression regression =
        new LinearRegression()
            .setLoss("huber")
            .setRegParam(lambda)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    LinearRegressionModel model =
        (LinearRegressionModel) best(regression, new RegressionEvaluator(), OUTLIERS);
    assertModel(expected, first, second, tolerance, model);
    assertEquals(scale, model.scale(), tolerance * scale);
  }

  @ParameterizedTest
  @CsvSource({
    // binary logistic regression without intercept without regularization
    "0, 0, false, true, 0, -0.3451301, 1.2721785, -0.3537743, -0.7315618, 1e-2",
    // binary logistic regression with intercept with L1 regularization
    "1, 0.12, true, true, -0.07157076, 0, 0, -0.04058143, -0.02322760, 1e-2",
    "1, 0.12, true, false, 0.3602029, 0, 0, -0.1635707, 0, 1e-2",
    // binary logistic regression without intercept with L1 regularization
    "1, 0.12, false, true, 0, 0, 0, -0.05164150, -0.04079129, 1e-2",
    "1, 0.12, false, false, 0, 0, 0, -0.08408014, 0, 1e-2",
    // binary logistic regression with intercept with L2 regularization
    "0, 1.37, true, true, 0.12943705, -0.06979418, 0.10691465, -0.04835674, -0.09939108, 1e-3",
    "0, 1.37, true, false, 0.47553535, -0.05058465, 0.02296823, -0.11368284, -0.06309008, 1e-3",
    // binary logistic regression without intercept with L2 regularization
    "0, 1.37, false, true, 0, -0.05998915, 0.12541885, -0.04697872, -0.09713973, 1e-2",
    "0, 1.37, false, false, 0, -0.005927466, 0.048313659, -0.092956052, -0.053974895, 1e-2",
    // binary logistic regression with intercept with ElasticNet regularization
    "0.38, 0.21, true, true, 0.51344133, -0.04395595, 0, -0.08699271, -0.15249200, 6e-2",
    "0.38, 0.21, true, false, 0.50936159, 0, 0, -0.18569346, -0.05625862, 6e-3",
  })
  void logisticRegressionIsGlmnets(
      double alpha,
      double lambda,
      boolean intercept,
      boolean standardize,
      double expected,
      double a,
      double b,
      double c,
      double d,
      double tolerance) {
    LogisticRegression regression =
        new LogisticRegression()
            .setElasticNetParam(alpha)
            .setRegParam(lambda)
            .setFitIntercept(intercept)
            .setStandardization(standardize)
            .setWeightCol("weight");
    LogisticRegressionModel model =
        (LogisticRegressionModel)
            best(regression, new BinaryClassificationEvaluator().setWeightCol("weight"), LOGISTIC);
    assertEquals(expected, model.intercept(), tolerance * Math.abs(expected));
    double[] glmnet = {a, b, c, d};
    double[] found = model.coefficients().toArray();
    for (int j = 0; j < glmnet.length; j++) {
      double allowed = alpha > 0 ? 5e-3 : tolerance * Math.abs(glmnet[j]);
      assertEquals(glmnet[j], found[j], allowed, () -> java.util.Arrays.toString(found));
    }
    assertArrayEquals(
        new int[] {1, 4},
        new int[] {model.coefficientMatrix().numRows(), model.coefficientMatrix().numCols()});
  }
}
