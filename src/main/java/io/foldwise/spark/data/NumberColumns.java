package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.foldwise.search.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Features and label of a source as doubles, and what is wrong with those that are none. */
final class NumberColumns {

  private final SourceFrame source;
  private final SparkSession spark;

  NumberColumns(SourceFrame source) {
    this.source = source;
    this.spark = source.frame().sparkSession();
  }

  /** Features and label as doubles, in this order. */
  List<Column> of(ColumnRoles roles) {
    Column label =
        roles
            .asked()
            .positive()
            .map(value -> indicator(roles.label(), value))
            .orElseGet(() -> number(roles.label()));
    return Stream.concat(roles.features().stream().map(this::number), Stream.of(label)).toList();
  }

  /** The column as doubles, missing cells as NaN; refused where it holds no numbers. */
  Column number(String name) {
    StructField column = source.column(name);
    if (!Columns.isNumber(column.dataType())) {
      throw notNumbers(column);
    }
    return Columns.number(Columns.named(name)).as(name);
  }

  /** 1 where the column's text, or its number, is the positive value, else 0; missing is NaN. */
  private Column indicator(String name, String positive) {
    Column value = Columns.named(name);
    boolean number = Columns.isNumber(source.column(name).dataType());
    Column hit =
        number
            ? value.cast(DataTypes.DoubleType).equalTo(lit(number(name, positive)))
            : value.cast(DataTypes.StringType).equalTo(positive);
    return coalesce(hit.cast(DataTypes.DoubleType), lit(Double.NaN)).as(name);
  }

  /** The first missing or non-finite cell of these columns in file order: one job. */
  Optional<BadCell> firstBad(List<String> names) {
    Column bad =
        names.stream()
            .map(Columns::named)
            .map(cell -> cell.isNull().or(bad(cell)))
            .reduce(Column::or)
            .orElseThrow();
    return RowSearch.first(source.ordered(), bad, names).map(row -> cell(row, names));
  }

  private static Column bad(Column cell) {
    Column number = cell.cast(DataTypes.StringType).try_cast(DataTypes.DoubleType);
    return coalesce(Columns.isBad(number), lit(false));
  }

  private BadCell cell(RowSearch.Found row, List<String> names) {
    int at =
        IntStream.range(0, names.size())
            .filter(i -> isBad(row.cells().get(i)))
            .findFirst()
            .orElseThrow();
    String value = row.cells().get(at);
    return new BadCell(row.place(spark), names.get(at), value == null ? "missing" : value);
  }

  private static boolean isBad(String cell) {
    return cell == null || cell.equals("NaN") || cell.endsWith("Infinity");
  }

  private static double number(String name, String positive) {
    try {
      return Double.parseDouble(positive);
    } catch (NumberFormatException text) {
      throw new InvalidInputException(
          "'positive' (" + positive + ") must be a number: the label '" + name + "' is one", text);
    }
  }

  private InvalidInputException notNumbers(StructField column) {
    String name = column.name();
    if (column.dataType().equals(DataTypes.StringType)) {
      Column cell = Columns.named(name);
      Column text = cell.isNotNull().and(cell.try_cast(DataTypes.DoubleType).isNull());
      Optional<RowSearch.Found> row = RowSearch.first(source.ordered(), text, List.of(name));
      if (row.isPresent()) {
        return new InvalidInputException(
            "%s: column '%s' holds '%s', which is no number: correct it, encode the column as numbers, or leave it out of 'features'"
                .formatted(
                    row.get().place(spark), name, RowSearch.shortened(row.get().cells().get(0))));
      }
    }
    return new InvalidInputException(
        "'%s': column '%s' is of type %s, not a number: encode it as numbers or leave it out of 'features'"
            .formatted(source.origin(), name, column.dataType().simpleString()));
  }
}
