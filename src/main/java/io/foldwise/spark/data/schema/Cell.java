package io.foldwise.spark.data.schema;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/** Reads the cells of one column that are not null, as {@link Columns} and {@link RowHash} do. */
public sealed interface Cell extends Serializable {

  /** The cell as a double; 0 where it is no number. */
  double number(InternalRow row, int position);

  /** The hash of what came before and of the cell. */
  long hash(InternalRow row, int position, long before);

  /**
   * The reader of a column's cells.
   *
   * @param zone the session's time zone, for times that stand within other values
   */
  static Cell of(StructField column, int position, String zone) {
    DataType type = column.dataType();
    if (Columns.isNumber(type)) {
      return new Numeric(number(type));
    }
    return RowHash.hashable(type)
        ? new Other(type)
        : new Text(
            Cast$.MODULE$.apply(
                new BoundReference(position, type, true),
                DataTypes.StringType,
                Option.apply(zone),
                false));
  }

  private static Reader number(DataType type) {
    if (type instanceof DoubleType) {
      return InternalRow::getDouble;
    }
    if (type instanceof FloatType) {
      return InternalRow::getFloat;
    }
    if (type instanceof LongType) {
      return InternalRow::getLong;
    }
    if (type instanceof IntegerType) {
      return InternalRow::getInt;
    }
    if (type instanceof ShortType) {
      return InternalRow::getShort;
    }
    if (type instanceof ByteType) {
      return InternalRow::getByte;
    }
    if (type instanceof BooleanType) {
      return (row, position) -> row.getBoolean(position) ? 1 : 0;
    }
    DecimalType decimal = (DecimalType) type;
    return (row, position) ->
        row.getDecimal(position, decimal.precision(), decimal.scale()).toDouble();
  }

  /** Takes a number off a row. */
  interface Reader extends Serializable {
    double read(InternalRow row, int position);
  }

  /** A cell that is a number. */
  record Numeric(Reader reader) implements Cell {
    @Override
    public double number(InternalRow row, int position) {
      return reader.read(row, position);
    }

    @Override
    public long hash(InternalRow row, int position, long before) {
      return XXH64.hashLong(Double.doubleToLongBits(reader.read(row, position) + 0.0), before);
    }
  }

  /** A cell that Spark itself hashes. */
  record Other(DataType type) implements Cell {
    @Override
    public double number(InternalRow row, int position) {
      return 0;
    }

    @Override
    public long hash(InternalRow row, int position, long before) {
      return XxHash64Function.hash(row.get(position, type), type, before);
    }
  }

  /** A cell that is hashed as text. */
  record Text(Expression text) implements Cell {
    @Override
    public double number(InternalRow row, int position) {
      return 0;
    }

    @Override
    public long hash(InternalRow row, int position, long before) {
      return XxHash64Function.hash(text.eval(row), DataTypes.StringType, before);
    }
  }
}
