package io.foldwise.ml;

import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Tweedie;
import io.foldwise.search.Axis;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Linear and polynomial regression by minibatch gradient descent, as a spark.ml estimator.
 *
 * <p>It minimises mean ℓ(ŷ, y) + λ(α‖w‖₁ + (1 − α)/2·‖w‖²) over the rows, by their weights, with λ
 * {@code regParam} and α {@code elasticNetParam}. For {@code loss} squared, ℓ is ½(ŷ − y)²/s_y² and
 * λ counts as λ/s_y, s_y being the label's deviation: with {@code optimizer} exact this is MLlib's
 * {@code LinearRegression} at its optimum, normal equations and all. The losses absolute |ŷ − y|,
 * huber, quantile and epsilon-insensitive are in the label's units; poisson, gamma and tweedie are
 * deviances of the mean exp(ŷ), which the model predicts.
 *
 * <pre>{@code
 * SGDRegressionModel model = new SGDRegressor()
 *     .setFeaturesCols(new String[] {"bmi", "bp"}).setLabelCol("target")
 *     .setOptimizer("nesterov").setMaxIter(200)
 *     .fit(patients);
 * }</pre>
 */
public final class SGDRegressor extends Regressor<Vector, SGDRegressor, SGDRegressionModel>
    implements SGDParams<SGDRegressor>, SGDEstimator<SGDRegressionModel>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private static final List<Loss> LOSSES =
      Loss.kinds().stream().filter(loss -> !loss.isOfClasses()).toList();

  private final String uid;
  private final SGDParamSet own;
  private final DoubleParam delta;
  private final DoubleParam tau;
  private final DoubleParam epsilon;
  private final DoubleParam power;

  public SGDRegressor() {
    this(Identifiable$.MODULE$.randomUID("sgdRegressor"));
  }

  public SGDRegressor(String uid) {
    this(PendingUid.announce(uid), LOSSES);
  }

  private SGDRegressor(String uid, List<Loss> losses) {
    this.uid = PendingUid.taken(uid);
    this.own = new SGDParamSet(this, losses);
    this.delta =
        new DoubleParam(
            this,
            "delta",
            "the error > 0 from which the huber loss is a straight line, in the label's units;"
                + " not set: one that suits the labels",
            ParamValidators.gt(0));
    this.tau =
        new DoubleParam(
            this,
            "tau",
            "the quantile in (0, 1) of the quantile loss",
            ParamValidators.inRange(0, 1, false, false));
    setDefault(tau, Quantile.DEFAULT_TAU);
    this.epsilon =
        new DoubleParam(
            this,
            "epsilon",
            "the error >= 0 up to which the epsilon-insensitive loss is 0, in the label's units",
            ParamValidators.gtEq(0));
    setDefault(epsilon, EpsilonInsensitive.DEFAULT_EPSILON);
    this.power =
        new DoubleParam(
            this,
            "power",
            "the power in (1, 2) of the mean that the variance of the tweedie loss follows",
            ParamValidators.inRange(1, 2, false, false));
    setDefault(power, Tweedie.DEFAULT_POWER);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<SGDRegressor> read() {
    return SavedStage.reader(SGDRegressor.class, SGDRegressor::new);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds none
   */
  public static SGDRegressor load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return PendingUid.orElse(uid);
  }

  @Override
  public SGDParamSet own() {
    return own;
  }

  @Override
  public SGDRegressor self() {
    return this;
  }

  /**
   * δ, the error from which the huber loss is a straight line; one that suits the labels if unset.
   */
  public DoubleParam delta() {
    return delta;
  }

  public double getDelta() {
    return (Double) getOrDefault(delta);
  }

  public SGDRegressor setDelta(double value) {
    set(delta, value);
    return this;
  }

  /** τ, the quantile of the quantile loss. */
  public DoubleParam tau() {
    return tau;
  }

  public double getTau() {
    return (Double) getOrDefault(tau);
  }

  public SGDRegressor setTau(double value) {
    set(tau, value);
    return this;
  }

  /** ε, the error up to which the epsilon-insensitive loss is 0. */
  public DoubleParam epsilon() {
    return epsilon;
  }

  public double getEpsilon() {
    return (Double) getOrDefault(epsilon);
  }

  public SGDRegressor setEpsilon(double value) {
    set(epsilon, value);
    return this;
  }

  /** p, the power of the mean that the variance of the tweedie loss follows. */
  public DoubleParam power() {
    return power;
  }

  public double getPower() {
    return (Double) getOrDefault(power);
  }

  public SGDRegressor setPower(double value) {
    set(power, value);
    return this;
  }

  @Override
  public SGDRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return train(dataset);
  }

  @Override
  public SGDRegressionModel train(Dataset<?> dataset) {
    return model(training().fit(dataset.toDF()));
  }

  @Override
  public SGDTraining training() {
    return new SGDTraining(this, grid());
  }

  @Override
  public SGDRegressionModel model(TrialResult trained) {
    SGDRegressionModel model = SGDRegressionModel.of(uid(), TrainedFunction.of(trained));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public SGDRegressionModel model(SearchResult result) {
    return model(result.refit()).withSummary(SGDSummary.of(result));
  }

  private Grid grid() {
    Grid grid =
        Grid.defaults()
            .with(Axis.TAU, Double.toString(getTau()))
            .with(Axis.EPSILON, Double.toString(getEpsilon()))
            .with(Axis.POWER, Double.toString(getPower()));
    return isDefined(delta) ? grid.with(Axis.DELTA, Double.toString(getDelta())) : grid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return SGDTraining.transformed(schema, this, super::transformSchema);
  }

  @Override
  public SGDRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
