package io.foldwise.spark.data.load;

import io.foldwise.spark.data.schema.Cell;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.source.SourceFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a source of many columns as a frame of few: {@link Columns#PACKED}, then columns that
 * are kept as they are, {@link Columns#LARGEST}, {@link Columns#LEAST}, {@link Columns#VALUES} and
 * {@link SourceFrame#ORDER}.
 *
 * <p>Spark compiles and plans for each column of each projection, which takes ten times as long as
 * it takes to read 2,000 rows of 2,000 columns. Here one loop reads the cells of all columns, so
 * that whatever is asked of the frame is compiled for a few.
 */
public final class NarrowRows {

  /**
   * The most columns of a source that is not read as narrow rows. Above {@code
   * spark.sql.codegen.maxFields}, 100, Spark itself gives up its fused loops; and few datasets
   * whose columns people name are wider.
   */
  static final int MOST_COLUMNS = 200;

  private NarrowRows() {}

  /**
   * The narrow rows, read anew by each job.
   *
   * @param packed the names of the columns of numbers to pack, in their order; what is no number
   *     counts as 0
   * @param kept the names of the columns that are kept, distinct
   */
  static Dataset<Row> of(SourceFrame source, List<String> packed, List<String> kept) {
    SparkSession spark = source.frame().sparkSession();
    List<StructField> columns = source.columns();
    List<String> names = source.names();
    Map<String, Integer> at = new HashMap<>();
    names.forEach(name -> at.put(name, at.size()));
    String zone = spark.sessionState().conf().sessionLocalTimeZone();
    Narrowing narrowing =
        new Narrowing(
            IntStream.range(0, columns.size())
                .mapToObj(j -> Cell.of(columns.get(j), j, zone))
                .toArray(Cell[]::new),
            packed.stream().mapToInt(at::get).toArray(),
            kept.stream().map(source::column).toArray(StructField[]::new),
            kept.stream().mapToInt(at::get).toArray(),
            byName(names));
    JavaRDD<InternalRow> rows = source.scanned().mapPartitionsWithIndex(narrowing::narrowed, false);
    return frame(spark, rows, narrowing.schema());
  }

  private static int[] byName(List<String> names) {
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparing(names::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Dataset<Row> frame(
      SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /**
   * How a row is narrowed.
   *
   * @param cells the cells of all columns
   * @param packed the positions of the columns to pack
   * @param kept the columns to keep
   * @param keptAt their positions
   * @param hashed the positions of all columns in the order of their hash
   */
  private record Narrowing(
      Cell[] cells, int[] packed, StructField[] kept, int[] keptAt, int[] hashed)
      implements Serializable {

    StructType schema() {
      List<StructField> fields = new ArrayList<>(List.of(Columns.packed()));
      fields.addAll(List.of(kept));
      fields.add(Columns.doubles(Columns.LARGEST));
      fields.add(Columns.doubles(Columns.LEAST));
      fields.add(DataTypes.createStructField(Columns.VALUES, DataTypes.LongType, false));
      fields.add(DataTypes.createStructField(Columns.FILE, DataTypes.StringType, false));
      fields.add(DataTypes.createStructField(Columns.START, DataTypes.LongType, false));
      fields.add(DataTypes.createStructField(Columns.WITHIN, DataTypes.LongType, false));
      return DataTypes.createStructType(fields);
    }

    Iterator<InternalRow> narrowed(int partition, Iterator<InternalRow> rows) {
      return new Narrowed(this, rows, (long) partition << SourceFrame.PARTITION_SHIFT);
    }

    long hash(InternalRow row) {
      long hash = RowHash.SPARK_SEED;
      for (int j : hashed) {
        hash = row.isNullAt(j) ? hash : cells[j].hash(row, j, hash);
      }
      return hash;
    }

    void packInto(double[] numbers, InternalRow row) {
      for (int i = 0; i < packed.length; i++) {
        int j = packed[i];
        numbers[i] = row.isNullAt(j) ? Double.NaN : cells[j].number(row, j);
      }
    }
  }

  /** The rows of a partition, each in place of the one before it. */
  private static final class Narrowed implements Iterator<InternalRow> {

    private final Narrowing narrowing;
    private final Iterator<InternalRow> rows;
    private final double[] numbers;
    private final GenericInternalRow narrow;
    private long within;

    Narrowed(Narrowing narrowing, Iterator<InternalRow> rows, long firstWithin) {
      this.narrowing = narrowing;
      this.rows = rows;
      this.numbers = new double[narrowing.packed.length];
      this.narrow = new GenericInternalRow(narrowing.schema().size());
      this.within = firstWithin;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      int d = narrowing.cells.length;
      int to = 0;
      narrowing.packInto(numbers, row);
      narrow.update(to++, UnsafeArrayData.fromPrimitiveArray(numbers));
      for (int i = 0; i < narrowing.kept.length; i++) {
        int from = narrowing.keptAt[i];
        boolean missing = row.isNullAt(from);
        narrow.update(to++, missing ? null : row.get(from, narrowing.kept[i].dataType()));
      }
      double largest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (double number : numbers) {
        double size = Math.abs(number);
        largest = Math.max(largest, size);
        least = size > 0 ? Math.min(least, size) : least;
      }
      narrow.update(to++, largest);
      narrow.update(to++, least);
      narrow.update(to++, narrowing.hash(row));
      narrow.update(to++, row.getUTF8String(d));
      narrow.update(to++, row.getLong(d + 1));
      narrow.update(to, within++);
      return narrow;
    }
  }
}
