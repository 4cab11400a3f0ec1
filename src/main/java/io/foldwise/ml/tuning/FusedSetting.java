package io.foldwise.ml.tuning;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.MllibUnits;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.ml.SGDEstimator;
import io.foldwise.search.TrialResult;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;

/**
 * What one setting of an estimator asks of the engine, and how what the engine trained is the model
 * that the estimator would have made.
 */
interface FusedSetting {
  /**
   * The setting of an estimator.
   *
   * @throws NotFusedException if the engine does not train what it asks for
   */
  static FusedSetting of(Estimator<?> estimator) {
    if (estimator instanceof LinearRegression linear) {
      return linear.getLoss().equals(HuberSetting.HUBER)
          ? new HuberSetting(linear)
          : new LinearSetting(linear);
    }
    if (estimator instanceof LogisticRegression logistic) {
      return new LogisticSetting(logistic);
    }
    if (estimator instanceof SGDEstimator<?> descending) {
      return new Descending(descending);
    }
    throw new NotFusedException(
        "the engine does not train a %s".formatted(estimator.getClass().getSimpleName()));
  }

  /** The columns that it reads. */
  Columns columns();

  /** What it minimises. */
  Loss loss();

  /** The model of what was trained, without a summary. */
  Model<?> model(TrialResult trained);

  /** A setting of an estimator of MLlib's, whose optimum is solved for. */
  interface Solved extends FusedSetting {
    /** The form of the model. */
    ModelForm form();

    /** The penalty, whose units may follow the rows. */
    Penalty penalty(RowFacts rows);

    /** What solves for the optimum: with a scale, the label is the last feature too. */
    default Exact optimizer() {
      return new Exact();
    }

    /**
     * A metric of held-out rows; NaN where the engine does not have it.
     *
     * @param metric what the engine found of the function that it trained
     */
    default double metric(Metric of, double metric, TrialResult trained) {
      return metric;
    }

    /** A reason why the label cannot be trained on as the estimator would, if there is one. */
    default Optional<String> objection(StructField label) {
      return Optional.empty();
    }

    /** A reason why what was trained is not what the estimator would have made, if there is one. */
    Optional<String> objection(TrialResult trained);

    /**
     * The model of what was trained, with the summary that MLlib gives it.
     *
     * @param objective the objective that it reached, penalties included
     * @param rows the rows that it was trained on
     */
    Model<?> model(TrialResult trained, double objective, Dataset<?> rows);
  }

  /** A setting of an estimator of ours, which descends. */
  record Descending(SGDEstimator<?> estimator) implements FusedSetting {
    @Override
    public Columns columns() {
      return Columns.of(estimator);
    }

    @Override
    public Loss loss() {
      return estimator.training().loss();
    }

    @Override
    public Model<?> model(TrialResult trained) {
      return estimator.model(trained);
    }
  }

  /**
   * The columns that an estimator reads.
   *
   * @param weight the column of weights, if rows have any
   */
  record Columns(String features, String label, Optional<String> weight) {
    /** The columns of an estimator of spark.ml, by its Params. */
    static Columns of(Params estimator) {
      return new Columns(
          text(estimator, "featuresCol"),
          text(estimator, "labelCol"),
          Optional.of(text(estimator, "weightCol")).filter(name -> !name.isEmpty()));
    }
  }

  /**
   * What penalties need to know of all rows.
   *
   * @param features the number of features
   * @param squaredWeights Σ w² over each fold; empty where rows have no weights
   */
  record RowFacts(int features, java.util.List<Double> squaredWeights) {
    /** The units of a penalty. */
    MllibUnits units(MllibUnits.Label label, boolean standardizes, MllibUnits.Deviation deviation) {
      return new MllibUnits(label, standardizes, deviation, squaredWeights);
    }
  }

  /** The form of a model of MLlib's, in which features that do not vary have no part. */
  static ModelForm form(boolean fitIntercept, boolean standardize) {
    return new ModelForm(1, fitIntercept, standardize, ModelForm.Constants.DROPPED);
  }

  /** The value of a Param of texts; empty where it has none or there is none of that name. */
  static String text(Params params, String name) {
    if (!params.hasParam(name)) {
      return "";
    }
    Param<Object> param = params.getParam(name);
    return params.isDefined(param) ? String.valueOf(params.getOrDefault(param)) : "";
  }
}
