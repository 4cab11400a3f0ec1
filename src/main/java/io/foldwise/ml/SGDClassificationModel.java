package io.foldwise.ml;

import io.foldwise.learn.loss.Softmax;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Sum;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * z = β₀ + Σ βⱼ bⱼ(x), and class 1 where z > 0; of K classes a z for each, and the class of the
 * largest: a trained {@link LinearModel} as a spark.ml model.
 *
 * <p>The raw prediction is (−z, z), z being 0 where it would round to that at 12 decimals, or all K
 * values. The probability of class 1 is 1/(1 + exp(−z)) for the logistic loss, that of class k
 * exp(zₖ)/Σ exp(zₗ) for softmax; hinge losses have none, and their {@code probabilityCol} is off.
 * Rows are read as by {@link SGDRegressionModel}; a missing or NaN feature makes all three NaN.
 */
public final class SGDClassificationModel
    extends ProbabilisticClassificationModel<Vector, SGDClassificationModel>
    implements SGDModel, MLWritable {
  private static final String PREFIX = "sgdClassification";

  private String uid;
  private TrainedFunction trained;
  private transient SGDSummary summary;

  /** What a server of Spark Connect needs to list the class. */
  public SGDClassificationModel() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A model without coefficients, to be loaded into. */
  public SGDClassificationModel(String uid) {
    this(PendingUid.announce(uid), null);
  }

  private SGDClassificationModel(String uid, TrainedFunction trained) {
    this.uid = PendingUid.taken(uid);
    this.trained = trained;
  }

  /** The spark.ml model of a trained function of decision values. */
  public static SGDClassificationModel of(TrainedFunction trained) {
    SGDClassificationModel model = of(Identifiable$.MODULE$.randomUID(PREFIX), trained);
    return model.hasProbability() ? model : model.setProbabilityCol("");
  }

  static SGDClassificationModel of(String uid, TrainedFunction trained) {
    return new SGDClassificationModel(PendingUid.announce(uid), trained);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<SGDClassificationModel> read() {
    return new TrainedModelReader<>(SGDClassificationModel.class, SGDClassificationModel::of);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds no such model
   */
  public static SGDClassificationModel load(String path) {
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

  SGDClassificationModel withSummary(SGDSummary ofTraining) {
    summary = ofTraining;
    return this;
  }

  @Override
  public Optional<SGDSummary> trainingSummary() {
    return Optional.ofNullable(summary);
  }

  /** Whether classes have probabilities. */
  public boolean hasProbability() {
    return loss().hasProbabilities();
  }

  /**
   * β₀ of the function written in powers of the features.
   *
   * @throws UnsupportedOperationException if there is one for each class
   */
  public double intercept() {
    requireOne("intercept", "interceptVector");
    return linearModel().powers().intercept();
  }

  /**
   * The coefficients of the powers of the features, in graded order: x, z, x², x·z, z².
   *
   * @throws UnsupportedOperationException if there are some for each class
   */
  public Vector coefficients() {
    requireOne("coefficients", "coefficientMatrix");
    return Vectors.dense(linearModel().powers().coefficients());
  }

  private void requireOne(String asked, String instead) {
    if (isOfSeveral()) {
      throw new UnsupportedOperationException(
          "'%s': the model has a function for each of its %d classes: take %s"
              .formatted(asked, numClasses(), instead));
    }
  }

  /**
   * β₀ of each function written in powers of the features, by the indices of the classes; of two
   * classes that share a function, its one.
   */
  public Vector interceptVector() {
    return Vectors.dense(
        linearModel().each().stream().mapToDouble(each -> each.powers().intercept()).toArray());
  }

  /**
   * The coefficients of the powers of the features, a row for each function of {@link
   * #interceptVector}, a column for each power in the order of {@link #coefficients}.
   */
  public Matrix coefficientMatrix() {
    List<double[]> rows =
        linearModel().each().stream().map(each -> each.powers().coefficients()).toList();
    int d = rows.get(0).length;
    double[] values = new double[rows.size() * d];
    for (int at = 0; at < values.length; at++) {
      values[at] = rows.get(at % rows.size())[at / rows.size()];
    }
    return Matrices.dense(rows.size(), d, values);
  }

  /**
   * What the classes are called that are predicted as 0 to K − 1; empty where the labels were these
   * numbers. {@code IndexToString} makes them of the column of predictions, which knows them.
   */
  public List<String> classes() {
    return trained.classes().names();
  }

  @Override
  public SGDClassificationModel setLabelCol(String name) {
    set(labelCol(), name);
    return this;
  }

  @Override
  public int numClasses() {
    return isOfSeveral() ? linearModel().functions().size() : 2;
  }

  /** Whether each class has a function. */
  private boolean isOfSeveral() {
    return trained != null && linearModel().functions().size() > 1;
  }

  @Override
  public int numFeatures() {
    return features().size();
  }

  @Override
  public Vector predictRaw(Vector x) {
    if (isOfSeveral()) {
      return Vectors.dense(values(x));
    }
    double z = value(x);
    double decided = Math.rint(z * Sum.DECIMALS) == 0 ? 0 : z;
    return Vectors.dense(new double[] {-decided, decided});
  }

  /**
   * Writes σ(z) in place of z.
   *
   * @throws UnsupportedOperationException if the loss has no probabilities
   */
  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    if (!hasProbability()) {
      throw new UnsupportedOperationException(
          "'loss' (%s) has no probabilities: train on %s"
              .formatted(loss().label(), isOfSeveral() ? "softmax" : "logistic"));
    }
    double[] values = ((DenseVector) raw).values();
    if (isOfSeveral()) {
      System.arraycopy(Softmax.probabilities(values), 0, values, 0, values.length);
      return raw;
    }
    for (int side = 0; side < values.length; side++) {
      values[side] = 1 / (1 + Math.exp(-values[side]));
    }
    return raw;
  }

  @Override
  public OptionalDouble probability(Vector x) {
    return hasProbability() && !isOfSeveral()
        ? OptionalDouble.of(predictProbability(x).apply(1))
        : OptionalDouble.empty();
  }

  @Override
  public double raw2prediction(Vector raw) {
    return Double.isNaN(raw.apply(1)) ? Double.NaN : super.raw2prediction(raw);
  }

  @Override
  public double probability2prediction(Vector probability) {
    return Double.isNaN(probability.apply(1))
        ? Double.NaN
        : super.probability2prediction(probability);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    if (NamedFeatures.isVector(getFeaturesCol(), dataset.schema())) {
      return super.transform(dataset);
    }
    Dataset<Row> assembled = new NamedFeatures(features()).assembled(dataset);
    return ofVector().transform(assembled).drop(NamedFeatures.VECTOR);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SGDModel.requireProbabilities(this, loss());
    if (NamedFeatures.isVector(getFeaturesCol(), schema)) {
      return named(super.transformSchema(schema));
    }
    StructType assembled = new NamedFeatures(features()).assembled(schema);
    return ofVector().transformSchema(assembled);
  }

  /** The schema with the names of the classes in the metadata of the predictions. */
  private StructType named(StructType schema) {
    if (classes().isEmpty() || getPredictionCol().isEmpty()) {
      return schema;
    }
    StructField named =
        NominalAttribute.defaultAttr()
            .withName(getPredictionCol())
            .withValues(classes().toArray(String[]::new))
            .toStructField();
    return new StructType(
        Arrays.stream(schema.fields())
            .map(field -> field.name().equals(named.name()) ? named : field)
            .toArray(StructField[]::new));
  }

  private SGDClassificationModel ofVector() {
    return copy(new ParamMap().put(featuresCol().w(NamedFeatures.VECTOR)));
  }

  /** Java sees two methods of one signature where Scala saw one override the other. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public SGDClassificationModel copy(ParamMap extra) {
    SGDClassificationModel copy = copyValues(of(uid(), trained), extra);
    copy.setParent(parent());
    return copy.withSummary(summary);
  }

  @Override
  public String toString() {
    return "%s: uid=%s, numFeatures=%d".formatted(getClass().getSimpleName(), uid(), numFeatures());
  }
}
