package io.foldwise;

import io.foldwise.ml.SGDClassificationModel;
import io.foldwise.ml.SGDClassifier;
import io.foldwise.ml.SGDRegressionModel;
import io.foldwise.ml.SGDRegressor;
import io.foldwise.ml.tuning.CrossValidated;
import io.foldwise.ml.tuning.FusedCrossValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A program that tunes, for a driver of its own on any Spark: {@code tune FOLDER} compares with
 * MLlib's own validator and saves what it trained, {@code read FOLDER} reads what it, or another
 * Spark, saved there. What is not as it has to be ends it.
 */
final class TuningProgram {
  private static final String PREDICTIONS = "predictions.txt";
  private static final int FOLDS = 3;

  private final Dataset<Row> patients;
  private final Dataset<Row> tumours;

  private TuningProgram(SparkSession spark) {
    this.patients = read(spark, "data/diabetes.csv", "target", "bmi", "bp", "s5");
    this.tumours =
        read(spark, "data/breast_cancer.csv", "diagnosis", "mean_texture", "mean_concavity");
  }

  private static Dataset<Row> read(
      SparkSession spark, String file, String label, String... features) {
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(Script.ROOT.resolve(file).toString());
    return new VectorAssembler()
        .setInputCols(features)
        .setOutputCol("features")
        .transform(rows.withColumn("number", functions.monotonically_increasing_id()))
        .withColumn("fold", functions.col("number").mod(FOLDS).cast("int"))
        .withColumn(
            "label",
            label.equals("target")
                ? functions.col(label).cast("double")
                : functions.col(label).equalTo("malignant").cast("double"))
        .select("number", "fold", "features", "label")
        .cache();
  }

  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    TuningProgram program = new TuningProgram(spark);
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "tune" -> program.tune(folder);
      case "read" -> program.read(folder);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println(args[0] + " on Spark " + spark.version());
    spark.stop();
  }

  private void tune(Path folder) throws IOException {
    Map<String, Model<?>> models = new TreeMap<>();
    LinearRegression linear = new LinearRegression();
    CrossValidatorModel line =
        asMllib(linear, linear.regParam(), new RegressionEvaluator(), patients, folder);
    models.put("linear", line);
    LogisticRegression logistic = new LogisticRegression().setTol(1e-10);
    models.put(
        "logistic",
        asMllib(
            logistic, logistic.regParam(), new BinaryClassificationEvaluator(), tumours, folder));
    SGDRegressor regressor = new SGDRegressor().setMaxIter(5);
    regressor.write().save(folder.resolve("regressor").toString());
    models.put("regression", regressor.fit(patients));
    models.put("classification", new SGDClassifier().setMaxIter(5).fit(tumours));
    for (Map.Entry<String, Model<?>> each : models.entrySet()) {
      ((MLWritable) each.getValue()).write().save(folder.resolve(each.getKey()).toString());
    }
    Files.write(folder.resolve(PREDICTIONS), predictions(models));
  }

  /** Tunes with both validators, whose results have to be the same; gives the fused one's model. */
  private static CrossValidatorModel asMllib(
      Estimator<?> estimator,
      DoubleParam penalty,
      Evaluator evaluator,
      Dataset<Row> rows,
      Path folder)
      throws IOException {
    ParamMap[] grid = new ParamGridBuilder().addGrid(penalty, new double[] {0.01, 0.1}).build();
    FusedCrossValidator ours = set(new FusedCrossValidator(), estimator, grid, evaluator);
    ours.write()
        .save(folder.resolve("validator-" + estimator.getClass().getSimpleName()).toString());
    CrossValidated found = ours.crossValidate(rows);
    CrossValidatorModel own = set(new CrossValidator(), estimator, grid, evaluator).fit(rows);
    require(found.settings().size() == grid.length, "it is not fused");
    near(own.avgMetrics(), found.model().avgMetrics());
    if (own.bestModel() instanceof LinearRegressionModel expected) {
      LinearRegressionModel best = (LinearRegressionModel) found.model().bestModel();
      near(expected.coefficients().toArray(), best.coefficients().toArray());
      near(
          new double[] {expected.summary().r2(), expected.summary().r2adj()},
          new double[] {best.summary().r2(), best.summary().r2adj()});
      near(
          expected.summary().coefficientStandardErrors(),
          best.summary().coefficientStandardErrors());
      near(expected.summary().tValues(), best.summary().tValues());
      near(tail(expected.summary().objectiveHistory()), best.summary().objectiveHistory());
    } else {
      LogisticRegressionModel expected = (LogisticRegressionModel) own.bestModel();
      LogisticRegressionModel best = (LogisticRegressionModel) found.model().bestModel();
      near(expected.coefficients().toArray(), best.coefficients().toArray());
      near(
          new double[] {expected.binarySummary().areaUnderROC(), expected.summary().accuracy()},
          new double[] {best.binarySummary().areaUnderROC(), best.summary().accuracy()});
      near(tail(expected.summary().objectiveHistory()), best.summary().objectiveHistory());
    }
    return found.model();
  }

  /** MLlib's normal equations state no objective but 0. */
  private static double[] tail(double[] objectives) {
    double last = objectives[objectives.length - 1];
    return last == 0 ? new double[0] : new double[] {last};
  }

  private static <V extends CrossValidator> V set(
      V validator, Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    validator
        .setEstimator(estimator)
        .setEstimatorParamMaps(grid)
        .setEvaluator(evaluator)
        .setNumFolds(FOLDS)
        .setFoldCol("fold");
    return validator;
  }

  private void read(Path folder) throws IOException {
    Function<String, String> path = name -> folder.resolve(name).toString();
    require(
        SGDRegressor.load(path.apply("regressor")).getMaxIter() == 5, "another number of epochs");
    for (String kind : List.of("LinearRegression", "LogisticRegression")) {
      FusedCrossValidator read = FusedCrossValidator.load(path.apply("validator-" + kind));
      require(read.getFoldCol().equals("fold"), "another fold column");
      require(read.getEstimatorParamMaps().length == 2, "another grid");
    }
    Map<String, Model<?>> models =
        new TreeMap<String, Model<?>>(
            Map.of(
                "linear", CrossValidatorModel.load(path.apply("linear")),
                "logistic", CrossValidatorModel.load(path.apply("logistic")),
                "regression", SGDRegressionModel.load(path.apply("regression")),
                "classification", SGDClassificationModel.load(path.apply("classification"))));
    require(
        Files.readAllLines(folder.resolve(PREDICTIONS)).equals(predictions(models)),
        "other predictions");
  }

  /** What the models predict of their rows, to the bit. */
  private List<String> predictions(Map<String, Model<?>> models) {
    return models.entrySet().stream()
        .flatMap(
            each -> {
              boolean isOfPatients = List.of("linear", "regression").contains(each.getKey());
              Dataset<Row> scored =
                  each.getValue().transform(isOfPatients ? patients : tumours).orderBy("number");
              return scored
                  .select(isOfPatients ? "prediction" : "probability")
                  .collectAsList()
                  .stream()
                  .map(row -> each.getKey() + " " + row.get(0));
            })
        .toList();
  }

  private static void near(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      require(
          Math.abs(expected[i] - found[i]) <= 1e-5 * Math.max(1e-3, Math.abs(expected[i])),
          Arrays.toString(expected) + " and not " + Arrays.toString(found));
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}
