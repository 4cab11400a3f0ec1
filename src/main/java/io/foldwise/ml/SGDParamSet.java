package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.search.Axis;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The Params of {@link SGDParams} as they belong to one estimator. Their defaults are those of the
 * axes of a grid.
 */
public final class SGDParamSet implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_DEGREE = 1000;
  private static final long DEFAULT_SEED = 42;

  final DoubleParam regParam;
  final DoubleParam elasticNetParam;
  final BooleanParam fitIntercept;
  final BooleanParam standardization;
  final IntParam maxIter;
  final Param<String> weightCol;
  final LongParam seed;
  final StringArrayParam featuresCols;
  final Param<String> loss;
  final Param<String> optimizer;
  final DoubleParam learningRate;
  final Param<String> schedule;
  final DoubleParam momentum;
  final LongParam batchSize;
  final IntParam degree;

  /**
   * @param owner the estimator, whose uid is known
   * @param losses the losses that it can minimise, the default first
   */
  SGDParamSet(Params owner, List<Loss> losses) {
    regParam =
        new DoubleParam(
            owner,
            "regParam",
            "lambda >= 0, the size of the penalty"
                + " lambda * (alpha * |w|_1 + (1 - alpha) / 2 * |w|_2^2)",
            ParamValidators.gtEq(0));
    elasticNetParam =
        new DoubleParam(
            owner,
            "elasticNetParam",
            "alpha in [0, 1], the share of the penalty that is l1: 0 is ridge, 1 is lasso",
            ParamValidators.inRange(0, 1));
    fitIntercept =
        new BooleanParam(
            owner, "fitIntercept", "whether there is an intercept, which no penalty touches");
    standardization =
        new BooleanParam(
            owner,
            "standardization",
            "whether features are divided by their deviations while they are trained on;"
                + " coefficients are in the units of the data all the same");
    maxIter =
        new IntParam(
            owner,
            "maxIter",
            "number of epochs >= 1, each of which visits every row once",
            ParamValidators.gtEq(1));
    weightCol =
        new Param<>(owner, "weightCol", "the column of row weights >= 0; empty: all rows weigh 1");
    seed = new LongParam(owner, "seed", "the seed of the order of rows");
    featuresCols =
        new StringArrayParam(
            owner,
            "featuresCols",
            "the numeric columns that are features; none: the column of vectors, featuresCol, is");
    loss = named(owner, "loss", "what is minimised", losses.stream().map(Loss::label));
    optimizer =
        named(
            owner,
            "optimizer",
            "how weights move; exact solves for the optimum instead",
            Optimizer.kinds().stream().map(Optimizer::label));
    learningRate =
        new DoubleParam(
            owner,
            "learningRate",
            "the learning rate > 0 at the start; not set: one that suits the rows",
            ParamValidators.gt(0));
    schedule =
        new Param<>(owner, "schedule", "how the learning rate falls: " + Axis.SCHEDULE.domain());
    momentum =
        new DoubleParam(
            owner,
            "momentum",
            "the share in [0, 1) of the last step that momentum and nesterov keep",
            ParamValidators.inRange(0, 1, true, false));
    batchSize =
        new LongParam(
            owner,
            "batchSize",
            "the rows of a minibatch >= 1; not set: a number that suits the rows",
            ParamValidators.gtEq(1));
    degree =
        new IntParam(
            owner,
            "degree",
            "the highest power of the features, products of them included, in [1, 1000]",
            ParamValidators.inRange(1, MOST_DEGREE));
    setDefaults(owner, losses.get(0));
  }

  private static Param<String> named(
      Params owner, String name, String what, Stream<String> values) {
    String[] all = values.toArray(String[]::new);
    return new Param<>(
        owner, name, what + ": " + String.join(", ", all), ParamValidators.inArray(all));
  }

  private void setDefaults(Params owner, Loss first) {
    owner.setDefault(regParam, 0.0);
    owner.setDefault(elasticNetParam, 0.0);
    owner.setDefault(fitIntercept, true);
    owner.setDefault(standardization, true);
    owner.setDefault(maxIter, Integer.valueOf(Axis.EPOCHS.defaultValue()));
    owner.setDefault(weightCol, "");
    owner.setDefault(seed, DEFAULT_SEED);
    owner.setDefault(featuresCols, new String[0]);
    owner.setDefault(loss, first.label());
    owner.setDefault(optimizer, Axis.OPTIMIZER.defaultValue());
    owner.setDefault(schedule, Axis.SCHEDULE.defaultValue());
    owner.setDefault(momentum, Double.valueOf(Axis.MOMENTUM.defaultValue()));
    owner.setDefault(degree, Integer.valueOf(Axis.DEGREE.defaultValue()));
  }
}
