package io.foldwise.ml.tuning;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.MllibUnits.Deviation;
import io.foldwise.learn.optim.MllibUnits.Label;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.TrialResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;

/** MLlib's {@code LogisticRegression} of two classes. */
record LogisticSetting(LogisticRegression estimator) implements FusedSetting.Solved {
  private static final List<String> BOUNDS =
      List.of(
          "lowerBoundsOnCoefficients",
          "upperBoundsOnCoefficients",
          "lowerBoundsOnIntercepts",
          "upperBoundsOnIntercepts");

  private static final int CLASSES = 2;

  /** A mean log-loss of the rows trained on that only rows without an optimum come to. */
  private static final double SEPARATED = 1e-6;

  LogisticSetting {
    if (estimator.getFamily().toLowerCase(Locale.ROOT).equals("multinomial")) {
      throw new NotFusedException("the engine does not train the multinomial family");
    }
    for (String bound : BOUNDS) {
      if (estimator.isSet(estimator.getParam(bound))) {
        throw new NotFusedException("the engine knows no '%s'".formatted(bound));
      }
    }
  }

  @Override
  public Columns columns() {
    return Columns.of(estimator);
  }

  @Override
  public Loss loss() {
    return Loss.logistic();
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
        lambda * alpha,
        lambda * (1 - alpha) / 2,
        rows.units(Label.KEPT, estimator.getStandardization(), Deviation.SAMPLE));
  }

  /** MLlib believes what a column says of its classes, also of those that no row has. */
  @Override
  public Optional<String> objection(StructField label) {
    return Attribute.fromStructField(label) instanceof NominalAttribute named
            && named.getNumValues().isDefined()
            && (Integer) named.getNumValues().get() != CLASSES
        ? Optional.of("the label is said to have other than two classes")
        : Optional.empty();
  }

  @Override
  public Optional<String> objection(TrialResult trained) {
    MetricSums training = trained.scores().training();
    if (training.labels().deviation() == 0) {
      return Optional.of("a class is missing where a fold is held out");
    }
    return trained.trial().candidate().penalty().isNone()
            && Metric.of(loss()).of(training) < SEPARATED
        ? Optional.of("the classes are separable, and without a penalty there is no optimum")
        : Optional.empty();
  }

  @Override
  public LogisticRegressionModel model(TrialResult trained) {
    AffineFunction function = trained.model().powers();
    return MllibModels.logistic(estimator, function.coefficients(), function.intercept());
  }

  @Override
  public Model<?> model(TrialResult trained, double objective, Dataset<?> rows) {
    return MllibModels.withSummary(estimator, model(trained), objective, rows);
  }
}
