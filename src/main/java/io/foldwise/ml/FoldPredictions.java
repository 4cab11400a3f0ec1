package io.foldwise.ml;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.learn.loss.Softmax;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Plain columns of predictions, each row's by the model of its fold: what {@code predict} writes
 * with one model, and out-of-fold predictions with k.
 *
 * @param models the models by fold, all of one loss and the same features
 * @param intervals of the only model, the intervals to write beside its predictions, if any
 */
public record FoldPredictions(
    List<SGDModel> models, Optional<PredictionIntervals.Level> intervals) {
  /** The column of ŷ, or of the class in its own words where the model knows them. */
  public static final String PREDICTION = "prediction";

  /** The column of the chance of class 1; of several classes the beginning of each one's column. */
  public static final String PROBABILITY = "probability";

  /** The columns of an interval's ends. */
  public static final String LOWER = PREDICTION + SGDRegressionModel.LOWER;

  public static final String UPPER = PREDICTION + SGDRegressionModel.UPPER;

  private static final String VECTOR = "features";

  public FoldPredictions {
    models = List.copyOf(models);
  }

  /** Predictions by the model of each row's fold. */
  public FoldPredictions(List<SGDModel> models) {
    this(models, Optional.empty());
  }

  /** Predictions by the same model for every row, perhaps with intervals. */
  public static FoldPredictions of(SGDModel model, Optional<PredictionIntervals.Level> intervals) {
    return new FoldPredictions(List.of(model), intervals);
  }

  private boolean hasProbability() {
    return models.get(0) instanceof SGDClassificationModel classes && classes.hasProbability();
  }

  /** The classes that each have a column of probabilities; none where one column does. */
  private List<String> several() {
    TrainedFunction trained = models.get(0).trained();
    int functions = trained.function().functions().size();
    if (functions == 1 || !hasProbability()) {
      return List.of();
    }
    return trained.classes().isNone()
        ? IntStream.range(0, functions).mapToObj(Integer::toString).toList()
        : trained.classes().names();
  }

  /** The columns that {@link #appendedTo} adds. */
  public List<String> columns() {
    if (!hasProbability()) {
      return intervals.isEmpty() ? List.of(PREDICTION) : List.of(PREDICTION, LOWER, UPPER);
    }
    List<String> several = several();
    return Stream.concat(
            Stream.of(PREDICTION),
            several.isEmpty() ? Stream.of(PROBABILITY) : several.stream().map(FoldPredictions::of))
        .toList();
  }

  private static String of(String name) {
    return PROBABILITY + "_" + name;
  }

  /** The rows and their predictions by the only model. */
  public Dataset<Row> appendedTo(Dataset<Row> rows) {
    return appendedTo(rows, lit(0));
  }

  /**
   * The rows and their predictions.
   *
   * @param rows the rows, with the features as columns of their names, or in one vector {@code
   *     features}, or in the arrays of {@link AssignedRows#PACKED}
   * @param fold the fold of a row, an int
   */
  public Dataset<Row> appendedTo(Dataset<Row> rows, Column fold) {
    Dataset<Row> read = read(rows);
    boolean isVector = NamedFeatures.isVector(VECTOR, rows.schema());
    Column x = col(isVector ? VECTOR : NamedFeatures.VECTOR);
    Shared<List<SGDModel>> shared =
        Transport.share(rows.sparkSession().sparkContext(), new ArrayList<>(models));
    Dataset<Row> predicted =
        read.withColumn(
            PREDICTION,
            doubles((of, features) -> shared.value().get(of).predict(features)).apply(fold, x));
    if (intervals.isPresent() && models.get(0) instanceof SGDRegressionModel model) {
      predicted = model.bounded(predicted, x, intervals.get(), PREDICTION);
    }
    Classes classes = models.get(0).trained().classes();
    if (!classes.isNone()) {
      Column name = classes.named(col(PREDICTION));
      predicted =
          predicted.withColumn(PREDICTION, classes.areNumbers() ? name.cast("double") : name);
    }
    List<String> several = several();
    if (!several.isEmpty()) {
      UserDefinedFunction probabilities =
          udf(
              (Integer of, Vector features) ->
                  Softmax.probabilities(shared.value().get(of).values(features)),
              DataTypes.createArrayType(DataTypes.DoubleType, false));
      Column all = probabilities.apply(fold, x);
      for (int k = 0; k < several.size(); k++) {
        predicted = predicted.withColumn(of(several.get(k)), all.getItem(k));
      }
    } else if (hasProbability()) {
      predicted =
          predicted.withColumn(
              PROBABILITY,
              doubles((of, features) -> shared.value().get(of).probability(features).getAsDouble())
                  .apply(fold, x));
    }
    return predicted.drop(NamedFeatures.VECTOR);
  }

  /** The rows with the features in one vector. */
  private Dataset<Row> read(Dataset<Row> rows) {
    if (NamedFeatures.isVector(VECTOR, rows.schema())) {
      return rows;
    }
    return List.of(rows.columns()).contains(AssignedRows.PACKED)
        ? rows.withColumn(NamedFeatures.VECTOR, array_to_vector(col(AssignedRows.PACKED)))
        : new NamedFeatures(models.get(0).features()).assembled(rows);
  }

  private static UserDefinedFunction doubles(UDF2<Integer, Vector, Double> function) {
    return udf(function, DataTypes.DoubleType).asNonNullable();
  }
}
