package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.foldwise.search.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Features, label and weight of a source as numbers, and what is wrong with those that are none.
 */
final class NumberColumns {

  private static final String ENCODE =
      "encode the column as numbers, or leave it out of 'features'";

  private final SourceFrame source;

  NumberColumns(SourceFrame source) {
    this.source = source;
  }

  /** The columns of {@link ColumnRoles#testColumns}, missing numbers as NaN. */
  List<Column> of(ColumnRoles roles) {
    List<Column> columns = new ArrayList<>();
    roles.features().columns().forEach(name -> columns.add(feature(name, roles.features())));
    columns.add(label(roles));
    roles.asked().weight().ifPresent(name -> columns.add(number(name).as(Columns.WEIGHT)));
    return columns;
  }

  /** A column of features, checked: doubles, missing ones as NaN, or vectors. */
  Column feature(String name, FeatureColumns features) {
    if (features instanceof FeatureColumns.Vector vector) {
      requireVector(vector.d());
      return Columns.named(name);
    }
    return number(name);
  }

  private void requireVector(int d) {
    if (source.dimensions().filter(own -> own == d).isEmpty()) {
      throw new InvalidInputException(
          "'%s': column '%s' must be a vector of %d numbers, as in the training data"
              .formatted(source.origin(), VectorColumn.NAME, d));
    }
  }

  private Column label(ColumnRoles roles) {
    String name = roles.label();
    DataOptions.Label asked = roles.asked().label();
    if (asked.positive().isPresent()) {
      return indicator(name, asked.positive().get());
    }
    StructField column = source.column(name);
    boolean text = column.dataType().equals(DataTypes.StringType);
    if (asked.kind().areBinary() && text) {
      refuseText(column, BadCell.Fault.NOT_BINARY);
    }
    return number(name);
  }

  /** The column as doubles, missing cells as NaN; refused where it holds no numbers. */
  private Column number(String name) {
    StructField column = source.column(name);
    if (!Columns.isNumber(column.dataType())) {
      throw notNumbers(column);
    }
    return Columns.number(Columns.named(name)).as(name);
  }

  /** 1 where the column's text, or its number, is the positive value, else 0; missing is NaN. */
  private Column indicator(String name, String positive) {
    Column value = Columns.named(name);
    DataType type = source.column(name).dataType();
    Column hit;
    if (type.equals(DataTypes.BooleanType) && isBoolean(positive)) {
      hit = value.equalTo(lit(Boolean.parseBoolean(positive)));
    } else if (Columns.isNumber(type)) {
      hit = value.cast(DataTypes.DoubleType).equalTo(lit(parsed(name, positive)));
    } else {
      hit = value.cast(DataTypes.StringType).equalTo(positive);
    }
    return coalesce(hit.cast(DataTypes.DoubleType), lit(Double.NaN)).as(name);
  }

  private static boolean isBoolean(String value) {
    return List.of("true", "false").contains(value.toLowerCase(Locale.ROOT));
  }

  private static double parsed(String name, String positive) {
    try {
      return Double.parseDouble(positive);
    } catch (NumberFormatException text) {
      throw new InvalidInputException(
          "'positive' (" + positive + ") must be a number: the label '" + name + "' is one", text);
    }
  }

  private InvalidInputException notNumbers(StructField column) {
    if (column.dataType().equals(DataTypes.StringType)) {
      Optional<RowSearch.Found> row = firstText(column);
      if (row.isPresent()) {
        return new InvalidInputException(
            "%s: column '%s' holds '%s', which is no number: correct it, %s"
                .formatted(source.place(row.get()), column.name(), shown(row.get()), ENCODE));
      }
    }
    return new InvalidInputException(
        "'%s': column '%s' is of type %s, not a number: encode it as numbers or leave it out of 'features'"
            .formatted(source.origin(), column.name(), column.dataType().simpleString()));
  }

  private void refuseText(StructField column, BadCell.Fault fault) {
    firstText(column)
        .ifPresent(
            row -> {
              String value = "'" + shown(row) + "'";
              throw new InvalidInputException(
                  new BadCell(source.place(row), column.name(), value, fault).message());
            });
  }

  private Optional<RowSearch.Found> firstText(StructField column) {
    Column cell = Columns.named(column.name());
    Column text = cell.isNotNull().and(cell.try_cast(DataTypes.DoubleType).isNull());
    return RowSearch.first(source.ordered(), text, List.of(column.name()));
  }

  private static String shown(RowSearch.Found row) {
    return RowSearch.shortened(row.cells().get(0));
  }
}
