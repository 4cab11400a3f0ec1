package io.foldwise.ml.tuning;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.Params;

/** Which of an evaluator's metrics the engine takes from its own sums. */
final class FusedEvaluator {
  private static final Map<String, Metric> OF_NUMBERS =
      Map.of("mse", Metric.MSE, "rmse", Metric.RMSE, "mae", Metric.MAE, "r2", Metric.R2);

  /** The distance from 0 and 1 that MLlib keeps probabilities at, so small that it has no say. */
  private static final double EPS = 1e-15;

  private FusedEvaluator() {}

  /**
   * The metric of an evaluator, if the engine has it and the evaluator reads the columns that the
   * estimator reads and writes. Else the evaluator itself has to see every prediction.
   */
  static Optional<Metric> metric(Evaluator evaluator, Params estimator) {
    if (evaluator instanceof RegressionEvaluator numbers) {
      // MLlib's r2 of weighted rows sets their squares against a variance that it takes as
      // unbiased.
      boolean isOwn = numbers.getMetricName().equals("r2") && isWeighted(numbers);
      return reads(numbers, estimator, "predictionCol") && !numbers.getThroughOrigin() && !isOwn
          ? Optional.ofNullable(OF_NUMBERS.get(numbers.getMetricName()))
          : Optional.empty();
    }
    if (evaluator instanceof BinaryClassificationEvaluator classes) {
      return reads(classes, estimator, "rawPredictionCol")
              && classes.getMetricName().equals("areaUnderROC")
          ? Optional.of(Metric.AUC)
          : Optional.empty();
    }
    if (evaluator instanceof MulticlassClassificationEvaluator classes) {
      return reads(classes, estimator, "probabilityCol")
              && classes.getMetricName().equals("logLoss")
              && classes.getEps() == EPS
          ? Optional.of(Metric.of(Loss.logistic()))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean reads(Params evaluator, Params estimator, String prediction) {
    return isSame(evaluator, estimator, prediction)
        && isSame(evaluator, estimator, "labelCol")
        && isSame(evaluator, estimator, "weightCol");
  }

  private static boolean isWeighted(Params evaluator) {
    return !FusedSetting.text(evaluator, "weightCol").isEmpty();
  }

  private static boolean isSame(Params evaluator, Params estimator, String param) {
    return FusedSetting.text(evaluator, param).equals(FusedSetting.text(estimator, param));
  }
}
