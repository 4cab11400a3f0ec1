package io.foldwise.lecture;

import io.foldwise.input.InvalidInputException;
import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.NdArray;
import io.foldwise.pickle.PickleReader;
import io.foldwise.pickle.UnreadablePickleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds x and y among the arrays of a student's file. */
public final class StudentData {
  private static final int FEWEST = 20;
  private static final int MOST = 5000;

  private StudentData() {}

  /**
   * An array.
   *
   * @param shape its lengths along each axis
   * @param numbers row-major
   */
  record Named(String name, int[] shape, double[] numbers) {
    int columns() {
      return shape.length < 2 ? 1 : numbers.length / Math.max(1, shape[0]);
    }
  }

  /**
   * The points of a pickle, as {@link #points} finds them.
   *
   * @throws InvalidInputException if it is damaged, holds what is not read, or not x and y
   */
  public static Points read(byte[] pickle) throws IOException {
    return points(
        arrays(pickle).entrySet().stream()
            .map(
                array ->
                    new Named(array.getKey(), array.getValue().shape(), array.getValue().toArray()))
            .toList());
  }

  private static Map<String, NdArray> arrays(byte[] pickle) throws IOException {
    try {
      return PickleReader.read(ByteSource.of(pickle)).arrays();
    } catch (UnreadablePickleException damaged) {
      throw new InvalidInputException(damaged.getMessage(), damaged);
    }
  }

  /**
   * The points: arrays x and y, or the parts of them that end in _train, _valid and _test together,
   * or the two columns of the only array, or the first two arrays.
   *
   * @throws InvalidInputException if there is not one feature and a label, or too few or many rows
   */
  static Points points(List<Named> arrays) {
    List<Named> x = parts(arrays, "x");
    List<Named> y = parts(arrays, "y");
    if (x.isEmpty() || y.isEmpty()) {
      if (arrays.size() == 1 && arrays.get(0).columns() == 2) {
        return columns(arrays.get(0).numbers);
      }
      if (arrays.size() != 2) {
        throw new InvalidInputException(
            "it holds %s, and must hold x and y, or two columns"
                .formatted(arrays.stream().map(Named::name).toList()));
      }
      x = arrays.subList(0, 1);
      y = arrays.subList(1, 2);
    }
    return checked(joined(x), joined(y));
  }

  private static List<Named> parts(List<Named> arrays, String name) {
    List<Named> parts = new ArrayList<>();
    for (String part : List.of(name, name + "_train", name + "_valid", name + "_test")) {
      arrays.stream().filter(each -> each.name.equalsIgnoreCase(part)).forEach(parts::add);
    }
    return parts;
  }

  private static double[] joined(List<Named> parts) {
    for (Named part : parts) {
      if (part.columns() != 1) {
        throw new InvalidInputException(
            "'%s' has %d columns, and must have one".formatted(part.name, part.columns()));
      }
    }
    return parts.stream().flatMapToDouble(part -> Arrays.stream(part.numbers)).toArray();
  }

  private static Points columns(double[] rows) {
    double[] x = new double[rows.length / 2];
    double[] y = new double[rows.length / 2];
    Arrays.setAll(x, i -> rows[2 * i]);
    Arrays.setAll(y, i -> rows[2 * i + 1]);
    return checked(x, y);
  }

  private static Points checked(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new InvalidInputException(
          "x has %d numbers and y has %d: they must be as many".formatted(x.length, y.length));
    }
    if (x.length < FEWEST || x.length > MOST) {
      throw new InvalidInputException(
          "it has %d rows, and must have %d to %d".formatted(x.length, FEWEST, MOST));
    }
    if (!Arrays.stream(x).allMatch(Double::isFinite)
        || !Arrays.stream(y).allMatch(Double::isFinite)) {
      throw new InvalidInputException("a number is missing or infinite");
    }
    if (Arrays.stream(x).distinct().count() < 2) {
      throw new InvalidInputException("x is the same in every row");
    }
    return new Points(x, y);
  }
}
