package io.foldwise.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.foldwise.Foldwise;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.optim.MllibUnits;
import io.foldwise.learn.optim.MllibUnits.Deviation;
import io.foldwise.learn.optim.MllibUnits.Label;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSource;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
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
   * @param grid a grid of one candidate, which δ or τ may be set on
   */
  SGDTraining(SGDParams<?> params, Grid grid) {
    this.params = params;
    this.columns = (Predictor<?, ?, ?>) params;
    this.loss = Loss.kind(params.getLoss()).orElseThrow();
    this.grid = descending(grid);
  }

  /** The kind of loss that is minimised. */
  public Loss loss() {
    return loss;
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
    List<Double> squaredWeights = squaredWeights(read.withColumn(FOLD, lit(0)), 1);
    return over(read, lossOf(rows), candidates(squaredWeights)).fit();
  }

  /**
   * What a search over several trainings found.
   *
   * @param candidates the candidate of each training; several may be the same
   */
  public record Searched(SearchResult result, List<Candidate> candidates) {
    /** The index of a training's candidate among those that were searched over. */
    public int index(int training) {
      return candidates.stream().distinct().toList().indexOf(candidates.get(training));
    }
  }

  /**
   * Cross-validates several at once, which read the same columns and minimise the same kind of
   * loss.
   *
   * @param all the trainings, in their order
   * @param rows rows with the columns that they read
   * @param foldColumn the column that says each row's fold, an int from 0 to at most k
   * @param folds the number of folds, k
   * @param metric what ranks them; else the mean loss
   */
  public static Searched search(
      List<SGDTraining> all,
      Dataset<Row> rows,
      String foldColumn,
      int folds,
      Optional<Metric> metric) {
    SGDTraining first = all.get(0);
    List<Column> columns = first.read();
    columns.add(Columns.named(foldColumn).as(FOLD));
    Dataset<Row> read = rows.select(columns.toArray(Column[]::new));
    List<Double> squaredWeights = first.squaredWeights(read, folds + 1);
    List<Candidate> candidates = new ArrayList<>();
    CandidateSource source =
        (kind, n, spread) -> {
          candidates.clear();
          all.forEach(
              each ->
                  candidates.addAll(each.candidates(squaredWeights).candidates(kind, n, spread)));
          return candidates.stream().distinct().toList();
        };
    Foldwise search = first.over(read, first.lossOf(rows), source).foldColumn(FOLD);
    metric.ifPresent(search::metric);
    return new Searched(search.search(), List.copyOf(candidates));
  }

  /**
   * The loss for the classes of rows: as many as the label's metadata name, else as its largest
   * index asks for, which is how MLlib counts them.
   *
   * @throws InvalidInputException if labels are no indices, or of one class or too many
   */
  private Loss lossOf(Dataset<Row> rows) {
    if (!(loss instanceof MulticlassLoss several)) {
      return loss;
    }
    String label = columns.getLabelCol();
    Column y = number(label);
    Column isIndex = y.geq(0).and(y.equalTo(floor(y)));
    Column other = when(not(isIndex).and(not(y.isNaN())), y);
    Row found = rows.agg(max(other), max(when(isIndex, y))).head();
    if (!found.isNullAt(0)) {
      throw refusal(
          "holds %s, and 'loss' (%s) takes indices of classes, whole numbers from 0 on: make them with StringIndexer"
              .formatted(found.getDouble(0), loss.label()));
    }
    return found.isNullAt(1)
        ? loss
        : several.ofClasses(classes(named(rows.schema().apply(label)), found.getDouble(1)));
  }

  /**
   * The number of classes.
   *
   * @param named the number that metadata name, or 0
   * @param largest the largest index
   */
  private int classes(int named, double largest) {
    if (named > 0 && largest >= named) {
      throw refusal(
          "holds %.0f, and its metadata are of %d classes, 0 to %d: correct it, or remove the metadata"
              .formatted(largest, named, named - 1));
    }
    double classes = Math.max(named, largest + 1);
    if (classes < 2) {
      throw refusal("is 0 in every row: two classes or more are needed");
    }
    if (classes > MulticlassLoss.MOST_CLASSES) {
      throw refusal(
          "has %.0f classes, and 'loss' (%s) takes at most %d: choose another column"
              .formatted(classes, loss.label(), MulticlassLoss.MOST_CLASSES));
    }
    return (int) classes;
  }

  /** The number of classes that a label's metadata name; 0 where they name none. */
  private static int named(StructField label) {
    Attribute attribute = Attribute.fromStructField(label);
    if (attribute instanceof NominalAttribute nominal) {
      return nominal.getNumValues().isDefined() ? (Integer) nominal.getNumValues().get() : 0;
    }
    return attribute instanceof BinaryAttribute ? 2 : 0;
  }

  private InvalidInputException refusal(String what) {
    return new InvalidInputException(
        "'labelCol': column '%s' %s".formatted(columns.getLabelCol(), what));
  }

  private Foldwise over(Dataset<Row> read, Loss minimised, CandidateSource candidates) {
    Foldwise training =
        Foldwise.on(read)
            .label(columns.getLabelCol())
            .features(features())
            .loss(minimised)
            .candidates(candidates)
            .seed(params.getSeed());
    return isWeighted() ? training.weight(params.getWeightCol()) : training;
  }

  /**
   * The schema of what an estimator's model makes of rows.
   *
   * @param check what spark.ml checks and adds, given a schema with a column of vectors
   * @throws InvalidInputException if a column is missing or of a type that cannot be used
   */
  static StructType transformed(
      StructType schema, SGDParams<?> params, UnaryOperator<StructType> check) {
    if (!params.getWeightCol().isEmpty()) {
      requireNumber(schema, "weightCol", params.getWeightCol());
    }
    Predictor<?, ?, ?> columns = (Predictor<?, ?, ?>) params;
    requireNumber(schema, "labelCol", columns.getLabelCol());
    String[] flat = params.getFeaturesCols();
    String vector = columns.getFeaturesCol();
    if (flat.length == 0) {
      requireColumn(schema, "featuresCol", vector);
      return check.apply(schema);
    }
    for (String name : flat) {
      requireNumber(schema, "featuresCols", name);
    }
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

  static void requireColumn(StructType schema, String param, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InvalidInputException(
          "'%s' (%s) is not a column: there are %s"
              .formatted(param, name, String.join(", ", schema.fieldNames())));
    }
  }

  static void requireNumber(StructType schema, String param, String name) {
    requireColumn(schema, param, name);
    if (!(schema.apply(name).dataType() instanceof NumericType)) {
      throw new InvalidInputException(
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
      Arrays.stream(params.getFeaturesCols()).map(Columns::named).forEach(read::add);
    } else {
      read.add(Columns.named(columns.getFeaturesCol()).as(VectorColumn.NAME));
    }
    read.add(number(columns.getLabelCol()));
    if (isWeighted()) {
      read.add(number(params.getWeightCol()));
    }
    return read;
  }

  private static Column number(String name) {
    return Columns.named(name).cast("double").as(name);
  }

  private CandidateSource candidates(List<Double> squaredWeights) {
    Penalty penalty = penalty(squaredWeights);
    return (kind, rows, spread) ->
        grid.candidates(kind, rows, spread).stream().map(each -> each.with(penalty)).toList();
  }

  private List<Double> squaredWeights(Dataset<Row> read, int folds) {
    return isWeighted()
        ? squaredWeights(read, Columns.named(params.getWeightCol()), FOLD, folds)
        : List.of();
  }

  /**
   * Σ w² over each fold, as {@link MllibUnits} ask for it.
   *
   * @param fold the column that says each row's fold, an int in [0, k)
   * @param folds the number of folds, k
   */
  public static List<Double> squaredWeights(
      Dataset<Row> rows, Column weight, String fold, int folds) {
    Double[] squares = new Double[folds];
    Arrays.fill(squares, 0.0);
    rows.groupBy(Columns.named(fold))
        .agg(coalesce(sum(weight.multiply(weight)), lit(0.0)))
        .collectAsList()
        .forEach(row -> squares[row.getInt(0)] = row.getDouble(1));
    return List.of(squares);
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
        new MllibUnits(
            isSquared ? Label.DIVIDED : Label.KEPT,
            params.getStandardization(),
            deviation,
            squaredWeights));
  }
}
