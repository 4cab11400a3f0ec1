package io.foldwise.spark.data.load;

import io.foldwise.spark.data.schema.Cell;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Numeral;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.SourceFrame;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * What is said of the columns of a source, found in one pass by a loop of our own, since code that
 * Spark would compile for each statistic of each column costs more than it runs. The number of
 * different values, where there are more than {@value #MOST_COUNTED}, and of different rows is by
 * Spark's own HyperLogLog++, the distribution of numbers by a quantile sketch of Apache
 * DataSketches (Karnin, Lang and Liberty 2016). NaN counts as missing.
 */
final class TableFacts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The relative deviation of the number of different values. */
  private static final double DISTINCT_ERROR = 0.02;

  /** The different values of a column that are counted exactly, as those of categories must be. */
  static final int MOST_COUNTED = 1000;

  /**
   * The k of the sketches of all columns together, and the least and the most of one: ranks are
   * exact up to k numbers of a partition, and right to about 4 % by 64 and 0.4 % by 1000.
   */
  private static final int SKETCHES = 100_000;

  private static final int LEAST_SKETCH = 64;
  private static final int MOST_SKETCH = 1000;

  /** The rows up to which equal ones are counted exactly. */
  static final long MOST_EXACT = 1_000_000;

  /** The bars of a distribution. */
  private static final int BARS = 10;

  /** How the cells of a column are read. */
  private record Reader(int position, boolean number, Cell cell, Expression text)
      implements Serializable {
    static Reader of(StructField column, int position, String zone) {
      return new Reader(
          position,
          Columns.isNumber(column.dataType()),
          Cell.of(column, position, zone),
          Cast$.MODULE$.apply(
              new BoundReference(position, column.dataType(), true),
              DataTypes.StringType,
              Option.apply(zone),
              false));
    }
  }

  private final HyperLogLogPlusPlusHelper distinct;
  private final DistinctValues[] few;

  /** Of columns of text: those that may stand for a missing cell; null once one is no number. */
  private final TreeSet<String>[] marks;

  /** Of columns of text: the cells that are numbers, and those that are with a decimal comma. */
  private final long[] numerals;

  private final long[] commas;
  private final long[] counts;
  private final double[] sums;
  private final double[] least;
  private final double[] greatest;
  private final String[] first;
  private final String[] last;
  private final byte[][] sketches;

  /** The registers of all columns, one after the other, then those of whole rows. */
  private final UnsafeRow registers;

  /** The hashes of rows, while they are few enough to be told apart exactly; else null. */
  private long[] hashes = new long[0];

  private int hashed;

  private TableFacts(int d) {
    this.distinct = new HyperLogLogPlusPlusHelper(DISTINCT_ERROR);
    this.numerals = new long[d];
    this.commas = new long[d];
    this.marks = marks(d);
    this.few = new DistinctValues[d];
    Arrays.setAll(few, j -> new DistinctValues());
    this.counts = new long[d];
    this.sums = new double[d];
    this.least = new double[d];
    this.greatest = new double[d];
    this.first = new String[d];
    this.last = new String[d];
    this.sketches = new byte[d][];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    int words = (d + 1) * distinct.numWords();
    int bytes = UnsafeRow.calculateBitSetWidthInBytes(words) + words * Long.BYTES;
    this.registers = new UnsafeRow(words);
    registers.pointTo(new byte[bytes], bytes);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static TreeSet<String>[] marks(int d) {
    TreeSet<String>[] marks = new TreeSet[d];
    Arrays.setAll(marks, j -> new TreeSet<>());
    return marks;
  }

  /** The facts of columns of a source, by one pass over its rows. */
  static TableFacts of(SourceFrame source, List<StructField> columns) {
    String zone = source.frame().sparkSession().sessionState().conf().sessionLocalTimeZone();
    List<StructField> all = source.columns();
    Reader[] readers =
        columns.stream()
            .map(column -> Reader.of(column, all.indexOf(column), zone))
            .toArray(Reader[]::new);
    Cell[] cells =
        IntStream.range(0, all.size())
            .mapToObj(j -> Cell.of(all.get(j), j, zone))
            .toArray(Cell[]::new);
    boolean exact = source.rows() <= MOST_EXACT;
    JavaRDD<InternalRow> rows = source.scanned();
    return Transport.reduce(
        rows.mapPartitions(part -> List.of(of(part, readers, cells, exact)).iterator()),
        TableFacts::merged);
  }

  private static TableFacts of(
      Iterator<InternalRow> rows, Reader[] readers, Cell[] cells, boolean exact) {
    TableFacts facts = new TableFacts(readers.length);
    facts.hashes = exact ? facts.hashes : null;
    Pass pass = facts.new Pass(readers, cells);
    rows.forEachRemaining(pass::add);
    pass.end();
    return facts;
  }

  /** The rows of one partition. */
  private final class Pass {
    private final Reader[] readers;
    private final Cell[] cells;
    private final KllDoublesSketch[] quantiles;
    private final UTF8String[] lowest;
    private final UTF8String[] highest;

    Pass(Reader[] readers, Cell[] cells) {
      this.readers = readers;
      this.cells = cells;
      this.quantiles = new KllDoublesSketch[readers.length];
      int k = Math.max(LEAST_SKETCH, Math.min(MOST_SKETCH, SKETCHES / Math.max(1, readers.length)));
      this.lowest = new UTF8String[readers.length];
      this.highest = new UTF8String[readers.length];
      Arrays.setAll(
          quantiles, j -> readers[j].number() ? KllDoublesSketch.newHeapInstance(k) : null);
    }

    void add(InternalRow row) {
      for (int j = 0; j < readers.length; j++) {
        if (!row.isNullAt(readers[j].position())) {
          if (readers[j].number()) {
            addNumber(j, readers[j].cell().number(row, readers[j].position()));
          } else {
            addText(j, (UTF8String) readers[j].text().eval(row));
          }
        }
      }
      long hash = RowHash.SPARK_SEED;
      for (int j = 0; j < cells.length; j++) {
        hash = row.isNullAt(j) ? hash * 31 : cells[j].hash(row, j, hash);
      }
      if (hashes == null) {
        distinct.update(registers, readers.length * distinct.numWords(), hash, DataTypes.LongType);
      } else {
        hashes = hashed < hashes.length ? hashes : Arrays.copyOf(hashes, 2 * hashed + 16);
        hashes[hashed++] = hash;
      }
    }

    private void addNumber(int j, double number) {
      if (Double.isNaN(number)) {
        return;
      }
      counts[j]++;
      sums[j] += number;
      least[j] = Math.min(least[j], number);
      greatest[j] = Math.max(greatest[j], number);
      if (few[j].add(Double.doubleToLongBits(number + 0.0))) {
        distinct.update(registers, j * distinct.numWords(), number, DataTypes.DoubleType);
      }
      quantiles[j].update(number);
    }

    private void addText(int j, UTF8String text) {
      if (marks[j] != null) {
        mark(j, text.toString());
      }
      counts[j]++;
      lowest[j] = lowest[j] == null || text.compareTo(lowest[j]) < 0 ? text.clone() : lowest[j];
      highest[j] = highest[j] == null || text.compareTo(highest[j]) > 0 ? text.clone() : highest[j];
      if (few[j].add(XxHash64Function.hash(text, DataTypes.StringType, RowHash.SPARK_SEED))) {
        distinct.update(registers, j * distinct.numWords(), text, DataTypes.StringType);
      }
    }

    private void mark(int j, String text) {
      if (Numeral.is(text)) {
        numerals[j]++;
      } else if (Dialect.hasDecimalComma(text)) {
        commas[j]++;
      } else if (Dialect.mayBeMissing(text)) {
        marks[j].add(text.strip());
      } else {
        marks[j] = null;
      }
    }

    void end() {
      for (int j = 0; j < readers.length; j++) {
        sketches[j] = quantiles[j] == null ? null : quantiles[j].toByteArray();
        first[j] = lowest[j] == null ? null : lowest[j].toString();
        last[j] = highest[j] == null ? null : highest[j].toString();
      }
    }
  }

  private TableFacts merged(TableFacts other) {
    for (int j = 0; j < counts.length; j++) {
      few[j].merge(other.few[j]);
      numerals[j] += other.numerals[j];
      commas[j] += other.commas[j];
      if (marks[j] == null || other.marks[j] == null) {
        marks[j] = null;
      } else {
        marks[j].addAll(other.marks[j]);
      }
      counts[j] += other.counts[j];
      sums[j] += other.sums[j];
      least[j] = Math.min(least[j], other.least[j]);
      greatest[j] = Math.max(greatest[j], other.greatest[j]);
      first[j] = extreme(first[j], other.first[j], -1);
      last[j] = extreme(last[j], other.last[j], 1);
      sketches[j] = merged(sketches[j], other.sketches[j]);
    }
    if (hashes != null) {
      int all = hashed + other.hashed;
      hashes = Arrays.copyOf(hashes, all);
      System.arraycopy(other.hashes, 0, hashes, hashed, other.hashed);
      hashed = all;
    }
    for (int at = 0; at <= counts.length * distinct.numWords(); at += distinct.numWords()) {
      distinct.merge(registers, other.registers, at, at);
    }
    return this;
  }

  private static String extreme(String one, String other, int sign) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    int order = UTF8String.fromString(one).compareTo(UTF8String.fromString(other));
    return sign * order >= 0 ? one : other;
  }

  private static byte[] merged(byte[] one, byte[] other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    KllDoublesSketch sketch = sketch(one);
    sketch.merge(sketch(other));
    return sketch.toByteArray();
  }

  private static KllDoublesSketch sketch(byte[] bytes) {
    return KllDoublesSketch.heapify(Memory.wrap(bytes));
  }

  /** The number of cells of a column that hold something. */
  long present(int j) {
    return counts[j];
  }

  /**
   * The number of different values in a column: exact up to {@value #MOST_COUNTED}; of more an
   * estimate, right to about 2 %, which is above {@value #MOST_COUNTED} too.
   */
  long distinct(int j) {
    return few[j]
        .count()
        .orElseGet(
            () -> Math.max(MOST_COUNTED + 1, distinct.query(registers, j * distinct.numWords())));
  }

  /** The different values of a column by their bits or hashes, as long as they are few. */
  private static final class DistinctValues implements Serializable {
    private static final long MIXING = 0x9E3779B97F4A7C15L;

    /** Keys where their hash says or next to it, 0 in the other cells; null once they are many. */
    private long[] keys = new long[4];

    private int count;
    private boolean hasZero;

    /** Adds a value; whether it may be new. */
    boolean add(long key) {
      if (keys == null) {
        return true;
      }
      boolean isNew = key == 0 ? !hasZero : place(key);
      hasZero |= key == 0;
      count += isNew ? 1 : 0;
      if (count > MOST_COUNTED) {
        keys = null;
      } else if (2 * count > keys.length) {
        grow();
      }
      return isNew;
    }

    private boolean place(long key) {
      int last = keys.length - 1;
      int at = (int) ((key * MIXING) >>> 32) & last;
      while (keys[at] != 0 && keys[at] != key) {
        at = (at + 1) & last;
      }
      boolean isNew = keys[at] == 0;
      keys[at] = key;
      return isNew;
    }

    private void grow() {
      long[] all = keys;
      keys = new long[2 * all.length];
      for (long key : all) {
        if (key != 0) {
          place(key);
        }
      }
    }

    void merge(DistinctValues other) {
      if (other.keys == null) {
        keys = null;
        return;
      }
      for (long key : other.keys) {
        if (key != 0) {
          add(key);
        }
      }
      if (other.hasZero) {
        add(0);
      }
    }

    /** The number of values; empty where they are too many. */
    OptionalLong count() {
      return keys == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
  }

  /** How a column of text can be read as numbers; empty where it cannot, and of other columns. */
  Optional<Inspection.AsNumbers> asNumbers(int j) {
    return marks[j] == null || numerals[j] + commas[j] == 0
        ? Optional.empty()
        : Optional.of(new Inspection.AsNumbers(List.copyOf(marks[j]), commas[j] > 0));
  }

  /** The number of different rows, approximate where they are many. */
  long distinctRows() {
    if (hashes != null) {
      return Arrays.stream(hashes, 0, hashed).distinct().count();
    }
    return distinct.query(registers, counts.length * distinct.numWords());
  }

  /** The range of a column's values; empty where there are none. */
  Optional<Inspection.Range> range(int j) {
    if (counts[j] == 0) {
      return Optional.empty();
    }
    return first[j] != null
        ? Optional.of(new Inspection.Range(first[j], last[j], Optional.empty()))
        : Optional.of(
            new Inspection.Range(
                Double.toString(least[j]),
                Double.toString(greatest[j]),
                Optional.of(sums[j] / counts[j])));
  }

  /**
   * The shares of a column's numbers in parts of equal width of its range; none where it does not
   * vary, or holds no finite numbers.
   */
  List<Double> shares(int j) {
    if (sketches[j] == null
        || !(greatest[j] - least[j] > 0)
        || Double.isInfinite(greatest[j] - least[j])) {
      return List.of();
    }
    double[] edges = new double[BARS - 1];
    Arrays.setAll(edges, i -> least[j] + (greatest[j] - least[j]) * (i + 1) / BARS);
    double[] below = sketch(sketches[j]).getCDF(edges);
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < BARS; i++) {
      shares.add(below[i] - (i == 0 ? 0 : below[i - 1]));
    }
    return shares;
  }
}
