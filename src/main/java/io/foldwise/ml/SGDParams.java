package io.foldwise.ml;

import io.foldwise.search.Axis;
import io.foldwise.search.Grid;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The Params that {@link SGDRegressor} and {@link SGDClassifier} share, their getters and setters.
 *
 * @param <T> the estimator, which setters return
 */
public interface SGDParams<T extends Params> extends Params {
  /** The Params themselves. */
  SGDParamSet own();

  /** This estimator. */
  T self();

  /** λ, the size of the penalty λ·(α‖w‖₁ + (1 − α)/2·‖w‖²), as MLlib means it. */
  default DoubleParam regParam() {
    return own().regParam;
  }

  /** α, the share of the penalty that is l1. */
  default DoubleParam elasticNetParam() {
    return own().elasticNetParam;
  }

  /** Whether there is an intercept, which no penalty touches. */
  default BooleanParam fitIntercept() {
    return own().fitIntercept;
  }

  /** Whether features are divided by their deviations while they are trained on. */
  default BooleanParam standardization() {
    return own().standardization;
  }

  /** The epochs, each of which visits every row once. */
  default IntParam maxIter() {
    return own().maxIter;
  }

  /** The column of row weights; none where it is empty. */
  default Param<String> weightCol() {
    return own().weightCol;
  }

  /** The seed of the order of rows. */
  default LongParam seed() {
    return own().seed;
  }

  /** The columns of the features, in place of a column of vectors. */
  default StringArrayParam featuresCols() {
    return own().featuresCols;
  }

  /** What is minimised. */
  default Param<String> loss() {
    return own().loss;
  }

  /** How weights move. */
  default Param<String> optimizer() {
    return own().optimizer;
  }

  /** The learning rate; one that suits the data where it is not set. */
  default DoubleParam learningRate() {
    return own().learningRate;
  }

  /** How the learning rate falls. */
  default Param<String> schedule() {
    return own().schedule;
  }

  /** μ of momentum and nesterov. */
  default DoubleParam momentum() {
    return own().momentum;
  }

  /** The rows of a minibatch; a number that suits the data where it is not set. */
  default LongParam batchSize() {
    return own().batchSize;
  }

  /** The highest power of the features. */
  default IntParam degree() {
    return own().degree;
  }

  default double getRegParam() {
    return (Double) getOrDefault(regParam());
  }

  default double getElasticNetParam() {
    return (Double) getOrDefault(elasticNetParam());
  }

  default boolean getFitIntercept() {
    return (Boolean) getOrDefault(fitIntercept());
  }

  default boolean getStandardization() {
    return (Boolean) getOrDefault(standardization());
  }

  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  default String getWeightCol() {
    return getOrDefault(weightCol());
  }

  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  default String getLoss() {
    return getOrDefault(loss());
  }

  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  default String getSchedule() {
    return getOrDefault(schedule());
  }

  default double getMomentum() {
    return (Double) getOrDefault(momentum());
  }

  default long getBatchSize() {
    return (Long) getOrDefault(batchSize());
  }

  default int getDegree() {
    return (Integer) getOrDefault(degree());
  }

  default T setRegParam(double value) {
    set(regParam(), value);
    return self();
  }

  default T setElasticNetParam(double value) {
    set(elasticNetParam(), value);
    return self();
  }

  default T setFitIntercept(boolean value) {
    set(fitIntercept(), value);
    return self();
  }

  default T setStandardization(boolean value) {
    set(standardization(), value);
    return self();
  }

  default T setMaxIter(int value) {
    set(maxIter(), value);
    return self();
  }

  default T setWeightCol(String value) {
    set(weightCol(), value);
    return self();
  }

  default T setSeed(long value) {
    set(seed(), value);
    return self();
  }

  default T setFeaturesCols(String[] value) {
    set(featuresCols(), value);
    return self();
  }

  default T setLoss(String value) {
    set(loss(), value);
    return self();
  }

  default T setOptimizer(String value) {
    set(optimizer(), value);
    return self();
  }

  default T setLearningRate(double value) {
    set(learningRate(), value);
    return self();
  }

  /**
   * Sets the schedule.
   *
   * @throws io.foldwise.input.InvalidInputException if it is none
   */
  default T setSchedule(String value) {
    Grid.defaults().with(Axis.SCHEDULE, value);
    set(schedule(), value);
    return self();
  }

  default T setMomentum(double value) {
    set(momentum(), value);
    return self();
  }

  default T setBatchSize(long value) {
    set(batchSize(), value);
    return self();
  }

  default T setDegree(int value) {
    set(degree(), value);
    return self();
  }
}
