package io.foldwise.ml.tuning;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.MllibUnits.Deviation;
import io.foldwise.learn.optim.MllibUnits.Label;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;

/**
 * MLlib's {@code LinearRegression} of Huber's loss, whose errors are in units of a scale that is
 * estimated along: the function that is trained is u = (βᵀx + β₀ − y)/σ.
 */
record HuberSetting(LinearRegression estimator) implements FusedSetting.Solved {
  static final String HUBER = "huber";

  @Override
  public Columns columns() {
    return Columns.of(estimator);
  }

  @Override
  public Loss loss() {
    return Loss.huber(estimator.getEpsilon());
  }

  @Override
  public ModelForm form() {
    return FusedSetting.form(estimator.getFitIntercept(), estimator.getStandardization());
  }

  @Override
  public Penalty penalty(RowFacts rows) {
    return new Penalty(
        0,
        estimator.getRegParam() / 2,
        rows.units(Label.SCALED, estimator.getStandardization(), Deviation.SAMPLE));
  }

  @Override
  public Exact optimizer() {
    return new Exact(true);
  }

  @Override
  public double metric(Metric of, double metric, TrialResult trained) {
    double scale = scale(trained);
    if (of == Metric.MSE) {
      return scale * scale * metric;
    }
    return of == Metric.RMSE || of == Metric.MAE ? scale * metric : Double.NaN;
  }

  @Override
  public Optional<String> objection(TrialResult trained) {
    return Double.isFinite(scale(trained))
        ? Optional.empty()
        : Optional.of("the label does not vary where a fold is held out");
  }

  /** σ, of the label's coefficient −1/σ. */
  private static double scale(TrialResult trained) {
    AffineFunction function = trained.model().powers();
    return -1 / function.coefficient(function.coefficients().length - 1);
  }

  @Override
  public LinearRegressionModel model(TrialResult trained) {
    AffineFunction function = trained.model().powers();
    double[] coefficients = function.coefficients();
    double scale = scale(trained);
    double[] slopes =
        Arrays.stream(coefficients, 0, coefficients.length - 1).map(each -> scale * each).toArray();
    return MllibModels.linear(
        estimator, Vectors.dense(slopes).compressed(), scale * function.intercept(), scale);
  }

  @Override
  public Model<?> model(TrialResult trained, double objective, Dataset<?> rows) {
    return MllibModels.withSummary(estimator, model(trained), objective, rows);
  }
}
