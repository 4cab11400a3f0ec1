package io.foldwise.spark.engine.rows;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Reads the cells of a row as {@link EngineRows} lays them out. Features stand in d columns of
 * doubles, in one array of them, or in one vector: a struct of type (0 sparse, 1 dense), size,
 * indices and values.
 */
public record RowReader(EngineRows.Layout layout) implements Serializable {
  private static final int VECTOR_FIELDS = 4;
  private static final int TYPE = 0;
  private static final int SIZE = 1;
  private static final int INDICES = 2;
  private static final int VALUES = 3;
  private static final byte SPARSE = 0;

  /** Receives the entries of a row that are not zero. */
  public interface Entries {
    void accept(int feature, double value);
  }

  /** Writes the d features, zeros included, to {@code x[0 ..]}. */
  public void featuresInto(InternalRow row, double[] x) {
    int d = layout.features().size();
    switch (layout.form()) {
      case COLUMNS -> {
        for (int j = 0; j < d; j++) {
          x[j] = row.getDouble(j);
        }
      }
      case ARRAY -> {
        ArrayData array = row.getArray(0);
        for (int j = 0; j < d; j++) {
          x[j] = array.getDouble(j);
        }
      }
      case VECTOR -> {
        Arrays.fill(x, 0, d, 0);
        entries(row, (feature, value) -> x[feature] = value);
      }
      case DENSE_VECTOR -> denseInto(row, x, d);
    }
  }

  /** Writes a vector; NaN in place of one that is missing or of another size. */
  private static void denseInto(InternalRow row, double[] x, int d) {
    if (row.isNullAt(0)) {
      Arrays.fill(x, 0, d, Double.NaN);
      return;
    }
    InternalRow vector = row.getStruct(0, VECTOR_FIELDS);
    ArrayData values = vector.getArray(VALUES);
    int stored = values.numElements();
    if (vector.getByte(TYPE) == SPARSE) {
      sparseInto(vector, x, d);
    } else if (stored == d) {
      for (int j = 0; j < d; j++) {
        x[j] = values.getDouble(j);
      }
    } else {
      Arrays.fill(x, 0, d, Double.NaN);
    }
  }

  private static void sparseInto(InternalRow vector, double[] x, int d) {
    boolean fits = vector.getInt(SIZE) == d;
    Arrays.fill(x, 0, d, fits ? 0 : Double.NaN);
    ArrayData indices = vector.getArray(INDICES);
    ArrayData values = vector.getArray(VALUES);
    for (int at = 0; at < values.numElements() && fits; at++) {
      x[indices.getInt(at)] = values.getDouble(at);
    }
  }

  /**
   * Hands over the entries of a vector that are not zero, ascending; NaN of one that is missing.
   */
  public void entries(InternalRow row, Entries entries) {
    if (row.isNullAt(0)) {
      entries.accept(0, Double.NaN);
      return;
    }
    InternalRow vector = row.getStruct(0, VECTOR_FIELDS);
    boolean sparse = vector.getByte(TYPE) == SPARSE;
    var values = vector.getArray(VALUES);
    var indices = sparse ? vector.getArray(INDICES) : null;
    for (int at = 0; at < values.numElements(); at++) {
      double value = values.getDouble(at);
      if (value != 0) {
        entries.accept(indices == null ? at : indices.getInt(at), value);
      }
    }
  }

  public double label(InternalRow row) {
    return row.getDouble(layout.label());
  }

  public int fold(InternalRow row) {
    return row.getInt(layout.label() + 1);
  }

  public long position(InternalRow row) {
    return row.getLong(layout.label() + 2);
  }

  /** The weight of a training row; 1 where rows have none. */
  public double weight(InternalRow row) {
    return layout.weighted() ? row.getDouble(layout.label() + 3) : 1;
  }

  /** The weight of a test row, which has neither fold nor position. */
  public double testWeight(InternalRow row) {
    return layout.weighted() ? row.getDouble(layout.label() + 1) : 1;
  }
}
