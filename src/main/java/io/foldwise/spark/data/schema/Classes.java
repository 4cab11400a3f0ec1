package io.foldwise.spark.data.schema;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The classes that labels are read as: a label that is the i-th of them counts as the number i.
 *
 * <p>They stand in the order of scikit-learn's {@code classes_}: numbers ascending, false before
 * true, texts by their code points.
 *
 * @param names the classes as texts, none twice; empty where labels are taken as the numbers they
 *     are
 */
public record Classes(List<String> names) implements Serializable {
  /** No classes: labels are the numbers that they are. */
  public static final Classes NONE = new Classes(List.of());

  private static final Comparator<String> BY_CODE_POINTS =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  public Classes {
    names = List.copyOf(names);
  }

  /** Classes of text. */
  public static Classes ofTexts(Collection<String> texts) {
    return new Classes(texts.stream().distinct().sorted(BY_CODE_POINTS).toList());
  }

  /** Classes of numbers; whole ones are named without a point. */
  public static Classes ofNumbers(Collection<Double> numbers) {
    return new Classes(
        numbers.stream().map(y -> y + 0.0).distinct().sorted().map(Classes::name).toList());
  }

  /** The classes that are called 0 to so many less 1; none where there are none. */
  public static Classes ofIndices(int count) {
    return new Classes(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** The name of the class of a number. */
  private static String name(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  /** Whether labels are taken as the numbers they are. */
  public boolean isNone() {
    return names.isEmpty();
  }

  /** The number of classes. */
  public int count() {
    return names.size();
  }

  /** Whether the names are numbers, all of them. */
  public boolean areNumbers() {
    return names.stream().allMatch(Numeral::is);
  }

  /** The number of a label's class as a double; NaN where it is missing or none of them. */
  public Column index(Column label, DataType type) {
    Column values;
    Column value;
    if (type.equals(DataTypes.BooleanType)) {
      value = label.cast(DataTypes.StringType);
      values = lit(names.toArray(String[]::new));
    } else if (Columns.isNumber(type) && areNumbers()) {
      value = label.cast(DataTypes.DoubleType);
      values = lit(names.stream().mapToDouble(name -> Numeral.of(name).orElseThrow()).toArray());
    } else {
      value = label.cast(DataTypes.StringType);
      values = lit(names.toArray(String[]::new));
    }
    Column place = array_position(values, value).cast(DataTypes.DoubleType);
    return coalesce(when(place.gt(0), place.minus(1)), lit(Double.NaN));
  }

  /** The class of a number, as what it is called. */
  public Column named(Column index) {
    Column name =
        org.apache.spark.sql.functions.get(
            lit(names.toArray(String[]::new)), index.cast(DataTypes.IntegerType));
    return when(index.isNaN(), lit(null)).otherwise(name);
  }
}
