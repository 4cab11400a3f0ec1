package io.foldwise.ml;

import static org.apache.spark.sql.functions.udf;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.ScoreInterval;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * ŷ = β₀ + Σ βⱼ bⱼ(x): a trained {@link LinearModel} as a spark.ml model. Where the loss has a log
 * link (poisson, gamma, tweedie), it predicts the mean exp(ŷ).
 *
 * <p>{@link #transform} reads x from the vector column {@code featuresCol} (default {@code
 * features}). Where a dataset has no such vector, x comes from the numeric columns that bear the
 * names of the model's {@link #features}. A missing or NaN feature predicts NaN.
 */
public final class SGDRegressionModel extends RegressionModel<Vector, SGDRegressionModel>
    implements SGDModel, MLWritable {
  /** What the names of the columns of an interval's ends end with. */
  static final String LOWER = "_lower";

  static final String UPPER = "_upper";

  private static final String PREFIX = "sgdRegression";

  private String uid;
  private TrainedFunction trained;
  private transient SGDSummary summary;

  /** What a server of Spark Connect needs to list the class. */
  public SGDRegressionModel() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A model without coefficients, to be loaded into. */
  public SGDRegressionModel(String uid) {
    this(PendingUid.announce(uid), null);
  }

  private SGDRegressionModel(String uid, TrainedFunction trained) {
    this.uid = PendingUid.taken(uid);
    this.trained = trained;
  }

  /** The spark.ml model of a function that was trained on squared loss. */
  public static SGDRegressionModel of(LinearModel model) {
    return of(new TrainedFunction(model, new Squared(), ""));
  }

  /** The spark.ml model of a trained function. */
  public static SGDRegressionModel of(TrainedFunction trained) {
    return of(Identifiable$.MODULE$.randomUID(PREFIX), trained);
  }

  static SGDRegressionModel of(String uid, TrainedFunction trained) {
    return new SGDRegressionModel(PendingUid.announce(uid), trained);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<SGDRegressionModel> read() {
    return new TrainedModelReader<>(SGDRegressionModel.class, SGDRegressionModel::of);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds no such model
   */
  public static SGDRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new TrainedModelWriter(this, trained);
  }

  @Override
  public String uid() {
    return PendingUid.orElse(uid);
  }

  @Override
  public TrainedFunction trained() {
    return trained;
  }

  SGDRegressionModel withSummary(SGDSummary ofTraining) {
    summary = ofTraining;
    return this;
  }

  @Override
  public Optional<SGDSummary> trainingSummary() {
    return Optional.ofNullable(summary);
  }

  /** β₀ of the function written in powers of the features. */
  public double intercept() {
    return linearModel().powers().intercept();
  }

  /** The coefficients of the powers of the features, in graded order: x, z, x², x·z, z². */
  public Vector coefficients() {
    return Vectors.dense(linearModel().powers().coefficients());
  }

  @Override
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
    return loss().response(value(x));
  }

  @Override
  public OptionalDouble probability(Vector x) {
    return OptionalDouble.empty();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    if (NamedFeatures.isVector(getFeaturesCol(), dataset.schema())
        || getPredictionCol().isEmpty()) {
      return super.transform(dataset);
    }
    Dataset<Row> assembled = new NamedFeatures(features()).assembled(dataset);
    return ofVector().transform(assembled).drop(NamedFeatures.VECTOR);
  }

  /**
   * The rows, what the model predicts of them, and the ends of an interval that should hold the
   * label of a new row, by {@link PredictionIntervals}: {@code prediction_lower} and {@code
   * prediction_upper}, by the name of {@code predictionCol}.
   *
   * @param confidence the share of intervals that should hold it, in (0, 1)
   * @throws InvalidInputException if the model keeps no errors of held-out rows, or too few
   */
  public Dataset<Row> transform(Dataset<?> dataset, double confidence) {
    PredictionIntervals.Level level = intervals(confidence);
    boolean isVector = NamedFeatures.isVector(getFeaturesCol(), dataset.schema());
    Dataset<Row> read =
        isVector ? dataset.toDF() : new NamedFeatures(features()).assembled(dataset);
    Column x = Columns.named(isVector ? getFeaturesCol() : NamedFeatures.VECTOR);
    SGDRegressionModel ofVector = isVector ? this : ofVector();
    return bounded(ofVector.transform(read), x, level, getPredictionCol())
        .drop(NamedFeatures.VECTOR);
  }

  /**
   * Adds the ends of intervals to rows.
   *
   * @param x the vector of features
   * @param prediction the name that those of the columns begin with
   */
  Dataset<Row> bounded(
      Dataset<Row> rows, Column x, PredictionIntervals.Level level, String prediction) {
    record Bounds(PredictionIntervals.Level level, Loss loss) implements Serializable {
      double[] of(Vector features) {
        ScoreInterval.Range range = level.range(features.toArray(), loss);
        return new double[] {range.low(), range.high()};
      }
    }
    Shared<Bounds> bounds =
        Transport.share(rows.sparkSession().sparkContext(), new Bounds(level, loss()));
    UDF1<Vector, double[]> ends = features -> bounds.value().of(features);
    Column both = udf(ends, DataTypes.createArrayType(DataTypes.DoubleType, false)).apply(x);
    return rows.withColumn(prediction + LOWER, both.getItem(0))
        .withColumn(prediction + UPPER, both.getItem(1));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (NamedFeatures.isVector(getFeaturesCol(), schema)) {
      return super.transformSchema(schema);
    }
    StructType assembled = new NamedFeatures(features()).assembled(schema);
    return ofVector().transformSchema(assembled);
  }

  private SGDRegressionModel ofVector() {
    return copy(new ParamMap().put(featuresCol().w(NamedFeatures.VECTOR)));
  }

  @Override
  public SGDRegressionModel copy(ParamMap extra) {
    SGDRegressionModel copy = copyValues(of(uid(), trained), extra);
    copy.setParent(parent());
    return copy.withSummary(summary);
  }

  @Override
  public String toString() {
    return "%s: uid=%s, numFeatures=%d".formatted(getClass().getSimpleName(), uid(), numFeatures());
  }
}
