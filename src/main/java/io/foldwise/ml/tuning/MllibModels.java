package io.foldwise.ml.tuning;

import io.foldwise.ml.SavedStage;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
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
      LinearRegression estimator, Vector coefficients, double intercept, double scale) {
    return made(
        estimator, new LinearRegressionModel(estimator.uid(), coefficients, intercept, scale));
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
    model.setSummary(Option.apply(LinearSummary.of(estimator, model, objective, rows)));
    return model;
  }

  /**
   * A summary whose standard errors and tests, which few ask for and MLlib reads off its normal
   * equations, are those of MLlib's own fit, made when they are asked for.
   *
   * <p>What MLlib's constructor takes differs from one version of Spark to the next, but class
   * files of Scala keep the names: it is given what it names. Where it names something else, the
   * summary is that of MLlib's own fit.
   */
  private static final class LinearSummary extends LinearRegressionTrainingSummary {
    private static final long serialVersionUID = 1;

    private transient LinearRegression estimator;
    private transient Dataset<?> rows;
    private transient LinearRegressionTrainingSummary own;

    /** For the compiler alone, and of Spark 4.0: {@link #of} calls the one that there is. */
    private LinearSummary() {
      super(null, null, null, null, null, null, null);
    }

    static LinearRegressionTrainingSummary of(
        LinearRegression estimator,
        LinearRegressionModel model,
        double objective,
        Dataset<?> rows) {
      Constructor<?> taking = LinearRegressionTrainingSummary.class.getConstructors()[0];
      Map<String, Object> named = named(model, objective, rows);
      List<String> names = Arrays.stream(taking.getParameters()).map(Parameter::getName).toList();
      if (!named.keySet().containsAll(names)) {
        return estimator.fit(rows).summary();
      }
      try {
        LinearSummary made =
            (LinearSummary) calling(taking).newInstance(names.stream().map(named::get).toArray());
        made.estimator = estimator;
        made.rows = rows;
        return made;
      } catch (InvocationTargetException failed) {
        throw FusedTuning.<RuntimeException>thrown(failed.getCause());
      } catch (ReflectiveOperationException | IllegalArgumentException other) {
        return estimator.fit(rows).summary();
      }
    }

    /**
     * A constructor of this class that calls that one of its superclass: what serialisers use,
     * named by text since javac warns of it without remedy.
     */
    private static Constructor<?> calling(Constructor<?> taking)
        throws ReflectiveOperationException {
      Class<?> factories = Class.forName("sun.reflect.ReflectionFactory");
      Object factory = factories.getMethod("getReflectionFactory").invoke(null);
      return (Constructor<?>)
          factories
              .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
              .invoke(factory, LinearSummary.class, taking);
    }

    /** All that the constructor of any version takes, by its names. */
    private static Map<String, Object> named(
        LinearRegressionModel model, double objective, Dataset<?> rows) {
      Tuple2<LinearRegressionModel, String> shown = model.findSummaryModelAndPredictionCol();
      DoubleStream slopes = Arrays.stream(model.coefficients().toArray());
      return Map.ofEntries(
          Map.entry("predictions", shown._1().transform(rows)),
          Map.entry("predictionCol", shown._2()),
          Map.entry("labelCol", model.getLabelCol()),
          Map.entry("featuresCol", model.getFeaturesCol()),
          Map.entry("weightCol", model.isDefined(model.weightCol()) ? model.getWeightCol() : ""),
          Map.entry("model", shown._1()),
          Map.entry("numFeatures", model.numFeatures()),
          Map.entry("fitIntercept", model.getFitIntercept()),
          Map.entry(
              "coefficientArray",
              model.getFitIntercept()
                  ? DoubleStream.concat(slopes, DoubleStream.of(model.intercept())).toArray()
                  : slopes.toArray()),
          Map.entry("diagInvAtWA", new double[] {0}),
          Map.entry("objectiveHistory", new double[] {objective}));
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
        SparkSession spark = sparkSession();
        return new SavedStage(path, kind, spark).read(() -> validator(path, spark));
      }

      private V validator(String path, SparkSession spark) {
        var read = loaded(path, spark, kind);
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
