package io.foldwise.spark.data.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the cells of a table of text are, column by column, found in one pass: a loop of our own
 * over {@link CsvRows}, since code that Spark would compile for each of many columns costs more
 * than it runs.
 */
final class CellCounts {

  /** The character that stands for bytes that are not UTF-8 where text was decoded. */
  static final String REPLACEMENT = "\uFFFD";

  private static final StructType BLOCK =
      new StructType()
          .add("file", DataTypes.StringType)
          .add("start", DataTypes.LongType)
          .add("rows", DataTypes.LongType)
          .add("offsets", DataTypes.createArrayType(DataTypes.DoubleType));
  private static final StructType PART =
      new StructType()
          .add("counts", DataTypes.createArrayType(DataTypes.LongType))
          .add("blocks", DataTypes.createArrayType(BLOCK));

  private static final int RAGGED = 0;
  private static final int DAMAGED = 1;
  private static final int ROWS = 2;
  private static final int CELLS = 3;
  private static final int PRESENT = 0;
  private static final int NUMBERS = 1;
  private static final int BOOLEANS = 2;
  private static final int KINDS = 3;

  /**
   * The rows of one block, in their order.
   *
   * @param offsets for each column that was asked for, the value of a row less its number in the
   *     block; NaN where that is not the same in all rows
   */
  record Block(String file, long start, long rows, List<Double> offsets) {}

  private final long[] counts;
  private final List<Block> blocks;

  private CellCounts(long[] counts, List<Block> blocks) {
    this.counts = counts;
    this.blocks = blocks;
  }

  /**
   * Counts all rows.
   *
   * @param lines the lines of the files, as Spark's reader of text gives them
   * @param head how the files begin
   * @param numbered the columns that may count the rows
   */
  static CellCounts of(Dataset<Row> lines, CsvHead head, int[] numbered) {
    JavaRDD<Row> parts =
        lines
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> List.of(counted(new CsvRows(part, head), numbered)).iterator());
    CellCounts sum = new CellCounts(new long[length(head)], new ArrayList<>());
    // As rows of SQL, the parts travel whatever the session's serializer is.
    lines.sparkSession().createDataFrame(parts, PART).collectAsList().forEach(sum::add);
    sum.blocks.sort(Comparator.comparing(Block::file).thenComparingLong(Block::start));
    return sum;
  }

  private static int length(CsvHead head) {
    return CELLS + KINDS * head.cells().size();
  }

  private void add(Row part) {
    List<Long> more = part.getList(0);
    Arrays.setAll(counts, i -> counts[i] + more.get(i));
    for (Row block : part.<Row>getList(1)) {
      blocks.add(
          new Block(block.getString(0), block.getLong(1), block.getLong(2), block.getList(3)));
    }
  }

  long rows() {
    return counts[ROWS];
  }

  /** The number of lines that are not as wide as the header. */
  long ragged() {
    return counts[RAGGED];
  }

  /** The number of cells and lines that hold {@link #REPLACEMENT}. */
  long damaged() {
    return counts[DAMAGED];
  }

  /** The number of cells of a column that are not blank. */
  long present(int column) {
    return counts[CELLS + KINDS * column + PRESENT];
  }

  /** The number of cells of a column that are numbers. */
  long numbers(int column) {
    return counts[CELLS + KINDS * column + NUMBERS];
  }

  /** The number of cells of a column that are true or false. */
  long booleans(int column) {
    return counts[CELLS + KINDS * column + BOOLEANS];
  }

  /**
   * Whether the k-th of the columns that may be numbered counts the rows, from 0 or 1: those of
   * each file, or those of all files in their order.
   */
  boolean isIndex(int k) {
    return IntStream.of(0, 1).anyMatch(from -> counts(k, from, true) || counts(k, from, false));
  }

  private boolean counts(int k, long from, boolean eachFile) {
    String file = "";
    long next = from;
    for (Block block : blocks) {
      next = eachFile && !block.file().equals(file) ? from : next;
      file = block.file();
      if (block.offsets().get(k) != next) {
        return false;
      }
      next += block.rows();
    }
    return true;
  }

  private static Row counted(CsvRows rows, int[] numbered) {
    Counter counter = new Counter(rows.head(), numbered);
    rows.forEachRemaining(counter::add);
    counter.endBlock();
    return RowFactory.create(counter.counts, counter.blocks.toArray(Row[]::new));
  }

  /** Counts the rows of one partition. */
  private static final class Counter {

    private final int[] numbered;
    private final long[] counts;
    private final List<Row> blocks = new ArrayList<>();
    private final int columns;
    private final CsvSyntax syntax;
    private final double[] offsets;
    private UTF8String file = UTF8String.EMPTY_UTF8;
    private long start;
    private long within;

    Counter(CsvHead head, int[] numbered) {
      this.numbered = numbered;
      this.counts = new long[length(head)];
      this.columns = head.cells().size();
      this.syntax = head.syntax();
      this.offsets = new double[numbered.length];
    }

    void add(CsvRows row) {
      counts[ROWS]++;
      if (row.isRagged()) {
        counts[RAGGED]++;
        counts[DAMAGED] += row.line().contains(REPLACEMENT) ? 1 : 0;
        return;
      }
      for (int j = 0; j < columns; j++) {
        String cell = row.cell(j);
        if (cell != null) {
          count(CELLS + KINDS * j, cell);
        }
      }
      if (numbered.length > 0) {
        place(row);
      }
    }

    /** Counts what a cell is. */
    private void count(int at, String cell) {
      if (syntax.isNumber(cell)) {
        counts[at + PRESENT]++;
        counts[at + NUMBERS]++;
      } else if (!cell.isBlank()) {
        counts[at + PRESENT]++;
        boolean truth = cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
        counts[at + BOOLEANS] += truth ? 1 : 0;
        counts[DAMAGED] += cell.contains(REPLACEMENT) ? 1 : 0;
      }
    }

    private void place(CsvRows row) {
      boolean same = within > 0 && start == row.start() && row.file().equals(file);
      if (!same) {
        endBlock();
        file = row.file();
        start = row.start();
      }
      for (int k = 0; k < numbered.length; k++) {
        String cell = row.cell(numbered[k]);
        OptionalDouble number = cell == null ? OptionalDouble.empty() : syntax.number(cell);
        double offset = number.orElse(Double.NaN) - within;
        offsets[k] = within == 0 || offsets[k] == offset ? offset : Double.NaN;
      }
      within++;
    }

    void endBlock() {
      if (within > 0) {
        blocks.add(RowFactory.create(file.toString(), start, within, offsets.clone()));
      }
      within = 0;
    }
  }
}
