package io.foldwise.pickle;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes arrays of what Python holds: arrays, numbers, lists and tuples of numbers or of rows. */
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

  /** Whether it can hold several numbers. */
  static boolean isCollection(Object value) {
    return isSequence(value) || value instanceof PickledArray;
  }

  /** The items of a list or tuple. */
  static List<?> items(Object sequence) {
    return sequence instanceof Object[] tuple ? Arrays.asList(tuple) : (List<?>) sequence;
  }

  /** Whether it is text, bytes or None, or starts with some: a note beside the data. */
  static boolean isText(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Payload
        || (value instanceof PickledArray array && array.isText())
        || (isSequence(value) && !items(value).isEmpty() && items(value).get(0) instanceof String);
  }

  /** The array that NumPy's {@code asarray} makes of a value. */
  StoredArray array(Object value) throws IOException {
    if (value instanceof PickledArray array) {
      return array.stored(file, budget);
    }
    if (!isSequence(value)) {
      return NdArray.owning(new double[] {number(value)});
    }
    List<?> items = items(value);
    boolean rows = !items.isEmpty() && isCollection(items.get(0));
    return rows ? table(items) : NdArray.owning(numbers(items), items.size());
  }

  private NdArray table(List<?> rows) throws IOException {
    double[] first = row(rows.get(0));
    long size = (long) rows.size() * first.length;
    budget.spend(size);
    budget.hold(size);
    double[] values = new double[(int) size];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = row(rows.get(i));
      if (row.length != first.length) {
        throw new Refusal(
            String.format(
                "is ragged: row %d has %d values, row 0 has %d; make the rows equally long",
                i, row.length, first.length));
      }
      System.arraycopy(row, 0, values, i * first.length, row.length);
    }
    return NdArray.owning(values, rows.size(), first.length);
  }

  private double[] row(Object value) throws IOException {
    if (isSequence(value)) {
      return numbers(items(value));
    }
    if (value instanceof PickledArray array) {
      StoredArray stored = array.stored(file, budget);
      if (stored.shape().length == 1) {
        return stored.rows(0, stored.rows(), file);
      }
    }
    throw new Refusal("mixes rows with what is none; a table is a list of equally long rows");
  }

  private double[] numbers(List<?> items) {
    budget.spend(items.size());
    budget.hold(items.size());
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(items.get(i));
    }
    return numbers;
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw new Refusal("holds " + kind(value) + " where a number is needed");
  }

  private static String kind(Object value) {
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Map) {
      return "a dict";
    }
    if (isCollection(value)) {
      return "a sequence deeper than a list of rows";
    }
    return value == null ? "None" : "something else";
  }
}
