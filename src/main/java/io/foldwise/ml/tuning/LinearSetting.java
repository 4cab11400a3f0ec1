package io.foldwise.ml.tuning;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.MllibUnits.Deviation;
import io.foldwise.learn.optim.MllibUnits.Label;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.TrialResult;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;

/**
 * MLlib's {@code LinearRegression} of squared errors. Its two solvers divide by different standard
 * deviations: the normal equations by the population's, l-bfgs by the sample's.
 */
record LinearSetting(LinearRegression estimator) implements FusedSetting.Solved {
  private static final String SQUARED = "squaredError";
  private static final String ITERATIVE = "l-bfgs";
  private static final String NORMAL = "normal";

  LinearSetting {
    if (!estimator.getLoss().equals(SQUARED)) {
      throw new NotFusedException(
          "the engine has no loss '%s' as MLlib defines it".formatted(estimator.getLoss()));
    }
  }

  @Override
  public Columns columns() {
    return Columns.of(estimator);
  }

  @Override
  public Loss loss() {
    return Loss.squared();
  }

  @Override
  public ModelForm form() {
    return FusedSetting.form(estimator.getFitIntercept(), estimator.getStandardization());
  }

  @Override
  public Penalty penalty(RowFacts rows) {
    double lambda = estimator.getRegParam();
    double alpha = estimator.getElasticNetParam();
    return new Penalty(
        2 * lambda * alpha,
        lambda * (1 - alpha),
        rows.units(Label.DIVIDED, estimator.getStandardization(), deviation(rows.features())));
  }

  private Deviation deviation(int features) {
    return isIterative(features) ? Deviation.SAMPLE : Deviation.POPULATION;
  }

  private boolean isIterative(int features) {
    boolean tooWide = features > LinearRegression.MAX_FEATURES_FOR_NORMAL_SOLVER();
    return estimator.getSolver().equals(ITERATIVE)
        || (tooWide && !estimator.getSolver().equals(NORMAL));
  }

  @Override
  public Optional<String> objection(TrialResult trained) {
    return trained.scores().training().labels().deviation() == 0
        ? Optional.of("the label does not vary where a fold is held out")
        : Optional.empty();
  }

  @Override
  public LinearRegressionModel model(TrialResult trained) {
    AffineFunction function = trained.model().powers();
    Vector coefficients = Vectors.dense(function.coefficients());
    return MllibModels.linear(
        estimator,
        isIterative(coefficients.size()) ? coefficients.compressed() : coefficients,
        function.intercept(),
        1);
  }

  /** MLlib's objective is half of ours, in units of the label's variance. */
  @Override
  public Model<?> model(TrialResult trained, double objective, Dataset<?> rows) {
    LinearRegressionModel model = model(trained);
    MetricSums sums = trained.scores().training();
    double variance = sums.labels().deviation() / sums.weight();
    return MllibModels.withSummary(estimator, model, objective / (2 * variance), rows);
  }
}
