package io.foldwise.benchmark;

import java.util.Arrays;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;

/** MLlib's logistic regression, to its own convergence. */
final class MllibClassification {
  private final MllibRows rows;

  MllibClassification(MllibRows rows) {
    this.rows = rows;
  }

  /** Each λ's mean log-loss over the folds; it penalises by λ/2·‖w‖². */
  double[] run(double[] lambdas) {
    LogisticRegression regression =
        new LogisticRegression()
            .setLabelCol(rows.label())
            .setStandardization(true)
            .setElasticNetParam(0);
    ParamMap[] grid =
        Arrays.stream(lambdas)
            .mapToObj(lambda -> new ParamMap().put(regression.regParam().w(lambda)))
            .toArray(ParamMap[]::new);
    return rows.run(
        regression,
        new MulticlassClassificationEvaluator().setLabelCol(rows.label()).setMetricName("logLoss"),
        grid);
  }
}
