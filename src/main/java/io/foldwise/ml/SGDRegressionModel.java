package io.foldwise.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.learn.LinearModel;
import io.foldwise.search.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * ŷ = β₀ + Σ βⱼ bⱼ(x): a trained {@link LinearModel} as a spark.ml model.
 *
 * <p>{@link #transform} reads x from the vector column {@code featuresCol} (default {@code
 * features}). Where a dataset has no such vector, x comes from the numeric columns that bear the
 * names of the model's {@link #features}. A missing or NaN feature predicts NaN.
 */
public final class SGDRegressionModel extends RegressionModel<Vector, SGDRegressionModel>
    implements MLWritable {
  private static final String PREFIX = "sgdRegression";

  private String uid;
  private LinearModel model;

  /** A model without coefficients, to be loaded into. */
  public SGDRegressionModel(String uid) {
    this(PendingUid.announce(uid), null);
  }

  private SGDRegressionModel(String uid, LinearModel model) {
    this.uid = PendingUid.taken(uid);
    this.model = model;
  }

  /** The spark.ml model of a trained function. */
  public static SGDRegressionModel of(LinearModel model) {
    return of(Identifiable$.MODULE$.randomUID(PREFIX), model);
  }

  static SGDRegressionModel of(String uid, LinearModel model) {
    return new SGDRegressionModel(PendingUid.announce(uid), model);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<SGDRegressionModel> read() {
    return new SGDRegressionModelReader();
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws InvalidInputException if the directory holds no such model
   */
  public static SGDRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new SGDRegressionModelWriter(this);
  }

  @Override
  public String uid() {
    return PendingUid.orElse(uid);
  }

  /** The trained function, in the data's units. */
  public LinearModel linearModel() {
    return model;
  }

  /** Names of the features, in the order of the vector. */
  public List<String> features() {
    return model.basis().features();
  }

  /** β₀ of the function written in powers of the features. */
  public double intercept() {
    return model.powers().intercept();
  }

  /** Coefficients of the powers of the features, in graded order: x, z, x², x·z, z². */
  public Vector coefficients() {
    return Vectors.dense(model.powers().coefficients());
  }

  /** Sets the column that evaluation compares predictions with. */
  public SGDRegressionModel setLabelCol(String name) {
    set(labelCol(), name);
    return this;
  }

  @Override
  public int numFeatures() {
    return features().size();
  }

  @Override
  public double predict(Vector x) {
    return model.predict(x.toArray());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    if (hasVector(dataset.schema()) || getPredictionCol().isEmpty()) {
      return super.transform(dataset);
    }
    transformSchema(dataset.schema());
    LinearModel function = model;
    Column[] cells =
        features().stream().map(name -> named(name).cast("double")).toArray(Column[]::new);
    return dataset.withColumn(
        getPredictionCol(),
        udf((scala.collection.Seq<Double> x) -> predicted(function, x), DataTypes.DoubleType)
            .apply(array(cells)));
  }

  private static double predicted(LinearModel model, scala.collection.Seq<Double> cells) {
    double[] x = new double[cells.size()];
    for (int j = 0; j < x.length; j++) {
      x[j] = Optional.ofNullable(cells.apply(j)).orElse(Double.NaN);
    }
    return model.predict(x);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (hasVector(schema)) {
      return super.transformSchema(schema);
    }
    features().forEach(feature -> requireNumber(feature, schema));
    return getPredictionCol().isEmpty()
        ? schema
        : schema.add(getPredictionCol(), DataTypes.DoubleType, false);
  }

  private static void requireNumber(String feature, StructType schema) {
    if (!Arrays.asList(schema.fieldNames()).contains(feature)) {
      throw new InvalidInputException(
          "the model's feature '%s' is no column of the data, which have %s"
              .formatted(feature, String.join(", ", schema.fieldNames())));
    }
    if (!(schema.apply(feature).dataType() instanceof NumericType)) {
      throw new InvalidInputException(
          "column '%s' is of type %s, not a number: the model cannot read it"
              .formatted(feature, schema.apply(feature).dataType().simpleString()));
    }
  }

  private boolean hasVector(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(column -> column.name().equals(getFeaturesCol()))
        .anyMatch(column -> column.dataType().equals(SQLDataTypes.VectorType()));
  }

  private static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  @Override
  public SGDRegressionModel copy(ParamMap extra) {
    SGDRegressionModel copy = copyValues(of(uid(), model), extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public String toString() {
    return "%s: uid=%s, numFeatures=%d".formatted(getClass().getSimpleName(), uid(), numFeatures());
  }
}
