package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.transform;

import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.source.RowSearch;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Finds the first cell of a source that cannot be used. Vectors were checked on loading. */
final class BadCells {

  private static final String POSITION = "__foldwise_bad";
  private static final String VALUE = "__foldwise_bad_value";

  private record Check(String column, BadCell.Fault fault, Column fails) {}

  private final SourceFrame source;
  private final FeatureColumns features;
  private final List<Check> checks = new ArrayList<>();

  private BadCells(SourceFrame source, FeatureColumns features) {
    this.source = source;
    this.features = features;
    if (!(features instanceof FeatureColumns.Vector)) {
      features.names().forEach(name -> require(name, BadCell.Fault.NOT_FINITE));
    }
  }

  /** Looks among features, labels and weights. */
  static BadCells of(SourceFrame source, ColumnRoles roles) {
    BadCells cells = new BadCells(source, roles.features());
    cells.require(roles.label(), BadCell.Fault.NO_LABEL);
    DataOptions.Label label = roles.asked().label();
    if (!label.classes().isNone()) {
      Column cell = Columns.named(roles.label());
      Column place = label.classes().index(cell, source.column(roles.label()).dataType());
      cells.add(roles.label(), BadCell.Fault.NO_CLASS, cell.isNotNull().and(place.isNaN()));
    } else if (label.kind().areBinary() && label.positive().isEmpty()) {
      Column value = number(roles.label());
      cells.add(roles.label(), BadCell.Fault.NOT_BINARY, not(Columns.isBinary(value)));
    }
    if (label.kind() == Labels.NON_NEGATIVE) {
      cells.add(roles.label(), BadCell.Fault.NEGATIVE_LABEL, number(roles.label()).lt(0));
    }
    if (label.kind() == Labels.POSITIVE) {
      cells.add(roles.label(), BadCell.Fault.NOT_POSITIVE, number(roles.label()).leq(0));
    }
    roles.asked().weight().ifPresent(cells::requireWeight);
    return cells;
  }

  /** Looks among features alone. */
  static BadCells ofFeatures(SourceFrame source, FeatureColumns features) {
    return new BadCells(source, features);
  }

  private void require(String name, BadCell.Fault fault) {
    Column cell = Columns.named(name);
    Column number = cell.cast(DataTypes.StringType).try_cast(DataTypes.DoubleType);
    add(name, fault, cell.isNull().or(Columns.isBad(number)));
  }

  private void requireWeight(String name) {
    Column weight = number(name);
    add(name, BadCell.Fault.NO_WEIGHT, Columns.isBad(weight).or(weight.lt(0)));
  }

  /** The column as doubles; NaN where a cell is missing or no number. */
  private static Column number(String name) {
    return coalesce(Columns.named(name).try_cast(DataTypes.DoubleType), lit(Double.NaN));
  }

  private void add(String column, BadCell.Fault fault, Column fails) {
    checks.add(new Check(column, fault, coalesce(fails, lit(false))));
  }

  /** The first bad cell in file order, by one job, or two where features are packed. */
  Optional<BadCell> first() {
    return features instanceof FeatureColumns.Packed ? firstPacked() : first(checks);
  }

  /** Finds the column in the narrow rows, then the cell as it stands in the source. */
  private Optional<BadCell> firstPacked() {
    List<Check> others = checks.subList(features.names().size(), checks.size());
    List<String> kept = others.stream().map(Check::column).distinct().toList();
    Dataset<Row> rows = NarrowRows.of(source, features.names(), kept);
    Column feature = array_position(transform(Columns.named(Columns.PACKED), Columns::isBad), true);
    Column bad = others.stream().map(Check::fails).reduce(feature.gt(0), Column::or);
    return RowSearch.first(rows.withColumn(POSITION, feature), bad, List.of(POSITION))
        .map(row -> Integer.parseInt(row.cells().get(0)))
        .flatMap(at -> first(at == 0 ? others : List.of(checks.get(at - 1))));
  }

  private Optional<BadCell> first(List<Check> some) {
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Column[] fails = some.stream().map(Check::fails).toArray(Column[]::new);
    Column[] values =
        some.stream()
            .map(check -> Columns.named(check.column()).cast(DataTypes.StringType))
            .toArray(Column[]::new);
    Column position = array_position(array(fails), true);
    Dataset<Row> marked =
        source
            .ordered()
            .withColumn(POSITION, position)
            .withColumn(VALUE, get(array(values), Columns.named(POSITION).minus(1)));
    Column bad = Columns.named(POSITION).gt(0);
    return RowSearch.first(marked, bad, List.of(POSITION, VALUE)).map(row -> cell(row, some));
  }

  private BadCell cell(RowSearch.Found row, List<Check> some) {
    Check check = some.get(Integer.parseInt(row.cells().get(0)) - 1);
    String value = row.cells().get(1);
    return new BadCell(
        source.place(row), check.column(), value == null ? "missing" : shown(value), check.fault());
  }

  /** A cell's text; whole numbers without their decimal point, as they mostly stand in a file. */
  private static String shown(String value) {
    return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
  }
}
