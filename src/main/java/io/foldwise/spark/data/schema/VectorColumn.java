package io.foldwise.spark.data.schema;

import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.unwrap_udt;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;

/** The column that holds all features of a row as one vector, as spark.ml names it. */
public final class VectorColumn {

  public static final String NAME = "features";

  private static final String PREFIX = "x";

  private VectorColumn() {}

  /** Whether a column is this one. */
  public static boolean is(StructField column) {
    return column.name().equals(NAME) && isVector(column);
  }

  static boolean isVector(StructField column) {
    return column.dataType().equals(SQLDataTypes.VectorType());
  }

  /** The number of values that a row's sparse vector stores, an int. */
  public static Column nonzeros() {
    return size(unwrap_udt(Columns.named(NAME)).getField("indices"));
  }

  /** The names of d features, x1 to xd: the indices of a LIBSVM file. */
  public static List<String> names(int d) {
    return new Names(d);
  }

  /** The number d of which these are the {@link #names(int)}, if they are. */
  public static Optional<Integer> sizeOf(List<String> names) {
    int d = names.size();
    return d > 0 && names.equals(names(d)) ? Optional.of(d) : Optional.empty();
  }

  /** Names that are made when they are asked for: a wide dataset is never asked for most. */
  private static final class Names extends AbstractList<String> implements RandomAccess {

    private final int d;

    Names(int d) {
      this.d = d;
    }

    @Override
    public String get(int index) {
      return PREFIX + (1 + Objects.checkIndex(index, d));
    }

    @Override
    public int size() {
      return d;
    }
  }
}
