package io.foldwise.spark.data;

import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.NdArray;
import io.foldwise.pickle.StoredArray;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * Rows of a table for one task.
 *
 * @param path the file of those arrays whose values stay there
 * @param arrays side by side
 * @param from the first row
 * @param to the row after the last
 */
record PickleSlice(String path, List<StoredArray> arrays, int from, int to)
    implements InputPartition {

  /** Whether {@link #rows} reads the file. */
  boolean inFile() {
    return arrays.stream().anyMatch(StoredArray::inFile);
  }

  /** d: the columns of all arrays. */
  int width() {
    return arrays.stream().mapToInt(StoredArray::columns).sum();
  }

  /** The same rows, taking their values along. */
  PickleSlice carried(ByteSource file) throws IOException {
    NdArray values = NdArray.of(rows(from, to, file), to - from, width());
    return new PickleSlice(path, List.of(values), 0, to - from);
  }

  /** The values of some rows, row-major, (until − first) × d. */
  double[] rows(int first, int until, ByteSource file) throws IOException {
    int width = width();
    double[] rows = new double[Math.multiplyExact(until - first, width)];
    int column = 0;
    for (StoredArray array : arrays) {
      int columns = array.columns();
      double[] values = array.rows(first, until, file);
      for (int row = 0; row < until - first; row++) {
        System.arraycopy(values, row * columns, rows, row * width + column, columns);
      }
      column += columns;
    }
    return rows;
  }
}
