package io.foldwise.spark.data.fold;

import io.foldwise.learn.model.Imputed;
import io.foldwise.search.Assignment;
import io.foldwise.spark.data.load.BadCell;
import io.foldwise.spark.data.load.ColumnRoles;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.RowHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Training rows that know their fold and position, and the test rows.
 *
 * <p>The cache of small data belongs to {@link LoadedData}, so that repeats share it; {@link
 * #close} drops what this assignment alone holds.
 */
public final class AssignedRows implements AutoCloseable {

  /**
   * The name of the fold column, an int in [0, k), or in [0, 2k) where a purge cuts folds in two
   * ({@link Assignment}).
   */
  public static final String FOLD = Columns.FOLD;

  /** The name of the position column, a long in [0, positions). */
  public static final String POSITION = Columns.POSITION;

  /** The name of the column of arrays that hold all features of a row. */
  public static final String PACKED = Columns.PACKED;

  /** The name of the weight column, a double. */
  public static final String WEIGHT = Columns.WEIGHT;

  private final LoadedData data;
  private final Frames frames;
  private final Assignment assignment;
  private final List<String> notes;
  private final Origin origin;
  private List<Imputed> imputed;

  AssignedRows(
      LoadedData data, Frames frames, Assignment assignment, List<String> notes, Origin origin) {
    this.data = data;
    this.frames = frames;
    this.assignment = assignment;
    this.notes = Stream.concat(data.notes().stream(), notes.stream()).toList();
    this.origin = origin;
  }

  /**
   * The rows: features, label, {@link #FOLD}, {@link #POSITION}, and {@link #WEIGHT} where {@link
   * #isWeighted}. Features are d columns, or one of arrays where {@link #isPacked}, or of vectors
   * where {@link #isSparse}. Numbers are doubles that are never null.
   */
  public Dataset<Row> frame() {
    return frames.training();
  }

  /**
   * How the rows are dealt. Its number of rows is exact, except for a random test set of more than
   * {@link LoadedData#SMALL_ROWS} rows, where it is the expected one.
   */
  public Assignment assignment() {
    return assignment;
  }

  /** The fold of a row, an int, as people number folds. */
  public Column foldOf() {
    int each = assignment.pieces() / assignment.folds();
    Column piece = Columns.named(FOLD);
    return each == 1 ? piece : functions.floor(piece.divide(each)).cast(DataTypes.IntegerType);
  }

  /** The rows of {@link #frame} with what tells them apart. */
  public KeyedRows keyed() {
    return frames.keyed();
  }

  /** The test rows: the same columns except fold and position. */
  public Optional<Dataset<Row>> test() {
    return frames.test();
  }

  /** The rows to score a given model on, test rows or else all: the columns of {@link #test}. */
  public Dataset<Row> scored() {
    return frames.test().orElseGet(() -> frame().drop(FOLD, POSITION));
  }

  /** Whether the features stand in one column of sparse vectors. */
  public boolean isSparse() {
    return data.roles().features() instanceof FeatureColumns.Vector;
  }

  /** Whether the features stand in one column of arrays, since the source has many columns. */
  public boolean isPacked() {
    return data.roles().isPacked();
  }

  /** Whether rows have weights. */
  public boolean isWeighted() {
    return data.roles().isWeighted();
  }

  /**
   * The d names of the features, in the order of the frame's first columns or of its arrays or
   * vectors.
   */
  public List<String> features() {
    return data.features();
  }

  /**
   * The features whose missing cells are filled inside the folds; their medians take a pass, once.
   */
  public List<Imputed> imputed() {
    if (imputed == null) {
      boolean byMedian = data.imputed().stream().anyMatch(Imputed::isByMedian);
      imputed = byMedian ? new FoldMedians(this).of(data.imputed()) : data.imputed();
    }
    return imputed;
  }

  /** The name of the label. */
  public String label() {
    return data.label();
  }

  /**
   * Remarks for people, each one line: how the data were read, what the assignment cost, what is
   * only even by chance.
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * The deviation of the training labels, robust against outliers: the median distance from the
   * median over 0.6745 (that of normal labels); where that is 0, 1.2533 times the mean distance;
   * where all labels are the same, 1. It takes one pass, over all rows or, of more than {@link
   * LoadedData#SMALL_ROWS}, over about so many that their positions draw: the same on every
   * partitioning.
   */
  public double labelSpread() {
    double share = Math.min(1, (double) LoadedData.SMALL_ROWS / assignment.rows());
    long positions = (long) Math.ceil(share * assignment.positions());
    double[] labels =
        frame()
            .where(Columns.named(POSITION).lt(positions))
            .select(Columns.named(label()))
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getDouble(0))
            .filter(Double::isFinite)
            .toArray();
    double median = median(labels);
    double[] distances = Arrays.stream(labels).map(y -> Math.abs(y - median)).toArray();
    double spread = median(distances) / 0.6745;
    double mean = 1.2533 * Arrays.stream(distances).average().orElse(0);
    return spread > 0 ? spread : mean > 0 ? mean : 1;
  }

  /** The median by commons-math; 0 of no numbers. */
  private static double median(double[] values) {
    return values.length == 0 ? 0 : new Median().evaluate(values);
  }

  /**
   * Rows on the driver, the same on every partitioning: the training rows of the lowest positions,
   * which is a draw at random, in their order, then test rows by their hash, at most half as many.
   *
   * @param most how many rows at most; 0 reads none
   */
  public List<SampledRow> sample(int most) {
    if (most == 0) {
      return List.of();
    }
    List<SampledRow> tests =
        test()
            .map(
                test ->
                    test.orderBy(RowHash.ofContents(test.schema(), data.roles().numbers()))
                        .limit(most / 2)
                        .collectAsList())
            .orElse(List.of())
            .stream()
            .map(row -> sampled(row, -1))
            .toList();
    List<SampledRow> rows = new ArrayList<>();
    frame()
        .orderBy(Columns.named(POSITION))
        .limit(most - tests.size())
        .collectAsList()
        .forEach(row -> rows.add(sampled(row, row.getInt(row.fieldIndex(FOLD)))));
    rows.addAll(tests);
    return rows;
  }

  private SampledRow sampled(Row row, int piece) {
    double[] features = new double[features().size()];
    if (isSparse()) {
      features = row.<Vector>getAs(0).toArray();
    } else {
      List<Double> packed = isPacked() ? row.getList(0) : List.of();
      for (int j = 0; j < features.length; j++) {
        features[j] = isPacked() ? packed.get(j) : row.getDouble(j);
      }
    }
    return new SampledRow(features, row.getDouble(row.fieldIndex(label())), piece);
  }

  /** The classes that labels are read as; none where they are the numbers that they are. */
  public Classes classes() {
    return data.roles().classes();
  }

  ColumnRoles roles() {
    return data.roles();
  }

  /** Sketches the training rows, to be known again by {@link #trainedOn}, by one pass. */
  public RowSketch sketched() {
    Column contents = RowHash.ofContents(frame().schema(), data.roles().numbers());
    return RowSketch.of(frame(), contents, assignment.rows());
  }

  /**
   * Says how many of the rows of {@link #scored} a model was trained on, if any; looks up the first
   * 100,000.
   */
  public Optional<String> trainedOn(RowSketch training) {
    if (training.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> rows = scored();
    return training.note(
        rows
            .select(RowHash.ofContents(rows.schema(), data.roles().numbers()))
            .takeAsList(RowSketch.MOST_ASKED)
            .stream()
            .map(row -> row.getLong(0))
            .toList());
  }

  /** The first cell that cannot be used; see {@link LoadedData#firstBadCell}. */
  public Optional<BadCell> firstBadCell() {
    return data.firstBadCell();
  }

  /**
   * The rows dealt again with duplicates told apart, if these fold sizes call for it: large data,
   * and a fold off n/k by more than 5 % and five standard deviations of chance. Test rows stay the
   * same. The new frame costs a shuffle in each pass.
   *
   * @param foldSizes observed rows of each fold, k long
   */
  public Optional<AssignedRows> rebalanced(long[] foldSizes) {
    return origin.rebalanced(foldSizes);
  }

  /** Drops what this assignment holds; its frames cannot be read afterwards. */
  @Override
  public void close() {
    origin.close();
  }

  /** The training rows, without and with their keys, and the test rows. */
  record Frames(Dataset<Row> training, KeyedRows keyed, Optional<Dataset<Row>> test) {}

  /** What made an assignment, and can make it again. */
  interface Origin {

    /** See {@link AssignedRows#rebalanced}. */
    Optional<AssignedRows> rebalanced(long[] foldSizes);

    /** Drops what the frames need. */
    void close();
  }
}
