package io.foldwise.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Experiment;
import io.foldwise.Foldwise;
import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.PolynomialExpansion;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link SGDClassifier} of several classes, against MLlib's multinomial LogisticRegression. */
class SoftmaxClassifierTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final String[] SEPALS = {"sepal_length", "sepal_width"};
  private static final Dataset<Row> IRIS = indexed().coalesce(1).cache();
  private static final SGDClassificationModel OF_IRIS = softmax().setRegParam(0.01).fit(IRIS);

  /** Three classes that overlap, so that there is an optimum without a penalty. */
  private static final Dataset<Row> OVERLAPPING =
      assembled(
              SPARK
                  .range(0, 300, 1, 1)
                  .selectExpr(
                      "rand(1) as a",
                      "3 * rand(2) as b",
                      "cast(1.49 * (rand(1) + rand(3)) as int) as label",
                      "cast(1 + 3 * rand(4) as int) as weight"),
              "a",
              "b")
          .cache();

  @TempDir Path folder;

  private static Dataset<Row> assembled(Dataset<Row> rows, String... features) {
    return new VectorAssembler().setInputCols(features).setOutputCol("features").transform(rows);
  }

  private static StringIndexer indexer() {
    return new StringIndexer()
        .setInputCol("species")
        .setOutputCol("label")
        .setStringOrderType("alphabetDesc");
  }

  private static Dataset<Row> flowers() {
    return SPARK.read().option("header", true).option("inferSchema", true).csv("data/iris.csv");
  }

  private static Dataset<Row> indexed() {
    Dataset<Row> rows = indexer().fit(flowers()).transform(flowers());
    return assembled(rows, SEPALS);
  }

  private static SGDClassifier softmax() {
    return new SGDClassifier().setLoss("softmax").setOptimizer("exact");
  }

  private static LogisticRegression mllibs() {
    return new LogisticRegression().setFamily("multinomial").setTol(1e-9).setMaxIter(1000);
  }

  /** Intercepts, then coefficients, row by row. */
  private static double[] numbers(Vector intercepts, Matrix coefficients) {
    return DoubleStream.concat(
            Arrays.stream(intercepts.toArray()), Arrays.stream(coefficients.transpose().toArray()))
        .toArray();
  }

  private static double[] numbers(SGDClassificationModel model) {
    return numbers(model.interceptVector(), model.coefficientMatrix());
  }

  private static double[] numbers(LogisticRegressionModel model) {
    return numbers(model.interceptVector(), model.coefficientMatrix());
  }

  @ParameterizedTest
  @CsvSource({
    "0,    0,   true,  true,  false",
    "0.05, 0,   false, true,  true",
    "0.02, 0.5, true,  false, true",
  })
  void theExactOptimumIsMllibs(
      double lambda, double alpha, boolean standardizes, boolean intercept, boolean weighted) {
    LogisticRegression theirs =
        mllibs()
            .setRegParam(lambda)
            .setElasticNetParam(alpha)
            .setStandardization(standardizes)
            .setFitIntercept(intercept);
    SGDClassifier ours =
        softmax()
            .setRegParam(lambda)
            .setElasticNetParam(alpha)
            .setStandardization(standardizes)
            .setFitIntercept(intercept);
    if (weighted) {
      theirs.setWeightCol("weight");
      ours.setWeightCol("weight");
    }
    SGDClassificationModel found = ours.fit(OVERLAPPING);
    assertEquals(3, found.numClasses());
    assertArrayEquals(numbers(theirs.fit(OVERLAPPING)), numbers(found), 1e-5);
  }

  /** MLlib's OneVsRest trains our classifier of two classes once for each. */
  @Test
  void oneVsRestIsMllibsWithoutProbabilities() throws IOException {
    SGDClassifier each =
        new SGDClassifier().setLoss("squared-hinge").setOptimizer("exact").setRegParam(0.02);
    OneVsRestModel theirs = new OneVsRest().setClassifier(each).fit(IRIS);
    SGDClassificationModel ours =
        each.copy(ParamMap.empty()).setLoss("ovr-squared-hinge").fit(IRIS);
    assertArrayEquals(predictions(theirs, IRIS), predictions(ours, IRIS));
    for (int k = 0; k < 3; k++) {
      SGDClassificationModel one = (SGDClassificationModel) theirs.models()[k];
      assertEquals(one.intercept(), ours.interceptVector().apply(k), 1e-7);
      for (int j = 0; j < SEPALS.length; j++) {
        assertEquals(one.coefficients().apply(j), ours.coefficientMatrix().apply(k, j), 1e-7);
      }
    }
    assertFalse(List.of(ours.transform(IRIS).columns()).contains("probability"));
    assertEquals(
        "'loss' (ovr-squared-hinge) has no probabilities: train on softmax",
        assertThrows(
                UnsupportedOperationException.class,
                () -> ours.predictProbability(IRIS.head().getAs("features")))
            .getMessage());
    FoldPredictions predicted = FoldPredictions.of(ours, Optional.empty());
    assertEquals(List.of("prediction"), predicted.columns());
    List<String> appended = List.of(predicted.appendedTo(IRIS.select("features")).columns());
    assertEquals(List.of("features", "prediction"), appended);
    ours.save(folder.resolve("model").toString());
    SGDClassificationModel loaded = SGDClassificationModel.load(folder.resolve("model").toString());
    assertArrayEquals(numbers(ours), numbers(loaded), 0);
    assertArrayEquals(predictions(ours, IRIS), predictions(loaded, IRIS));
  }

  @Test
  void thresholdsWithoutProbabilitiesAreRefused() {
    double[] thresholds = {0.2, 0.5, 0.3};
    for (String loss : List.of("ovr-hinge", "hinge")) {
      String refused =
          "'thresholds' are of probabilities, and 'loss' (%s) has none: clear them, or train on logistic or softmax"
              .formatted(loss);
      SGDClassifier asked =
          new SGDClassifier().setLoss(loss).setOptimizer("exact").setRegParam(0.02);
      Dataset<Row> rows = IRIS.where(loss.equals("hinge") ? "label < 2" : "true");
      SGDClassificationModel model = asked.fit(rows);
      int classes = model.numClasses();
      model.setThresholds(Arrays.copyOf(thresholds, classes));
      assertEquals(
          refused,
          assertThrows(InvalidInputException.class, () -> model.transform(rows)).getMessage());
      asked.setThresholds(Arrays.copyOf(thresholds, classes));
      assertEquals(
          refused, assertThrows(InvalidInputException.class, () -> asked.fit(rows)).getMessage());
    }
  }

  /** MLlib expands to a, a², b, ab, b²; here they stand in graded order. */
  @Test
  void coefficientsAreOfThePowers() {
    SGDClassificationModel model =
        softmax().setFeaturesCols(new String[] {"a", "b"}).setDegree(2).fit(OVERLAPPING);
    List<Row> rows =
        new PolynomialExpansion()
            .setInputCol("features")
            .setOutputCol("powers")
            .transform(model.transform(OVERLAPPING))
            .select("powers", "rawPrediction")
            .takeAsList(20);
    int[] graded = {0, 2, 1, 3, 4};
    for (Row row : rows) {
      Vector powers = row.getAs(0);
      for (int k = 0; k < 3; k++) {
        double z = model.interceptVector().apply(k);
        for (int j = 0; j < graded.length; j++) {
          z += model.coefficientMatrix().apply(k, j) * powers.apply(graded[j]);
        }
        assertEquals(row.<Vector>getAs(1).apply(k), z, 1e-10);
      }
    }
  }

  @Test
  void rowsAreToldAsMllibTellsThem() {
    LogisticRegressionModel theirs = mllibs().setRegParam(0.01).fit(IRIS);
    SGDClassificationModel ours = OF_IRIS.copy(ParamMap.empty());
    for (String column : List.of("rawPrediction", "probability")) {
      assertArrayEquals(
          vectors(theirs.transform(IRIS), column), vectors(ours.transform(IRIS), column), 1e-5);
    }
    assertArrayEquals(predictions(theirs, IRIS), predictions(ours, IRIS));
    double[] plain = predictions(ours, IRIS);
    for (double[] thresholds : new double[][] {{0.2, 0.7, 0.1}, {0.9, 0.05, 0.5}, {0, 1, 1}}) {
      theirs.setThresholds(thresholds);
      ours.setThresholds(thresholds);
      assertArrayEquals(predictions(theirs, IRIS), predictions(ours, IRIS));
      assertFalse(Arrays.equals(plain, predictions(ours, IRIS)));
    }
    assertThrows(IllegalArgumentException.class, () -> ours.setThresholds(new double[] {0.5, 0.5}));
  }

  private static double[] vectors(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .flatMapToDouble(row -> DoubleStream.of(((Vector) row.get(0)).toArray()))
        .toArray();
  }

  private static double[] predictions(Model<?> model, Dataset<Row> rows) {
    return model.transform(rows).select("prediction").collectAsList().stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }

  @Test
  void evaluationIsMllibs() {
    SGDEvaluation found = OF_IRIS.evaluate(IRIS);
    assertEquals(
        List.of("log-loss", "accuracy", "macro-f1"), List.copyOf(found.metrics().keySet()));
    Dataset<Row> rows = OF_IRIS.transform(IRIS);
    MulticlassClassificationEvaluator theirs = new MulticlassClassificationEvaluator();
    assertEquals(theirs.setMetricName("logLoss").evaluate(rows), found.value("log-loss"), 1e-12);
    assertEquals(theirs.setMetricName("accuracy").evaluate(rows), found.value("accuracy"), 1e-12);
    theirs.setMetricName("fMeasureByLabel");
    double f1 = 0;
    for (int k = 0; k < 3; k++) {
      f1 += theirs.setMetricLabel(k).evaluate(rows) / 3;
    }
    assertEquals(f1, found.value("macro-f1"), 1e-12);
  }

  /** Its intercept goes to minus infinity, and what is left is MLlib's regression without it. */
  @Test
  void aClassThatNoRowHasIsOneOfThemWhereMetadataOrALargerIndexSaySo() {
    Dataset<Row> named = IRIS.where("label < 2");
    Dataset<Row> two = named.withColumn("label", col("label").cast("int"));
    double[] expected = vectors(mllibs().setRegParam(0.1).fit(two).transform(two), "probability");
    SGDClassificationModel ours = softmax().setRegParam(0.1).fit(named);
    assertEquals(3, ours.numClasses());
    double[] found = vectors(ours.transform(named), "probability");
    for (int i = 0; i < 100; i++) {
      assertEquals(expected[2 * i], found[3 * i], 1e-5);
      assertEquals(expected[2 * i + 1], found[3 * i + 1], 1e-5);
    }
    SGDClassificationModel ofGap = softmax().fit(OVERLAPPING.where("label <> 1"));
    assertEquals(3, ofGap.numClasses());
    assertEquals(0, ofGap.transform(OVERLAPPING).where("prediction = 1").count());
  }

  @Test
  void aPipelineIsSavedAndLoadedAndCopied() throws IOException {
    SGDClassifier classifier =
        softmax().setOptimizer("nesterov").setFeaturesCols(SEPALS).setMaxIter(20);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {indexer(), classifier}).fit(flowers());
    String path = folder.resolve("model").toString();
    model.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    Dataset<Row> rows = model.transform(flowers());
    assertArrayEquals(
        vectors(rows, "rawPrediction"), vectors(loaded.transform(flowers()), "rawPrediction"));
    assertTrue(rows.where("prediction = label").count() > 110);
    SGDClassificationModel last = (SGDClassificationModel) loaded.stages()[1];
    SGDClassificationModel copy = last.copy(new ParamMap().put(last.labelCol().w("species")));
    assertEquals(3, copy.numClasses());
    assertEquals("species", copy.getLabelCol());
    assertArrayEquals(numbers(last), numbers(copy));
  }

  /** The front door reads texts as classes, setosa first; the model says so to MLlib's stages. */
  @Test
  void predictionsOfTextsAreReadByMllibsIndexToString() {
    Experiment.Outcome found =
        Foldwise.on(flowers())
            .label("species")
            .features(SEPALS)
            .loss(Loss.softmax())
            .grid("optimizer=exact; l2=0.01")
            .outcome();
    assertEquals(List.of("setosa", "versicolor", "virginica"), found.rows().classes().names());
    SGDClassificationModel model =
        SGDClassificationModel.of(
            TrainedFunction.of(found.result().refit()).with(found.rows().classes()));
    Dataset<Row> rows =
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("word")
            .transform(model.transform(flowers()));
    assertEquals(
        List.of("setosa"),
        rows.where("prediction = 0")
            .select("word")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
    double right = rows.where("word = species").count() / 150.0;
    assertEquals(right, model.setLabelCol("species").evaluate(flowers()).value("accuracy"), 1e-12);
    assertTrue(right > 0.75);
  }

  @Test
  void oneFunctionAloneIsRefused() {
    SGDClassificationModel model = OF_IRIS;
    assertEquals(
        "'coefficients': the model has a function for each of its 3 classes: take coefficientMatrix",
        assertThrows(UnsupportedOperationException.class, model::coefficients).getMessage());
    assertEquals(
        "'intercept': the model has a function for each of its 3 classes: take interceptVector",
        assertThrows(UnsupportedOperationException.class, model::intercept).getMessage());
  }

  @Test
  void labelsThatAreNoIndicesAreRefused() {
    String indices =
        ", and 'loss' (softmax) takes indices of classes, whole numbers from 0 on: make them with StringIndexer";
    assertRefused("label - 1", "holds -1.0" + indices);
    assertRefused("label / 2", "holds 0.5" + indices);
    assertRefused("label * double('Infinity')", "holds Infinity" + indices);
    assertRefused("0 * label", "is 0 in every row: two classes or more are needed");
    assertRefused(
        "100 * label",
        "has 201 classes, and 'loss' (softmax) takes at most 100: choose another column");
    Metadata two = NominalAttribute.defaultAttr().withName("label").withNumValues(2).toMetadata();
    assertEquals(
        "'labelCol': column 'label' holds 2, and its metadata are of 2 classes, 0 to 1: correct it, or remove the metadata",
        refusal(OVERLAPPING.withColumn("label", col("label").as("label", two))));
    String missing = refusal(OVERLAPPING.withColumn("label", expr("nullif(label, 2)")));
    assertTrue(
        missing.endsWith("column 'label' is missing: fill it in or remove the row"), missing);
    assertEquals(
        "'labelCol': column 'species' is of type string, and must be of numbers",
        assertThrows(InvalidInputException.class, () -> softmax().setLabelCol("species").fit(IRIS))
            .getMessage());
  }

  private static void assertRefused(String label, String what) {
    assertEquals(
        "'labelCol': column 'label' " + what,
        refusal(OVERLAPPING.withColumn("label", expr(label))));
  }

  private static String refusal(Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> softmax().fit(rows)).getMessage();
  }
}
