package io.foldwise.spark.data.source.pickle;

import io.foldwise.input.InvalidInputException;
import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.StoredArray;
import io.foldwise.pickle.Table;
import io.foldwise.pickle.TextArray;
import io.foldwise.spark.data.schema.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A pickle as a table: arrays of equally many rows side by side, and the names of all their
 * columns.
 *
 * <p>An array of shape (n,) or (n, 1) is the column of its name, one of shape (n, d) the columns
 * x0, x1, …, x{d−1} where its name is x. The columns of a nameless table are x0, …, x{d−2}, and the
 * last is y. A {@link Table} has the columns that it names. Scalars, arrays without columns, and
 * those of another number of rows are left out.
 *
 * @param columns the names of the columns, as many as the arrays have together
 * @param arrays the arrays in the order of the columns, none of them a {@link Table}
 * @param indexes those of the columns that are the index of a DataFrame
 */
record PickleFrame(List<String> columns, List<StoredArray> arrays, Set<String> indexes) {

  /**
   * The most columns: beyond them, a table is more likely transposed than wide, and Spark's plans
   * become slow.
   */
  private static final int MOST_COLUMNS = 65_536;

  /** What data are called where nobody says which are wanted. */
  private static final List<String> USUAL = List.of("x", "X", "y", "label");

  PickleFrame {
    columns = List.copyOf(columns);
    arrays = List.copyOf(arrays);
    indexes = Set.copyOf(indexes);
  }

  /**
   * The table of a split of a file. It has as many rows as the arrays that are needed, or else
   * those that are called x, y or label, or else as most rows that two arrays share.
   *
   * @param needed the names of columns or arrays; those that the file does not have do not count
   * @throws InvalidInputException if there is none, if what is needed cannot be read or has unequal
   *     numbers of rows: the message is a line without the path
   */
  static PickleFrame of(PickledLayout layout, PickleSplit split, Collection<String> needed) {
    Map<String, StoredArray> arrays = split.of(layout.arrays());
    arrays.values().removeIf(array -> array.shape().length == 0 || array.columns() == 0);
    Map<String, String> leftOut = split.of(layout.leftOut());
    List<String> wanted = wanted(needed, arrays, leftOut);
    wanted.stream().filter(leftOut::containsKey).forEach(name -> refuse(name, leftOut.get(name)));
    checkAny(arrays, layout, split, !wanted.equals(USUAL));
    int rows = rows(arrays, wanted);
    arrays.values().removeIf(array -> array.rows() != rows);
    List<String> columns = new ArrayList<>();
    List<StoredArray> parts = new ArrayList<>();
    Set<String> indexes = new HashSet<>();
    arrays.forEach(
        (name, array) -> {
          List<String> own = names(name, array);
          List<StoredArray> held = parts(array);
          int first = 0;
          // Frames that were cut from one have the same index: it is a column once.
          if (array instanceof Table table) {
            while (first < table.indexes() && columns.contains(own.get(first))) {
              first++;
            }
            indexes.addAll(own.subList(first, table.indexes()));
          }
          columns.addAll(own.subList(first, own.size()));
          parts.addAll(held.subList(first, held.size()));
        });
    checkDistinct(columns);
    return new PickleFrame(columns, parts, indexes);
  }

  /** The number of rows, n. */
  int rows() {
    return arrays.get(0).rows();
  }

  /**
   * The types: doubles that are never null, and texts, which are features only where they are
   * named.
   */
  StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (StoredArray array : arrays) {
      boolean text = array instanceof TextArray;
      columns.subList(fields.size(), fields.size() + array.columns()).stream()
          .map(name -> field(name, text))
          .forEach(fields::add);
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private StructField field(String name, boolean text) {
    if (indexes.contains(name)) {
      return Columns.index(name, text ? DataTypes.StringType : DataTypes.DoubleType);
    }
    return text ? Columns.aside(name) : Columns.doubles(name);
  }

  /**
   * The arrays that hold some of the columns; where there are none of those, the narrowest array,
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
    return kept.isEmpty() ? narrowest() : new PickleFrame(names, kept, indexes);
  }

  private PickleFrame narrowest() {
    StoredArray least = Collections.min(arrays, Comparator.comparing(StoredArray::columns));
    int first =
        arrays.stream().takeWhile(array -> array != least).mapToInt(StoredArray::columns).sum();
    return new PickleFrame(
        columns.subList(first, first + least.columns()), List.of(least), indexes);
  }

  private static List<String> names(String name, StoredArray array) {
    if (array.columns() > MOST_COLUMNS) {
      throw new InvalidInputException(
          String.format(
              "'%s' has %d columns, at most %d are read: is it transposed? rows come first",
              name, array.columns(), MOST_COLUMNS));
    }
    return array instanceof Table table
        ? table.names()
        : PickledLayout.columns(name, array.columns());
  }

  private static List<String> wanted(
      Collection<String> needed, Map<String, StoredArray> arrays, Map<String, String> leftOut) {
    List<String> asked =
        needed.stream()
            .filter(name -> leftOut.containsKey(name) || !having(arrays, name).isEmpty())
            .toList();
    return asked.isEmpty() ? USUAL : asked;
  }

  /** The arrays of that name, or with a column of that name. */
  private static Map<String, StoredArray> having(Map<String, StoredArray> arrays, String column) {
    return arrays.entrySet().stream()
        .filter(array -> array.getKey().equals(column) || hasColumn(array, column))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean hasColumn(Map.Entry<String, StoredArray> array, String column) {
    boolean plausible =
        column.startsWith(array.getKey())
            || array.getKey().isEmpty()
            || array.getValue() instanceof Table;
    return plausible && names(array.getKey(), array.getValue()).contains(column);
  }

  private static int rows(Map<String, StoredArray> arrays, List<String> wanted) {
    Map<String, StoredArray> found = new TreeMap<>();
    wanted.forEach(name -> found.putAll(having(arrays, name)));
    if (!found.isEmpty()) {
      checkRows(found);
      return found.values().iterator().next().rows();
    }
    Map<Integer, Long> counts =
        arrays.values().stream()
            .collect(Collectors.groupingBy(StoredArray::rows, Collectors.counting()));
    Stream<Integer> shared = counts.keySet().stream().filter(rows -> counts.get(rows) > 1);
    return shared.max(Comparator.naturalOrder()).orElseGet(() -> Collections.max(counts.keySet()));
  }

  private static void refuse(String name, String why) {
    throw new InvalidInputException("'" + name + "' " + why);
  }

  private static void checkAny(
      Map<String, StoredArray> arrays, PickledLayout layout, PickleSplit split, boolean asked) {
    boolean texts =
        !asked
            && !arrays.isEmpty()
            && arrays.values().stream()
                .flatMap(array -> parts(array).stream())
                .allMatch(TextArray.class::isInstance);
    if (!arrays.isEmpty() && !texts) {
      return;
    }
    if (split == PickleSplit.TEST) {
      throw new InvalidInputException(
          "there are no test rows, which arrays such as 'x_test' and 'y_test' hold");
    }
    List<String> other = new ArrayList<>();
    Stream.of(layout.leftOut(), layout.notes())
        .flatMap(map -> map.entrySet().stream())
        .forEach(entry -> other.add("'" + entry.getKey() + "' " + entry.getValue()));
    throw new InvalidInputException(
        "it holds "
            + (texts ? "texts and no numbers" : "no numbers with rows")
            + (other.isEmpty() ? "" : " (" + String.join("; ", other) + ")")
            + ": save NumPy arrays or lists of numbers, such as pickle.dump((X, y), file)");
  }

  /** The arrays that a table is made of, or the array itself. */
  static List<StoredArray> parts(StoredArray array) {
    return array instanceof Table table ? table.parts() : List.of(array);
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

  /** Refuses names that are the same except for their case, which Spark does not tell apart. */
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
