package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Finds the first cell of a source that cannot be used. Its vectors were checked on loading. */
final class BadCells {

  private static final String POSITION = "__foldwise_bad";
  private static final String VALUE = "__foldwise_bad_value";

  private record Check(String column, BadCell.Fault fault, Column fails) {}

  private final SourceFrame source;
  private final List<Check> checks = new ArrayList<>();

  private BadCells(SourceFrame source) {
    this.source = source;
  }

  /** Among features, labels and weights. */
  static BadCells of(SourceFrame source, ColumnRoles roles) {
    BadCells cells = ofFeatures(source, roles.features());
    cells.require(roles.label());
    DataOptions.Label label = roles.asked().label();
    if (label.kind().areBinary() && label.positive().isEmpty()) {
      Column value = number(roles.label());
      cells.add(roles.label(), BadCell.Fault.NOT_BINARY, not(Columns.isBinary(value)));
    }
    roles.asked().weight().ifPresent(cells::requireWeight);
    return cells;
  }

  /** Among features alone. */
  static BadCells ofFeatures(SourceFrame source, FeatureColumns features) {
    BadCells cells = new BadCells(source);
    if (features instanceof FeatureColumns.Flat flat) {
      flat.names().forEach(cells::require);
    }
    return cells;
  }

  private void require(String name) {
    Column cell = Columns.named(name);
    Column number = cell.cast(DataTypes.StringType).try_cast(DataTypes.DoubleType);
    add(name, BadCell.Fault.NOT_FINITE, cell.isNull().or(Columns.isBad(number)));
  }

  private void requireWeight(String name) {
    Column weight = number(name);
    add(name, BadCell.Fault.NO_WEIGHT, Columns.isBad(weight).or(weight.lt(0)));
  }

  /** As a double; NaN where it is missing or no number. */
  private static Column number(String name) {
    return coalesce(Columns.named(name).try_cast(DataTypes.DoubleType), lit(Double.NaN));
  }

  private void add(String column, BadCell.Fault fault, Column fails) {
    checks.add(new Check(column, fault, coalesce(fails, lit(false))));
  }

  /** The first in file order: one job. */
  Optional<BadCell> first() {
    if (checks.isEmpty()) {
      return Optional.empty();
    }
    Column[] fails = checks.stream().map(Check::fails).toArray(Column[]::new);
    Column[] values =
        checks.stream()
            .map(check -> Columns.named(check.column()).cast(DataTypes.StringType))
            .toArray(Column[]::new);
    Column position = array_position(array(fails), true);
    Dataset<Row> marked =
        source
            .ordered()
            .withColumn(POSITION, position)
            .withColumn(VALUE, get(array(values), Columns.named(POSITION).minus(1)));
    Column bad = Columns.named(POSITION).gt(0);
    return RowSearch.first(marked, bad, List.of(POSITION, VALUE)).map(this::cell);
  }

  private BadCell cell(RowSearch.Found row) {
    Check check = checks.get(Integer.parseInt(row.cells().get(0)) - 1);
    String value = row.cells().get(1);
    return new BadCell(
        source.place(row), check.column(), value == null ? "missing" : shown(value), check.fault());
  }

  /** Whole numbers without their decimal point, as they mostly stand in a file. */
  private static String shown(String value) {
    return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
  }
}
