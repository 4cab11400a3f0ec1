package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Linear and polynomial classification by minibatch gradient descent, as a spark.ml estimator.
 *
 * <p>It minimises mean ℓ(z, y) + λ(α‖w‖₁ + (1 − α)/2·‖w‖²) over the rows, by their weights, with λ
 * {@code regParam} and α {@code elasticNetParam}. For {@code loss} logistic, z is the log-odds of
 * class 1, and with {@code optimizer} exact this is MLlib's {@code LogisticRegression} at its
 * optimum. For hinge it is a linear support vector machine, which has no probabilities. For softmax
 * there is a z for each class, and with {@code optimizer} exact this is MLlib's {@code
 * LogisticRegression} of the multinomial family at its optimum; for ovr-hinge and ovr-squared-hinge
 * too, each trained against all other classes, without probabilities.
 *
 * <p>Labels are 0 and 1, and for losses of several classes the indices 0 to K − 1 of 2 to 100, as
 * {@code StringIndexer} makes them. K is what the metadata of the label column say, else the
 * largest index and one. {@code fit} throws an {@link io.foldwise.input.InvalidInputException}
 * where labels are others.
 *
 * <pre>{@code
 * SGDClassificationModel model = new SGDClassifier()
 *     .setLabelCol("malignant").setOptimizer("nesterov").setRegParam(0.01)
 *     .fit(tumours);
 * }</pre>
 */
public final class SGDClassifier
    extends ProbabilisticClassifier<Vector, SGDClassifier, SGDClassificationModel>
    implements SGDParams<SGDClassifier>,
        SGDEstimator<SGDClassificationModel>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private static final List<Loss> LOSSES =
      Loss.kinds().stream().filter(loss -> loss.isOfClasses()).toList();

  private final String uid;
  private final SGDParamSet own;

  public SGDClassifier() {
    this(Identifiable$.MODULE$.randomUID("sgdClassifier"));
  }

  public SGDClassifier(String uid) {
    this(PendingUid.announce(uid), LOSSES);
  }

  private SGDClassifier(String uid, List<Loss> losses) {
    this.uid = PendingUid.taken(uid);
    this.own = new SGDParamSet(this, losses);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<SGDClassifier> read() {
    return SavedStage.reader(SGDClassifier.class, SGDClassifier::new);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws io.foldwise.input.InvalidInputException if the directory holds none
   */
  public static SGDClassifier load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return PendingUid.orElse(uid);
  }

  @Override
  public SGDParamSet own() {
    return own;
  }

  @Override
  public SGDClassifier self() {
    return this;
  }

  @Override
  public SGDClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return train(dataset);
  }

  @Override
  public SGDClassificationModel train(Dataset<?> dataset) {
    return model(training().fit(dataset.toDF()));
  }

  @Override
  public SGDTraining training() {
    return new SGDTraining(this, Grid.defaults());
  }

  @Override
  public SGDClassificationModel model(TrialResult trained) {
    SGDClassificationModel model = SGDClassificationModel.of(uid(), TrainedFunction.of(trained));
    SGDClassificationModel copied = copyValues(model, ParamMap.empty()).setParent(this);
    return copied.hasProbability() ? copied : copied.setProbabilityCol("");
  }

  @Override
  public SGDClassificationModel model(SearchResult result) {
    return model(result.refit()).withSummary(SGDSummary.of(result));
  }

  /**
   * See the superclass.
   *
   * @throws io.foldwise.input.InvalidInputException if thresholds are set and the loss has no
   *     probabilities that they could be of
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Loss.kind(getLoss()).ifPresent(loss -> SGDModel.requireProbabilities(this, loss));
    return SGDTraining.transformed(schema, this, super::transformSchema);
  }

  @Override
  public SGDClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
