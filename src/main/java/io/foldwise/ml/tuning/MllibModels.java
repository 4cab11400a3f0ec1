package io.foldwise.ml.tuning;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.BinaryLogisticRegressionTrainingSummaryImpl;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.regression.LinearRegressionTrainingSummary;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.ml.tuning.ValidatorParams;
import org.apache.spark.ml.tuning.ValidatorParams$;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple4;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes MLlib's own models of what the engine found. What MLlib keeps to itself, and may move from
 * one version to the next, is called here and nowhere else: constructors of models and summaries
 * that Scala's {@code private[ml]} leaves open to Java.
 */
final class MllibModels {
  private MllibModels() {}

  static LinearRegressionModel linear(
      LinearRegression estimator, Vector coefficients, double intercept) {
    return made(estimator, new LinearRegressionModel(estimator.uid(), coefficients, intercept));
  }

  static LogisticRegressionModel logistic(
      LogisticRegression estimator, double[] coefficients, double intercept) {
    DenseMatrix row = new DenseMatrix(1, coefficients.length, coefficients, true);
    return made(
        estimator,
        new LogisticRegressionModel(
            estimator.uid(),
            row.compressed(),
            Vectors.dense(new double[] {intercept}).compressed(),
            2,
            false));
  }

  /** A model with its estimator's Params, and with it as parent. */
  private static <M extends Model<M>> M made(Estimator<M> estimator, M model) {
    M copied = estimator.copyValues(model, ParamMap.empty());
    return copied.setParent(estimator);
  }

  /** A linear model with MLlib's summary of its training rows. */
  static LinearRegressionModel withSummary(
      LinearRegression estimator, LinearRegressionModel model, double objective, Dataset<?> rows) {
    Tuple2<LinearRegressionModel, String> shown = model.findSummaryModelAndPredictionCol();
    LinearRegressionTrainingSummary summary = new LinearSummary(estimator, shown, objective, rows);
    model.setSummary(Option.apply(summary));
    return model;
  }

  /**
   * A summary whose standard errors and tests, which few ask for and MLlib reads off its normal
   * equations, are those of MLlib's own fit, made when they are asked for.
   */
  private static final class LinearSummary extends LinearRegressionTrainingSummary {
    private static final long serialVersionUID = 1;

    private final transient LinearRegression estimator;
    private final transient Dataset<?> rows;
    private transient LinearRegressionTrainingSummary own;

    LinearSummary(
        LinearRegression estimator,
        Tuple2<LinearRegressionModel, String> shown,
        double objective,
        Dataset<?> rows) {
      super(
          shown._1().transform(rows),
          shown._2(),
          estimator.getLabelCol(),
          estimator.getFeaturesCol(),
          shown._1(),
          new double[] {0},
          new double[] {objective});
      this.estimator = estimator;
      this.rows = rows;
    }

    private synchronized LinearRegressionTrainingSummary own() {
      if (own == null) {
        own = estimator.fit(rows).summary();
      }
      return own;
    }

    @Override
    public double[] coefficientStandardErrors() {
      return own().coefficientStandardErrors();
    }

    @Override
    public double[] tValues() {
      return own().tValues();
    }

    @Override
    public double[] pValues() {
      return own().pValues();
    }
  }

  /** A logistic model with MLlib's summary of its training rows. */
  static LogisticRegressionModel withSummary(
      LogisticRegression estimator,
      LogisticRegressionModel model,
      double objective,
      Dataset<?> rows) {
    Tuple3<ProbabilisticClassificationModel<Vector, LogisticRegressionModel>, String, String>
        shown = shown(model);
    model.setSummary(
        Option.apply(
            new BinaryLogisticRegressionTrainingSummaryImpl(
                shown._1().transform(rows),
                shown._2(),
                shown._3(),
                estimator.getLabelCol(),
                estimator.getFeaturesCol(),
                estimator.isDefined(estimator.weightCol())
                    ? estimator.getWeightCol()
                    : estimator.weightCol().name(),
                new double[] {objective})));
    return model;
  }

  @SuppressWarnings("unchecked")
  private static Tuple3<
          ProbabilisticClassificationModel<Vector, LogisticRegressionModel>, String, String>
      shown(LogisticRegressionModel model) {
    return model.findSummaryModel();
  }

  static PipelineModel pipeline(Estimator<PipelineModel> estimator, List<Transformer> stages) {
    PipelineModel model = new PipelineModel(estimator.uid(), stages.toArray(Transformer[]::new));
    return model.setParent(estimator);
  }

  /** MLlib's model of a cross-validation. */
  static CrossValidatorModel crossValidated(
      CrossValidator validator, Model<?> best, double[] averages, Model<?>[][] subModels) {
    CrossValidatorModel model =
        validator.copyValues(
            new CrossValidatorModel(validator.uid(), best, averages), ParamMap.empty());
    model.setSubModels(subModels.length == 0 ? Option.empty() : new Some<>(subModels));
    return model.setParent(validator);
  }

  /** MLlib's model of a validation on one split. */
  static TrainValidationSplitModel validated(
      TrainValidationSplit validator, Model<?> best, double[] metrics, Model<?>[][] subModels) {
    TrainValidationSplitModel model =
        validator.copyValues(
            new TrainValidationSplitModel(validator.uid(), best, metrics), ParamMap.empty());
    model.setSubModels(
        subModels.length == 0 ? Option.<Model<?>[]>empty() : new Some<>(subModels[0]));
    return model.setParent(validator);
  }

  /** Reads validators of a kind of ours, written as MLlib writes its own. */
  static <V extends ValidatorParams> MLReader<V> reader(Class<?> kind, Function<String, V> made) {
    return new MLReader<>() {
      @Override
      public V load(String path) {
        var read = loaded(path, sparkSession(), kind);
        V validator = made.apply(read._1().uid());
        validator.set(validator.estimator(), read._2());
        validator.set(validator.evaluator(), read._3());
        validator.set(validator.estimatorParamMaps(), read._4());
        read._1().getAndSetParams(validator, skipped());
        return validator;
      }
    };
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Tuple4<DefaultParamsReader.Metadata, Estimator<?>, Evaluator, ParamMap[]> loaded(
      String path, SparkSession spark, Class<?> kind) {
    return (Tuple4) ValidatorParams$.MODULE$.loadImpl(path, spark, kind.getName());
  }

  private static Option<scala.collection.immutable.List<String>> skipped() {
    return new Some<>(CollectionConverters.asScala(List.of("estimatorParamMaps")).toList());
  }
}
