package io.foldwise.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.Foldwise;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.MllibUnits;
import io.foldwise.learn.optim.MllibUnits.Deviation;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.CandidateSource;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What an estimator of ours asks of the engine: a candidate over the rows of a frame. */
public final class SGDTraining {
  private static final String FOLD = "foldwise_fold";

  private final SGDParams<?> params;
  private final Predictor<?, ?, ?> columns;
  private final Loss loss;
  private final Grid grid;

  /**
   * @param loss what is minimised
   * @param grid a grid of one candidate, which δ or τ may be set on
   */
  SGDTraining(SGDParams<?> params, Loss loss, Grid grid) {
    this.params = params;
    this.columns = (Predictor<?, ?, ?>) params;
    this.loss = loss;
    this.grid = descending(grid);
  }

  private Grid descending(Grid start) {
    Grid all =
        start
            .with(Axis.OPTIMIZER, params.getOptimizer())
            .with(Axis.SCHEDULE, params.getSchedule())
            .with(Axis.MOMENTUM, Double.toString(params.getMomentum()))
            .with(Axis.EPOCHS, Integer.toString(params.getMaxIter()))
            .with(Axis.DEGREE, Integer.toString(params.getDegree()))
            .with(Axis.FIT_INTERCEPT, Boolean.toString(params.getFitIntercept()))
            .with(Axis.STANDARDIZE, Boolean.toString(params.getStandardization()));
    if (params.isDefined(params.learningRate())) {
      all = all.with(Axis.LEARNING_RATE, Double.toString(params.getLearningRate()));
    }
    return params.isDefined(params.batchSize())
        ? all.with(Axis.BATCH_SIZE, Long.toString(params.getBatchSize()))
        : all;
  }

  /** Trains on all rows. */
  SearchResult fit(Dataset<Row> rows) {
    Dataset<Row> read = rows.select(read().toArray(Column[]::new));
    return over(read, candidates(read)).fit();
  }

  /** Cross-validates several at once; see {@link SGDEstimator#search}. */
  static SearchResult search(
      List<SGDTraining> all, Dataset<Row> rows, String foldColumn, Optional<Metric> metric) {
    SGDTraining first = all.get(0);
    List<Column> columns = first.read();
    columns.add(NamedFeatures.named(foldColumn).as(FOLD));
    Dataset<Row> read = rows.select(columns.toArray(Column[]::new));
    List<CandidateSource> sources = all.stream().map(each -> each.candidates(read)).toList();
    Foldwise search =
        first
            .over(
                read,
                (kind, n, spread) ->
                    sources.stream()
                        .flatMap(source -> source.candidates(kind, n, spread).stream())
                        .toList())
            .foldColumn(FOLD);
    metric.ifPresent(search::metric);
    return search.search();
  }

  private Foldwise over(Dataset<Row> read, CandidateSource candidates) {
    Foldwise training =
        Foldwise.on(read)
            .label(columns.getLabelCol())
            .features(features())
            .loss(loss)
            .candidates(candidates)
            .seed(params.getSeed());
    return isWeighted() ? training.weight(params.getWeightCol()) : training;
  }

  /**
   * The schema of what an estimator's model makes of rows.
   *
   * @param check what spark.ml checks and adds, given a schema with a column of vectors
   * @throws IllegalArgumentException if a column is missing or of a type that cannot be used
   */
  static StructType transformed(
      StructType schema, SGDParams<?> params, UnaryOperator<StructType> check) {
    if (!params.getWeightCol().isEmpty()) {
      requireNumber(schema, "weightCol", params.getWeightCol());
    }
    String[] flat = params.getFeaturesCols();
    if (flat.length == 0) {
      return check.apply(schema);
    }
    for (String name : flat) {
      requireNumber(schema, "featuresCols", name);
    }
    String vector = ((Predictor<?, ?, ?>) params).getFeaturesCol();
    StructField[] others =
        Arrays.stream(schema.fields())
            .filter(field -> !field.name().equals(vector))
            .toArray(StructField[]::new);
    StructType assembled = new StructType(others).add(vector, SQLDataTypes.VectorType(), false);
    StructType all = check.apply(assembled);
    StructType out = schema;
    for (StructField added :
        Arrays.asList(all.fields()).subList(assembled.length(), all.length())) {
      out = out.add(added);
    }
    return out;
  }

  private static void requireNumber(StructType schema, String param, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "'%s' (%s) is not a column: there are %s"
              .formatted(param, name, String.join(", ", schema.fieldNames())));
    }
    if (!(schema.apply(name).dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "'%s': column '%s' is of type %s, and must be of numbers"
              .formatted(param, name, schema.apply(name).dataType().simpleString()));
    }
  }

  private boolean isWeighted() {
    return !params.getWeightCol().isEmpty();
  }

  private boolean isFlat() {
    return params.getFeaturesCols().length > 0;
  }

  /** The features as the engine is told of them. */
  private String[] features() {
    return isFlat() ? params.getFeaturesCols() : new String[] {VectorColumn.NAME};
  }

  private List<Column> read() {
    List<Column> read = new ArrayList<>();
    if (isFlat()) {
      Arrays.stream(params.getFeaturesCols()).map(NamedFeatures::named).forEach(read::add);
    } else {
      read.add(NamedFeatures.named(columns.getFeaturesCol()).as(VectorColumn.NAME));
    }
    read.add(number(columns.getLabelCol()));
    if (isWeighted()) {
      read.add(number(params.getWeightCol()));
    }
    return read;
  }

  private static Column number(String name) {
    return NamedFeatures.named(name).cast("double").as(name);
  }

  private CandidateSource candidates(Dataset<Row> read) {
    Penalty penalty = penalty(squaredWeights(read));
    return (kind, rows, spread) ->
        grid.candidates(kind, rows, spread).stream().map(each -> each.with(penalty)).toList();
  }

  /** Σ w² over all rows, which are one fold; empty where rows have no weights. */
  private List<Double> squaredWeights(Dataset<Row> read) {
    if (!isWeighted()) {
      return List.of();
    }
    Column weight = NamedFeatures.named(params.getWeightCol());
    Column squares = coalesce(sum(weight.multiply(weight)), lit(0.0));
    return List.of(read.agg(squares).head().getDouble(0));
  }

  /**
   * MLlib's penalty: of {@code LinearRegression} with its normal equations for squared loss, of
   * {@code LogisticRegression} for all others, which do not scale the label.
   */
  private Penalty penalty(List<Double> squaredWeights) {
    double lambda = params.getRegParam();
    double alpha = params.getElasticNetParam();
    boolean isSquared = loss.isKindOf(Loss.squared());
    Deviation deviation = isSquared ? Deviation.POPULATION : Deviation.SAMPLE;
    double scale = isSquared ? 2 : 1;
    return new Penalty(
        scale * lambda * alpha,
        scale * lambda * (1 - alpha) / 2,
        new MllibUnits(isSquared, params.getStandardization(), deviation, squaredWeights));
  }
}
