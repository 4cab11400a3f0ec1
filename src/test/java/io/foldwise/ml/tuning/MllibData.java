package io.foldwise.ml.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;

import io.foldwise.TestSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.util.LinearDataGenerator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as MLlib takes them: features in a vector, label, weight, fold. */
final class MllibData {
  static final int FOLDS = 2;

  private static final SparkSession SPARK = TestSpark.session();
  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  private MllibData() {}

  /** A CSV file of the repository with a fold and a weight for each row. */
  private static Dataset<Row> ofFile(String name, Column value, String... features) {
    Dataset<Row> read =
        SPARK.read().option("header", true).option("inferSchema", true).csv("data/" + name);
    Column[] all =
        Arrays.stream(read.columns()).map(c -> col("`" + c + "`")).toArray(Column[]::new);
    return new VectorAssembler()
        .setInputCols(features)
        .setOutputCol("features")
        .transform(read)
        .withColumn("fold", pmod(hash(all), lit(FOLDS)))
        .withColumn("weight", pmod(hash(all), lit(7)).plus(0.5))
        .select(col("features"), value.cast("double").as("label"), col("weight"), col("fold"))
        .coalesce(1)
        .cache();
  }

  /** Features that are far enough from collinear for MLlib's solvers to arrive. */
  static Dataset<Row> diabetes() {
    return ofFile("diabetes.csv", col("target"), "age", "sex", "bmi", "bp", "s5");
  }

  static Dataset<Row> cancer() {
    return ofFile(
        "breast_cancer.csv",
        col("diagnosis").equalTo("malignant"),
        "mean_texture",
        "mean_smoothness",
        "mean_concavity",
        "mean_symmetry");
  }

  /** {@code datasetWithDenseFeature} of MLlib's LinearRegressionSuite. */
  static Dataset<Row> ofLinearRegressionSuite() {
    return frame(generated(6.3, new double[] {4.7, 7.2}, new double[] {0.7, 1.2}, 10_000).toList());
  }

  /** {@code datasetWithOutlier} of MLlib's LinearRegressionSuite. */
  static Dataset<Row> withOutliers() {
    return frame(
        Stream.concat(
                generated(6.3, new double[] {4.7, 7.2}, new double[] {0.7, 1.2}, 900),
                generated(-2.1, new double[] {0.6, -1.2}, new double[] {1.5, 0.8}, 100))
            .toList());
  }

  private static Stream<Row> generated(
      double intercept, double[] weights, double[] variance, int rows) {
    return CollectionConverters.asJava(
            LinearDataGenerator.generateLinearInput(
                intercept, weights, new double[] {0.9, -1.3}, variance, rows, 42, 0.1))
        .stream()
        .map(point -> RowFactory.create(point.label(), point.features().asML()));
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA).coalesce(1).cache();
  }

  /** {@code binaryDataset} of MLlib's LogisticRegressionSuite, drawn as its generator draws. */
  static Dataset<Row> ofLogisticRegressionSuite() {
    double[] weights = {-0.57997, 0.912083, -0.371077, -0.819866, 2.688191};
    double[] mean = {5.843, 3.057, 3.758, 1.199};
    double[] variance = {0.6856, 0.1899, 3.116, 0.581};
    Random random = new Random(42);
    double[][] x = new double[10_000][mean.length];
    for (double[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (double[] row : x) {
      double margin = weights[mean.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = row[j] * Math.sqrt(variance[j]) + mean[j];
        margin += weights[j] * row[j];
      }
      double negative = 1 / (1 + Math.exp(margin));
      rows.add(RowFactory.create(random.nextDouble() < negative ? 0.0 : 1.0, Vectors.dense(row)));
    }
    JavaSparkContext context = new JavaSparkContext(SPARK.sparkContext());
    return SPARK
        .createDataFrame(context.parallelize(rows, 4), SCHEMA)
        .withColumn("weight", rand(42))
        .cache();
  }

  /** Sparse rows of two classes, of features of which the first are far more frequent. */
  static Dataset<Row> wide(int n, int d, int stored) {
    Random random = new Random(7);
    double[] weights = random.doubles(d, -1, 1).toArray();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] cells = new double[d];
      for (int k = 0; k < stored; k++) {
        cells[(int) (d * Math.pow(random.nextDouble(), 2))] = 0.5 + random.nextDouble();
      }
      double margin = IntStream.range(0, d).mapToDouble(j -> weights[j] * cells[j]).sum();
      double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
      rows.add(RowFactory.create(label, Vectors.dense(cells).toSparse(), i % FOLDS));
    }
    return SPARK
        .createDataFrame(rows, SCHEMA.add("fold", DataTypes.IntegerType, false))
        .coalesce(1)
        .cache();
  }
}
