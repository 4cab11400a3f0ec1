package io.foldwise.ml;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.LinearModel;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
