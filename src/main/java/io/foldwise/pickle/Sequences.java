package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes arrays of what Python holds: arrays, numbers, lists and tuples of numbers, of texts or of
 * rows. None is a missing number, NaN, or a missing text.
 */
final class Sequences {

  private final ByteSource file;
  private final Budget budget;

  Sequences(ByteSource file, Budget budget) {
    this.file = file;
    this.budget = budget;
  }

  static boolean isSequence(Object value) {
    return value instanceof List || value instanceof Object[];
  }

  /** Whether an object can hold several values. */
  static boolean isCollection(Object value) {
    return isSequence(value)
        || value instanceof PickledArray
        || (value instanceof PickledObject object && Pandas.isData(object));
  }

  /** The items of a list or tuple. */
  static List<?> items(Object sequence) {
    return sequence instanceof Object[] tuple ? Arrays.asList(tuple) : (List<?>) sequence;
  }

  /** The number of items or rows; 0 for what holds none. */
  static int length(Object value) {
    if (value instanceof PickledArray array) {
      return array.length();
    }
    return isSequence(value) ? items(value).size() : 0;
  }

  /**
   * The array that NumPy's {@code asarray} makes of a value; where some of its columns are texts
   * and others numbers, each column as an array of its own.
   *
   * @throws Refusal of the value if it holds something else
   */
  List<? extends StoredArray> arrays(Object value) throws IOException {
    if (value instanceof PickledArray array) {
      return array.isOfObjects() ? arrays(array.nested()) : List.of(array.stored(file, budget));
    }
    if (!isSequence(value)) {
      return List.of(scalar(value));
    }
    List<?> items = items(value);
    boolean rows = !items.isEmpty() && isCollection(items.get(0));
    // Before anything looks at every value: a row that is referred to again counts again.
    budget.spend(rows ? items.stream().mapToLong(Sequences::length).sum() : items.size());
    if (!rows) {
      return List.of(column(items));
    }
    return items.stream().anyMatch(Sequences::hasText) ? columns(items) : List.of(table(items));
  }

  private static NdArray scalar(Object value) {
    if (isNumber(value)) {
      return NdArray.owning(new double[] {number(value)});
    }
    throw Refusal.ofValue("is " + kind(value));
  }

  /** Numbers, or texts where one of the items is. */
  StoredArray column(List<?> items) {
    if (items.stream().anyMatch(Sequences::isText)) {
      return new ListedText(
          items.stream().map(Sequences::text).toArray(String[]::new), items.size());
    }
    return NdArray.owning(numbers(items), items.size());
  }

  private static boolean hasText(Object row) {
    if (row instanceof PickledArray array) {
      return array.isText() || (array.isOfObjects() && hasText(array.nested()));
    }
    return isSequence(row) && items(row).stream().anyMatch(Sequences::isText);
  }

  /** Rows with texts in them, turned into columns. */
  private List<StoredArray> columns(List<?> rows) throws IOException {
    int d = cells(rows.get(0)).size();
    List<List<Object>> columns = new ArrayList<>();
    for (int j = 0; j < d; j++) {
      columns.add(new ArrayList<>(rows.size()));
    }
    for (int i = 0; i < rows.size(); i++) {
      List<?> cells = cells(rows.get(i));
      requireLength(i, cells.size(), d);
      for (int j = 0; j < d; j++) {
        columns.get(j).add(cells.get(j));
      }
    }
    return columns.stream().map(this::column).toList();
  }

  private List<?> cells(Object row) throws IOException {
    if (isSequence(row)) {
      return items(row);
    }
    if (row instanceof PickledArray array && array.isOfObjects()) {
      return array.nested();
    }
    if (row instanceof PickledArray array && array.stored(file, budget).shape().length == 1) {
      return array.stored(file, budget).values(file);
    }
    throw mixed();
  }

  private NdArray table(List<?> rows) throws IOException {
    double[] first = row(rows.get(0));
    long size = (long) rows.size() * first.length;
    budget.hold(size);
    double[] values = new double[(int) size];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = row(rows.get(i));
      requireLength(i, row.length, first.length);
      System.arraycopy(row, 0, values, i * first.length, row.length);
    }
    return NdArray.owning(values, rows.size(), first.length);
  }

  private static void requireLength(int row, int length, int first) {
    if (length != first) {
      throw Refusal.ofValue(
          String.format(
              "is ragged: row %d has %d values, row 0 has %d; make the rows equally long",
              row, length, first));
    }
  }

  private double[] row(Object value) throws IOException {
    if (value instanceof PickledArray array
        && !array.isOfObjects()
        && array.stored(file, budget) instanceof NumberArray stored
        && stored.shape().length == 1) {
      return stored.rows(0, stored.rows(), file);
    }
    return numbers(cells(value));
  }

  private static Refusal mixed() {
    return Refusal.ofValue("mixes rows with other values; a table is a list of equally long rows");
  }

  private double[] numbers(List<?> items) {
    budget.hold(items.size());
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(items.get(i));
    }
    return numbers;
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value == null) {
      return Double.NaN;
    }
    throw Refusal.ofValue("holds " + kind(value) + " where a number is needed");
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Payload;
  }

  /** The text of a value; null where it is missing, which is None, or NaN as in pandas. */
  private static String text(Object value) {
    if (value == null || (value instanceof Double number && number.isNaN())) {
      return null;
    }
    if (value instanceof String || isNumber(value)) {
      return value.toString();
    }
    if (value instanceof Payload.InMemory bytes) {
      return bytes.text();
    }
    throw Refusal.ofValue("holds " + kind(value) + " beside texts");
  }

  static String kind(Object value) {
    if (value instanceof Unread unread) {
      return unread.what();
    }
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof Payload) {
      return "bytes";
    }
    if (value instanceof Map) {
      return "a dict";
    }
    if (value instanceof PickledObject object) {
      return "a " + object.name() + " of pandas";
    }
    if (isCollection(value)) {
      return "a sequence deeper than a list of rows";
    }
    if (value == null) {
      return "None";
    }
    return isNumber(value) ? "one number" : "something else";
  }
}
