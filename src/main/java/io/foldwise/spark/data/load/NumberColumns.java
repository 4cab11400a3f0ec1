package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.Numeral;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.RowSearch;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The features, label and weight of a source as numbers, and what is wrong with those that are
 * none.
 */
final class NumberColumns {

  private static final String ENCODE =
      "encode the column (--categorical), or leave it out of 'features'";

  private static final int LISTED = 20;
  private static final int MOST_CLASSES = 20;

  private final SourceFrame source;

  NumberColumns(SourceFrame source) {
    this.source = source;
  }

  /**
   * The columns of {@link ColumnRoles#testColumns}, with NaN for missing numbers, over a frame that
   * is {@link ColumnRoles#narrowed} where features are packed.
   */
  List<Column> of(ColumnRoles roles) {
    List<Column> columns = new ArrayList<>();
    requireNumbers(roles.features());
    columns.addAll(features(roles.features()));
    columns.add(label(roles));
    roles.asked().weight().ifPresent(name -> columns.add(number(name).as(Columns.WEIGHT)));
    return columns;
  }

  /** Refuses features of text where there are several, all of them at once. */
  void requireNumbers(FeatureColumns features) {
    List<StructField> texts =
        features.ofSource().stream().map(source::column).filter(NumberColumns::isText).toList();
    if (texts.size() > 1) {
      throw new InvalidInputException(
          "'%s': %d of the features hold text, no numbers: %s: --categorical auto one-hot encodes those of at most 20 values, --categorical A,B any; or name the columns to use with --features"
              .formatted(source.origin(), texts.size(), examples(texts)));
    }
  }

  /** The columns, each with its first text, or else its first value, by one pass. */
  private String examples(List<StructField> columns) {
    List<StructField> some = columns.subList(0, Math.min(LISTED, columns.size()));
    Column[] firsts =
        some.stream()
            .map(column -> Columns.named(column.name()))
            .map(cell -> min(when(cell.isNotNull(), struct(located(cell)))).getField("value"))
            .toArray(Column[]::new);
    Row row = source.ordered().select(firsts).head();
    String list =
        IntStream.range(0, some.size())
            .mapToObj(
                i ->
                    "'%s' ('%s')"
                        .formatted(some.get(i).name(), RowSearch.shortened(row.getString(i))))
            .collect(Collectors.joining(", "));
    int more = columns.size() - some.size();
    return more > 0 ? list + " and " + more + " more" : list;
  }

  private static Column[] located(Column cell) {
    return Stream.of(
            Stream.of(not(Numeral.isText(cell)).as("number")),
            SourceFrame.ORDER.stream().map(Columns::named),
            Stream.of(cell.as("value")))
        .flatMap(part -> part)
        .toArray(Column[]::new);
  }

  private List<Column> features(FeatureColumns features) {
    if (features instanceof FeatureColumns.Packed packed) {
      packed.names().forEach(this::requireNumber);
      return List.of(Columns.named(Columns.PACKED));
    }
    return features.columns().stream().map(name -> feature(name, features)).toList();
  }

  /** A column of features after a check: doubles, NaN where one is missing, or vectors. */
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
    if (!asked.classes().isNone()) {
      return asked.classes().index(Columns.named(name), column.dataType()).as(name);
    }
    if (isText(column)) {
      throw textLabel(column, asked.kind());
    }
    return number(name);
  }

  private static boolean isText(StructField column) {
    return column.dataType().equals(DataTypes.StringType);
  }

  /** The refusal of a label of text: a cell to correct among numbers, else classes. */
  private InvalidInputException textLabel(StructField column, Labels kind) {
    List<String> classes =
        source
            .frame()
            .groupBy(Columns.named(column.name()).as("class"))
            .count()
            .where("class is not null")
            .orderBy(col("count"), col("class").desc())
            .limit(MOST_CLASSES + 1)
            .select("class")
            .as(Encoders.STRING())
            .collectAsList();
    boolean numbers = classes.stream().anyMatch(value -> Numeral.of(value).isPresent());
    Optional<RowSearch.Found> text = firstText(column);
    if (text.isEmpty() || (numbers && kind.areBinary())) {
      refuseText(column, BadCell.Fault.NOT_BINARY);
      return notNumbers(column);
    }
    return numbers
        ? new InvalidInputException(
            "%s: the label '%s' holds '%s', which is not a number: %scorrect it, or remove the row"
                .formatted(
                    source.place(text.get()),
                    column.name(),
                    shown(text.get()),
                    hint(shown(text.get()))))
        : new InvalidInputException(
            "'%s': the label '%s' holds text, %s"
                .formatted(source.origin(), column.name(), advice(classes, kind)));
  }

  /** What to do about classes: the rarest one is suggested as the positive one. */
  private static String advice(List<String> classes, Labels kind) {
    boolean numbers = !kind.areBinary() && kind != Labels.CLASSES;
    String positive = "--positive " + quoted(classes.get(0));
    String option = numbers ? "--loss logistic " + positive : positive;
    if (classes.size() == 1) {
      return "'%s' in every row: two classes are needed".formatted(classes.get(0));
    }
    if (classes.size() == 2 && numbers) {
      return "'%s' and '%s': take --loss logistic, and %s if the first is to count as 1, the other as 0"
          .formatted(classes.get(0), classes.get(1), positive);
    }
    if (classes.size() == 2) {
      return "'%s' and '%s': %s says that the first counts as 1, the other as 0"
          .formatted(classes.get(0), classes.get(1), option);
    }
    if (classes.size() > MOST_CLASSES) {
      return "more than %d different ones: choose a column of numbers with --label"
          .formatted(MOST_CLASSES);
    }
    return "%d classes: take --loss softmax or ovr-hinge, or %s, which tells that one from all others"
        .formatted(classes.size(), option);
  }

  private static String quoted(String value) {
    return value.matches("[\\w.+-]+") ? value : "'" + value + "'";
  }

  /** The column as doubles, NaN where a cell is missing; it is refused if it holds no numbers. */
  private Column number(String name) {
    requireNumber(name);
    return Columns.number(Columns.named(name)).as(name);
  }

  private void requireNumber(String name) {
    StructField column = source.column(name);
    if (!Columns.isNumber(column.dataType())) {
      throw notNumbers(column);
    }
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
    return Numeral.of(positive)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'positive' (%s) must be a number: the label '%s' is one"
                        .formatted(positive, name)));
  }

  private InvalidInputException notNumbers(StructField column) {
    if (column.dataType().equals(DataTypes.StringType)) {
      Optional<RowSearch.Found> row = firstText(column);
      if (row.isPresent()) {
        return new InvalidInputException(
            "%s: column '%s' holds '%s', which is not a number: %scorrect it, %s"
                .formatted(
                    source.place(row.get()),
                    column.name(),
                    shown(row.get()),
                    hint(shown(row.get())),
                    ENCODE));
      }
      return new InvalidInputException(
          "'%s': column '%s' holds %s"
              .formatted(
                  source.origin(),
                  column.name(),
                  source.stands() instanceof SourceFrame.Stands.InLines
                      ? "numbers with a decimal point beside others with a decimal comma: write all alike"
                      : "numbers as text: cast it to double"));
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
    Column text = cell.isNotNull().and(Numeral.isText(cell));
    return RowSearch.first(source.ordered(), text, List.of(column.name()));
  }

  /** What else may be made of a cell of a text file. */
  private String hint(String cell) {
    return source.stands() instanceof SourceFrame.Stands.InLines
        ? Dialect.hint(cell).map(option -> option + "; or ").orElse("")
        : "";
  }

  private static String shown(RowSearch.Found row) {
    return RowSearch.shortened(row.cells().get(0));
  }
}
