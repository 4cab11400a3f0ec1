package io.foldwise.spark.data.schema;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unwrap_udt;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The hashes that decide folds, positions and test rows: xxHash64 with Spark's seed 42, chained
 * over columns, null leaving it as it is.
 *
 * <pre>
 * key       = hash(id), or hash(every column of the file, by name)
 * identity  = key for the first row with a key, hash(key, occurrence) for its duplicates
 * draw      = hash(identity, salt + seed)
 * contents  = hash(features and label, in the model's order)
 * </pre>
 *
 * Numbers are cast to double and −0 to 0 first, so that a csv and a Parquet file of the same values
 * agree; of a vector, the indices and values that are not zero count. The same formulas stand here
 * twice: as Spark columns and, for small data, on longs. The hash of every column stands in {@link
 * Cell} once more, for rows of many columns.
 */
public final class RowHash {

  /** What a draw decides; each has its own salt, so that the three are independent. */
  public enum Draw {
    FOLD(0x666f6c64_00000000L),
    POSITION(0x706c6163_00000000L),
    TEST(0x74657374_00000000L);

    private final long salt;

    Draw(long salt) {
      this.salt = salt;
    }

    /** The draw of a row as a long column, uniform over all 64 bits. */
    public Column of(Column identity, long seed) {
      return xxhash64(identity, lit(salt + seed));
    }

    /** The draw of a row on the driver, the same number as in the column. */
    public long of(long identity, long seed) {
      return hash(identity, salt + seed);
    }
  }

  /** The seed of Spark's {@code xxhash64} function. */
  public static final long SPARK_SEED = 42L;

  private RowHash() {}

  /** The hash of all columns, in the order of their names; {@link Cell#hash} gives the same. */
  public static Column ofAll(List<StructField> columns) {
    return xxhash64(
        columns.stream()
            .sorted(Comparator.comparing(StructField::name))
            .flatMap(RowHash::normal)
            .toArray(Column[]::new));
  }

  /**
   * The hash of a model's features and its label, in this order: the same in every file that holds
   * the row, whatever else it holds.
   *
   * @param numbers the columns of the features, then the label
   */
  public static Column ofContents(StructType schema, List<String> numbers) {
    return xxhash64(
        numbers.stream().flatMap(name -> normal(schema.apply(name))).toArray(Column[]::new));
  }

  /** The hash of one column. */
  public static Column of(StructField column) {
    return xxhash64(normal(column).toArray(Column[]::new));
  }

  /** The identity of the row with this key and occurrence number, an int from 0. */
  public static Column identity(Column key, Column occurrence) {
    return functions
        .when(occurrence.equalTo(0), key)
        .otherwise(xxhash64(key, occurrence.cast(DataTypes.LongType)));
  }

  public static long identity(long key, int occurrence) {
    return occurrence == 0 ? key : hash(key, occurrence);
  }

  public static long hash(long first, long second) {
    return XXH64.hashLong(second, XXH64.hashLong(first, SPARK_SEED));
  }

  private static Stream<Column> normal(StructField column) {
    Column value = Columns.named(column.name());
    if (Columns.isNumber(column.dataType())) {
      return Stream.of(value.cast(DataTypes.DoubleType).plus(lit(0.0)));
    }
    if (VectorColumn.is(column)) {
      Column vector = unwrap_udt(value);
      return Stream.of(vector.getField("indices"), vector.getField("values"));
    }
    return Stream.of(hashable(column.dataType()) ? value : value.cast(DataTypes.StringType));
  }

  static boolean hashable(DataType type) {
    return type instanceof AtomicType
        || (type instanceof ArrayType array && hashable(array.elementType()));
  }
}
