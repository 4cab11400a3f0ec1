package io.foldwise.spark.data;

import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.StoredArray;
import io.foldwise.search.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A pickle as a table: arrays of equally many rows side by side, and the names of all their
 * columns.
 *
 * <p>An array of shape (n,) or (n, 1) is the column of its name, one of shape (n, d) the columns
 * x0, x1, …, x{d−1} where its name is x. The columns of a nameless table are x0, …, x{d−2}, and the
 * last is y. Scalars and arrays without columns are left out.
 *
 * @param columns as many as the arrays have together
 * @param arrays in the order of the columns
 */
record PickleFrame(List<String> columns, List<StoredArray> arrays) {

  /** Beyond this, a table is more likely transposed than wide, and Spark's plans become slow. */
  private static final int MOST_COLUMNS = 65_536;

  PickleFrame {
    columns = List.copyOf(columns);
    arrays = List.copyOf(arrays);
  }

  /**
   * The table of a split of a file.
   *
   * @throws InvalidInputException if there is none: the message is a line without the path
   */
  static PickleFrame of(PickledLayout layout, PickleSplit split) {
    Map<String, StoredArray> arrays = split.of(layout.arrays());
    arrays.values().removeIf(array -> array.shape().length == 0 || array.columns() == 0);
    checkAny(arrays, layout, split);
    checkRows(arrays);
    List<String> columns = new ArrayList<>();
    arrays.forEach((name, array) -> columns.addAll(names(name, array.columns())));
    checkDistinct(columns);
    return new PickleFrame(columns, List.copyOf(arrays.values()));
  }

  /** n. */
  int rows() {
    return arrays.get(0).rows();
  }

  /**
   * The arrays that some of the columns are of; where there are none of those, the narrowest array,
   * which still counts the rows.
   */
  PickleFrame having(Set<String> wanted) {
    List<String> names = new ArrayList<>();
    List<StoredArray> kept = new ArrayList<>();
    int first = 0;
    for (StoredArray array : arrays) {
      List<String> own = columns.subList(first, first + array.columns());
      if (!Collections.disjoint(own, wanted)) {
        names.addAll(own);
        kept.add(array);
      }
      first += array.columns();
    }
    return kept.isEmpty() ? narrowest() : new PickleFrame(names, kept);
  }

  private PickleFrame narrowest() {
    StoredArray least = Collections.min(arrays, Comparator.comparing(StoredArray::columns));
    int first =
        arrays.stream().takeWhile(array -> array != least).mapToInt(StoredArray::columns).sum();
    return new PickleFrame(columns.subList(first, first + least.columns()), List.of(least));
  }

  private static List<String> names(String name, int columns) {
    if (columns > MOST_COLUMNS) {
      throw new InvalidInputException(
          String.format(
              "'%s' has %d columns, at most %d are read: is it transposed? rows come first",
              name, columns, MOST_COLUMNS));
    }
    boolean nameless = name.equals(PickledLayout.NAMELESS);
    if (columns == 1 && !nameless) {
      return List.of(name);
    }
    String prefix = nameless ? "x" : name;
    List<String> names =
        new ArrayList<>(IntStream.range(0, columns).mapToObj(i -> prefix + i).toList());
    if (nameless && columns > 1) {
      names.set(columns - 1, "y");
    }
    return names;
  }

  private static void checkAny(
      Map<String, StoredArray> arrays, PickledLayout layout, PickleSplit split) {
    if (!arrays.isEmpty()) {
      return;
    }
    String found =
        "it holds " + layout.arrays().keySet() + ", and no numbers in " + layout.leftOut().keySet();
    throw new InvalidInputException(
        split == PickleSplit.TEST
            ? "there are no test rows, which arrays such as 'x_test' and 'y_test' hold; " + found
            : "there is no array with rows; " + found);
  }

  private static void checkRows(Map<String, StoredArray> arrays) {
    Map.Entry<String, StoredArray> first = arrays.entrySet().iterator().next();
    arrays.forEach(
        (name, array) -> {
          if (array.rows() != first.getValue().rows()) {
            throw new InvalidInputException(
                String.format(
                    "'%s' has %d rows and '%s' has %d: arrays must have equally many rows",
                    first.getKey(), first.getValue().rows(), name, array.rows()));
          }
        });
  }

  /** Spark does not tell names by their case. */
  private static void checkDistinct(List<String> columns) {
    Set<String> seen = new TreeSet<>();
    for (String column : columns) {
      if (!seen.add(column.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException(
            "two columns would be named '" + column + "': rename an array");
      }
    }
  }
}
