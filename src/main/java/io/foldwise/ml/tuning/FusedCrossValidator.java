package io.foldwise.ml.tuning;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.SearchFailedException;
import io.foldwise.spark.job.SessionSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's {@code CrossValidator} with every fold and every setting trained side by side: change the
 * import, and the same program gives the same model sooner.
 */
public final class FusedCrossValidator extends CrossValidator {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LogManager.getLogger(FusedCrossValidator.class);

  public FusedCrossValidator() {
    this(Identifiable$.MODULE$.randomUID("fusedCv"));
  }

  public FusedCrossValidator(String uid) {
    super(uid);
  }

  /** Reads what {@link #save} wrote. */
  public static MLReader<CrossValidator> read() {
    return MllibModels.reader(FusedCrossValidator.class, FusedCrossValidator::new);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws InvalidInputException if the directory holds none
   */
  public static FusedCrossValidator load(String path) {
    return (FusedCrossValidator) read().load(path);
  }

  @Override
  public CrossValidatorModel fit(Dataset<?> dataset) {
    return crossValidate(dataset).model();
  }

  /** Does what {@link #fit} does, and tells more of what it found. */
  public CrossValidated crossValidate(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    transformSchema(rows.schema());
    Dataset<Row> folded =
        getFoldCol().isEmpty()
            ? rows.withColumn(FoldColumn.NAME, FoldColumn.drawn(getNumFolds(), getSeed()))
            : folded(rows, getFoldCol());
    return fused(rows, folded).orElseGet(() -> CrossValidated.of(super.fit(dataset)));
  }

  /**
   * The same for Python, whose folds are not MLlib's and whose own validator stands by.
   *
   * @param dataset the rows that the best model is trained on
   * @param withFolds these rows, with a column of folds
   * @return empty where they are not fused
   */
  public Optional<CrossValidated> crossValidate(
      Dataset<?> dataset, Dataset<?> withFolds, String foldColumn) {
    transformSchema(dataset.schema());
    return fused(dataset.toDF(), folded(withFolds.toDF(), foldColumn));
  }

  private Dataset<Row> folded(Dataset<Row> rows, String column) {
    return rows.withColumn(FoldColumn.NAME, FoldColumn.given(column, getNumFolds())).drop(column);
  }

  private Optional<CrossValidated> fused(Dataset<Row> rows, Dataset<Row> folded) {
    try {
      return Optional.of(SessionSettings.restored(rows.sparkSession(), () -> tuned(rows, folded)));
    } catch (Exception | LinkageError failed) {
      String reason =
          reason(failed).orElseThrow(() -> FusedCrossValidator.<RuntimeException>thrown(failed));
      LOG.warn("{} is not fused: {}", uid(), reason);
      return Optional.empty();
    }
  }

  /**
   * Why MLlib's own is to try, where it is the engine that cannot take the rows or the settings, or
   * where a Spark that is not known here lacks what the engine calls.
   */
  private static Optional<String> reason(Throwable failed) {
    return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
        .filter(
            cause ->
                cause instanceof NotFusedException
                    || cause instanceof InvalidInputException
                    || cause instanceof SearchFailedException
                    || cause instanceof ArithmeticException
                    || cause instanceof LinkageError)
        .findFirst()
        .map(
            cause ->
                cause instanceof LinkageError
                    ? "this version of Spark is not known to it: " + cause.getMessage()
                    : cause.getMessage());
  }

  /** Throws what Spark threw, which in Scala need not be declared. */
  @SuppressWarnings("unchecked")
  static <E extends Throwable> RuntimeException thrown(Throwable failed) throws E {
    throw (E) failed;
  }

  private CrossValidated tuned(Dataset<Row> rows, Dataset<Row> folded) {
    FusedTuning.Tuned tuned =
        new FusedTuning(
                getEstimator(), getEstimatorParamMaps(), getEvaluator(), getCollectSubModels())
            .run(rows, folded, getNumFolds());
    CrossValidatorModel model =
        MllibModels.crossValidated(this, tuned.best(), tuned.averages(), tuned.subModels());
    return CrossValidated.of(model, tuned);
  }

  @Override
  public FusedCrossValidator copy(ParamMap extra) {
    return (FusedCrossValidator) super.copy(extra);
  }

  @Override
  public FusedCrossValidator setEstimator(Estimator<?> value) {
    return (FusedCrossValidator) super.setEstimator(value);
  }

  @Override
  public FusedCrossValidator setEstimatorParamMaps(ParamMap[] value) {
    return (FusedCrossValidator) super.setEstimatorParamMaps(value);
  }

  @Override
  public FusedCrossValidator setEvaluator(Evaluator value) {
    return (FusedCrossValidator) super.setEvaluator(value);
  }

  @Override
  public FusedCrossValidator setNumFolds(int value) {
    return (FusedCrossValidator) super.setNumFolds(value);
  }

  @Override
  public FusedCrossValidator setSeed(long value) {
    return (FusedCrossValidator) super.setSeed(value);
  }

  @Override
  public FusedCrossValidator setFoldCol(String value) {
    return (FusedCrossValidator) super.setFoldCol(value);
  }

  @Override
  public FusedCrossValidator setParallelism(int value) {
    return (FusedCrossValidator) super.setParallelism(value);
  }

  @Override
  public FusedCrossValidator setCollectSubModels(boolean value) {
    return (FusedCrossValidator) super.setCollectSubModels(value);
  }
}
