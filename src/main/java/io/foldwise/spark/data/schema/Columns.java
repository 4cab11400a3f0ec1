package io.foldwise.spark.data.schema;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The names of the columns that are added to a user's, and the expressions over any of them. */
public final class Columns {

  /** The fold, an int in [0, k), or the piece of it where a purge cuts folds in two. */
  public static final String FOLD = "__foldwise_fold";

  /** The place in the shuffled order, a long. */
  public static final String POSITION = "__foldwise_position";

  /** All features of a row, or other numbers, in an array; missing ones are NaN. */
  public static final String PACKED = "__foldwise_packed";

  /** The greatest size of a packed number; NaN where one of them is. */
  public static final String LARGEST = "__foldwise_largest";

  /** The least size of a packed number that is not 0; infinite where there is none. */
  public static final String LEAST = "__foldwise_least";

  /** The weight of the row, a double. */
  public static final String WEIGHT = "__foldwise_weight";

  /** The path of the row's file; empty where rows come from no file. */
  public static final String FILE = "__foldwise_file";

  /**
   * The first byte of the row's block within its file; the partition where rows come from no file.
   */
  public static final String START = "__foldwise_start";

  /** A number that increases along the rows of a block. */
  public static final String WITHIN = "__foldwise_within";

  /** The hash of the row key. */
  public static final String KEY = "__foldwise_key";

  /** The row key as it stands in the file, where there is a column of it. */
  public static final String ID = "__foldwise_id";

  /** The row's number in file order, a long from 0, where it is known without a pass. */
  public static final String ROW = "__foldwise_row";

  /** The hash of all values of the row. */
  public static final String VALUES = "__foldwise_values";

  /** The hash of the group; null where the group is missing. */
  public static final String GROUP = "__foldwise_group";

  /** The fold column as text; null where it is missing. */
  public static final String FOLD_VALUE = "__foldwise_fold_value";

  public static final String RESERVED = "__foldwise_";

  /** The square of a number below this has fewer digits than a double, or none. */
  public static final double LEAST_SQUARED = 1e-145;

  /** The key in the metadata of a column that was made by {@link #aside}. */
  private static final String ASIDE = "foldwise.aside";

  /** The key in the metadata of a column that was made by {@link #index}. */
  private static final String INDEX = "foldwise.index";

  private Columns() {}

  /** A name as SQL has it, whatever characters it holds. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The column of that very name, whatever characters it holds. */
  public static Column named(String name) {
    return col(quoted(name));
  }

  public static Column[] named(List<String> names) {
    return names.stream().map(Columns::named).toArray(Column[]::new);
  }

  public static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  /** A column of doubles that are never null. */
  public static StructField doubles(String name) {
    return DataTypes.createStructField(name, DataTypes.DoubleType, false);
  }

  /** The column {@link #PACKED}. */
  public static StructField packed() {
    return DataTypes.createStructField(
        PACKED, DataTypes.createArrayType(DataTypes.DoubleType, false), false);
  }

  /** A column of texts that is a feature only where it is named as one. */
  public static StructField aside(String name) {
    Metadata aside = new MetadataBuilder().putBoolean(ASIDE, true).build();
    return DataTypes.createStructField(name, DataTypes.StringType, true, aside);
  }

  public static boolean isAside(StructField column) {
    return column.metadata().contains(ASIDE);
  }

  /** A column that names the rows of a DataFrame, a feature only where it is named as one. */
  public static StructField index(String name, DataType type) {
    Metadata index = new MetadataBuilder().putBoolean(INDEX, true).build();
    return DataTypes.createStructField(name, type, true, index);
  }

  public static boolean isIndex(StructField column) {
    return column.metadata().contains(INDEX);
  }

  /** Whether values are dates or times. */
  public static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  public static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  /** The value as a double, never null: a missing value is NaN. */
  public static Column number(Column value) {
    return coalesce(value.cast(DataTypes.DoubleType), lit(Double.NaN));
  }

  /** Whether a double is NaN (which Spark orders above every number) or infinite. */
  public static Column isBad(Column number) {
    return abs(number).gt(lit(Double.MAX_VALUE));
  }

  /** Whether a number is 0 or 1; false where it is NaN. */
  public static Column isBinary(Column number) {
    return number.equalTo(0).or(number.equalTo(1));
  }

  /** Whether any number of an array is NaN or infinite. */
  public static Column anyBad(Column numbers) {
    return exists(numbers, Columns::isBad);
  }

  /** Whether any number of an array is not 0, but smaller in size than {@link #LEAST_SQUARED}. */
  public static Column anyTiny(Column numbers) {
    return exists(numbers, number -> abs(number).gt(0.0).and(abs(number).lt(LEAST_SQUARED)));
  }
}
