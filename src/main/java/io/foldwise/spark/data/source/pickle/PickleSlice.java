package io.foldwise.spark.data.source.pickle;

import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.StoredArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The rows of a table for one task.
 *
 * @param path the file of those arrays whose values stay there
 * @param parts the arrays side by side
 * @param from the first row
 * @param to the row after the last
 */
record PickleSlice(String path, List<Part> parts, int from, int to) implements InputPartition {

  /**
   * An array that holds rows of the table.
   *
   * @param array its values
   * @param first the table's row that is the array's row 0
   */
  record Part(StoredArray array, int first) implements java.io.Serializable {}

  /** Whether a row cannot be read without the file. */
  boolean inFile() {
    return parts.stream().anyMatch(part -> part.array().inFile());
  }

  /** The number of columns of all arrays, d. */
  int width() {
    return parts.stream().mapToInt(part -> part.array().columns()).sum();
  }

  /** This slice with the values of some arrays taken along. */
  PickleSlice carrying(Predicate<StoredArray> carried, ByteSource file) throws IOException {
    List<Part> with = new ArrayList<>();
    for (Part part : parts) {
      StoredArray array = part.array();
      with.add(carried.test(array) ? new Part(array.part(from, to, file), from) : part);
    }
    return new PickleSlice(path, with, from, to);
  }
}
