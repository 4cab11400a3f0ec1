package io.foldwise.ml.tuning;

import java.util.Optional;
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
   * @throws io.foldwise.input.InvalidInputException if the directory holds none
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
            ? FoldColumn.drawn(rows, getNumFolds(), getSeed())
            : FoldColumn.given(rows, getFoldCol(), getNumFolds());
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
    return fused(dataset.toDF(), FoldColumn.given(withFolds.toDF(), foldColumn, getNumFolds()));
  }

  private Optional<CrossValidated> fused(Dataset<Row> rows, Dataset<Row> folded) {
    return FusedTuning.tuned(this, rows, folded, getNumFolds())
        .map(
            tuned ->
                CrossValidated.of(
                    MllibModels.crossValidated(
                        this, tuned.best(), tuned.averages(), tuned.subModels()),
                    tuned));
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
