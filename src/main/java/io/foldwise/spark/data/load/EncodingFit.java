package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.Imputed;
import io.foldwise.search.Figures;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.source.RowSearch;
import io.foldwise.spark.data.source.SourceFrame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Finds the {@link Encoding} of a dataset, by two passes over its rows. */
final class EncodingFit {

  private static final String MISSING = " missing";
  private static final int MOST_LEVELS = 1_000;

  /**
   * What came of it.
   *
   * @param source the rows with the columns that were made
   * @param features the features, in the order of the columns that they were made of
   * @param imputed those features whose missing cells are filled inside the folds
   * @param others does the same to rows that stand apart
   */
  record Result(
      SourceFrame source,
      Encoding encoding,
      List<String> features,
      List<Imputed> imputed,
      UnaryOperator<SourceFrame> others) {}

  private final Preparation.Asked asked;
  private final SourceFrame source;
  private final ColumnRoles roles;
  private final List<String> notes = new ArrayList<>();

  /** The numbers whose missing cells are filled inside the folds. */
  private final List<String> filled = new ArrayList<>();

  /**
   * What was found of a column: the number of missing cells, the mean or median of the others, and
   * the number of values.
   */
  private record Facts(long missing, double middle, long values) {}

  /**
   * Fits on a source.
   *
   * @param roles its roles before anything is made of its columns
   */
  EncodingFit(Preparation.Asked asked, SourceFrame source, ColumnRoles roles) {
    this.asked = asked;
    this.source = source;
    this.roles = roles;
    if (source.dimensions().isPresent()) {
      throw new InvalidInputException(
          "'%s' holds its features in one vector: nothing can be made of single columns"
              .formatted(source.origin()));
    }
    asked.dates().keySet().forEach(name -> requireFeature("date", name));
    asked
        .categorical()
        .ifPresent(names -> names.forEach(name -> requireFeature("categorical", name)));
  }

  private void requireFeature(String option, String name) {
    ColumnRoles.require(option, name, source);
    if (name.equals(roles.label()) || roles.isAside(name)) {
      throw new InvalidInputException(
          "'%s' (%s): it has another role, and is no feature".formatted(option, name));
    }
  }

  Result result() {
    List<StructField> columns = candidates();
    Map<String, Facts> facts = facts(columns);
    List<StructField> categories =
        columns.stream().filter(column -> isCategory(column, facts)).toList();
    Map<String, List<Object>> levels = levels(categories);
    if (asked.categorical().filter(List::isEmpty).isPresent()) {
      levels.values().removeIf(values -> values.size() > Preparation.FEW);
    }
    List<String> replaced = new ArrayList<>();
    Map<String, String> made = new LinkedHashMap<>();
    List<String> features = new ArrayList<>();
    for (StructField column : columns) {
      Map<String, String> more =
          levels.containsKey(column.name())
              ? indicators(column, levels.get(column.name()), facts.get(column.name()))
              : numbers(column, facts.get(column.name()));
      if (more.containsKey(column.name())) {
        replaced.add(column.name());
      }
      made.putAll(more);
      features.addAll(more.isEmpty() ? List.of(column.name()) : more.keySet());
    }
    refuseTaken(made.keySet(), replaced);
    noteWithoutEffect(levels.isEmpty(), facts);
    Encoding encoding = new Encoding(statement(replaced, made));
    UnaryOperator<SourceFrame> making = rows -> encoding.applied(kept(rows, columns));
    return new Result(
        making.apply(source).noting(notes), encoding, features, imputed(features, facts), making);
  }

  /** Says of an option that it found nothing to do; where rows are dropped that is said there. */
  private void noteWithoutEffect(boolean noCategories, Map<String, Facts> facts) {
    if (asked.categorical().isPresent() && noCategories) {
      notes.add(
          "'categorical' (auto) has no effect: no column of text has at most %d values"
              .formatted(Preparation.FEW));
    }
    if (asked.missing().fills() && facts.values().stream().allMatch(own -> own.missing() == 0)) {
      notes.add(
          "'missing' (%s) has no effect: no cell of a feature is missing"
              .formatted(asked.missing().option()));
    }
  }

  private List<Imputed> imputed(List<String> features, Map<String, Facts> facts) {
    List<Imputed> imputed = new ArrayList<>();
    for (String name : filled) {
      int value = features.indexOf(name);
      int missing = features.indexOf(name + MISSING);
      double middle = facts.get(name).middle();
      imputed.add(
          asked.missing() == Preparation.Missing.MEDIAN
              ? Imputed.ofMedians(value, missing, middle)
              : new Imputed(value, missing, middle));
    }
    return imputed;
  }

  /** The columns that are features, or may become ones. */
  private List<StructField> candidates() {
    Set<String> names = new LinkedHashSet<>(roles.features().ofSource());
    Stream.concat(
            asked.categorical().stream().flatMap(List::stream), asked.dates().keySet().stream())
        .forEach(names::add);
    boolean all = asked.categorical().filter(List::isEmpty).isPresent();
    if (all && roles.asked().features().isEmpty()) {
      source.columns().stream()
          .filter(Columns::isAside)
          .map(StructField::name)
          .filter(name -> !name.equals(roles.label()) && !roles.isAside(name))
          .forEach(names::add);
    }
    return names.stream().map(source::column).toList();
  }

  /** Whether a column is a category, or has about as few values as one that is taken for it. */
  private boolean isCategory(StructField column, Map<String, Facts> facts) {
    if (asked.categorical().isEmpty() || asked.dates().containsKey(column.name())) {
      return false;
    }
    List<String> named = asked.categorical().get();
    return named.isEmpty()
        ? isText(column) && facts.get(column.name()).values() <= 2 * Preparation.FEW
        : named.contains(column.name());
  }

  private static boolean isText(StructField column) {
    return column.dataType().equals(DataTypes.StringType);
  }

  private Map<String, Facts> facts(List<StructField> columns) {
    List<Column> statistics = new ArrayList<>();
    for (StructField column : columns) {
      Column present = present(column);
      statistics.add(count(when(present.isNull(), lit(1))));
      statistics.add(isNumber(column) ? middle(present.cast(DataTypes.DoubleType)) : lit(0.0));
      statistics.add(isText(column) ? approx_count_distinct(present) : lit(0L));
    }
    Row row = source.frame().select(statistics.toArray(Column[]::new)).head();
    Map<String, Facts> facts = new LinkedHashMap<>();
    for (int j = 0; j < columns.size(); j++) {
      double middle = row.isNullAt(3 * j + 1) ? 0 : row.getDouble(3 * j + 1);
      // Of a column with an infinite cell, which is refused when all that are made are checked.
      middle = Double.isFinite(middle) ? middle : 0;
      facts.put(
          columns.get(j).name(), new Facts(row.getLong(3 * j), middle, row.getLong(3 * j + 2)));
    }
    return facts;
  }

  /** What stands in place of missing cells in the file that is encoded, perhaps about. */
  private Column middle(Column number) {
    if (asked.missing() != Preparation.Missing.MEDIAN) {
      return avg(number);
    }
    return source.rows() <= LoadedData.SMALL_ROWS
        ? median(number)
        : percentile_approx(number, lit(0.5), lit(10_000));
  }

  private static boolean isNumber(StructField column) {
    return Columns.isNumber(column.dataType());
  }

  /** The cell, null where it is missing. */
  private static Column present(StructField column) {
    Column cell = Columns.named(column.name());
    return isFraction(column) ? when(isnan(cell), lit(null)).otherwise(cell) : cell;
  }

  private static boolean isFraction(StructField column) {
    return column.dataType().equals(DataTypes.DoubleType)
        || column.dataType().equals(DataTypes.FloatType);
  }

  /** Whether the cell is missing, as a condition of SQL. */
  private static String isMissing(StructField column) {
    String cell = Columns.quoted(column.name());
    return isFraction(column) ? "(%1$s IS NULL OR isnan(%1$s))".formatted(cell) : cell + " IS NULL";
  }

  /** The values of categories, in their order. */
  private Map<String, List<Object>> levels(List<StructField> categories) {
    Map<String, List<Object>> levels = new LinkedHashMap<>();
    if (categories.isEmpty()) {
      return levels;
    }
    Column[] sets =
        categories.stream()
            .map(
                column -> {
                  DataType type = isNumber(column) ? DataTypes.DoubleType : DataTypes.StringType;
                  return sort_array(collect_set(present(column).cast(type)));
                })
            .toArray(Column[]::new);
    Row row = source.frame().select(sets).head();
    for (int j = 0; j < categories.size(); j++) {
      List<Object> values = row.getList(j);
      String name = categories.get(j).name();
      if (values.size() > MOST_LEVELS) {
        throw new InvalidInputException(
            "'categorical' (%s): it has %,d different values, more than %,d: leave it out, or group its values"
                .formatted(name, values.size(), MOST_LEVELS));
      }
      levels.put(name, values);
    }
    return levels;
  }

  /** Columns of 0 and 1, one for each value; their expressions by name. */
  private Map<String, String> indicators(StructField column, List<Object> levels, Facts facts) {
    String cell = Columns.quoted(column.name());
    boolean own = asked.missing().fills();
    refuseMissing(column, facts);
    String missing = isMissing(column);
    Map<String, String> made = new LinkedHashMap<>();
    int first = asked.levels() == Preparation.Levels.WITHOUT_FIRST ? 1 : 0;
    for (Object level : levels.subList(Math.min(first, levels.size()), levels.size())) {
      String equal =
          level instanceof Double number
              ? "try_cast(%s AS DOUBLE) = %sD".formatted(cell, number)
              : "CAST(%s AS STRING) = %s".formatted(cell, literal((String) level));
      made.put(
          column.name() + "=" + shown(level),
          "CASE WHEN %s THEN %s WHEN %s THEN 1D ELSE 0D END"
              .formatted(missing, own ? "0D" : "CAST(NULL AS DOUBLE)", equal));
    }
    if (own && facts.missing() > 0) {
      made.put(column.name() + MISSING, indicator(missing));
    }
    notes.add(
        "column '%s' is one-hot encoded: %d values%s"
            .formatted(
                column.name(),
                levels.size(),
                first > 0 && !levels.isEmpty()
                    ? ", all but '" + shown(levels.get(0)) + "' as features"
                    : ""));
    return made;
  }

  private static String indicator(String condition) {
    return "CASE WHEN %s THEN 1D ELSE 0D END".formatted(condition);
  }

  /** What becomes of a column of numbers or dates: nothing, if it is a feature as it is. */
  private Map<String, String> numbers(StructField column, Facts facts) {
    String pattern = asked.dates().get(column.name());
    if (pattern != null) {
      String days = days(column, pattern);
      refuseMissing(column, facts);
      refuseOtherDates(column, days, pattern);
      return Map.of(column.name() + " (days)", days);
    }
    return isNumber(column) && facts.missing() > 0 && asked.missing().fills()
        ? filled(column, facts)
        : Map.of();
  }

  /** A column with its mean or median in place of missing cells, and one that says where. */
  private Map<String, String> filled(StructField column, Facts facts) {
    boolean inside = asked.missing().isInsideFolds();
    if (inside) {
      filled.add(column.name());
    }
    Map<String, String> made = new LinkedHashMap<>();
    made.put(
        column.name(),
        "CASE WHEN %s THEN %sD ELSE CAST(%s AS DOUBLE) END"
            .formatted(isMissing(column), facts.middle(), Columns.quoted(column.name())));
    made.put(column.name() + MISSING, indicator(isMissing(column)));
    notes.add(
        "column '%s' has %,d missing cells: they are filled with "
                .formatted(column.name(), facts.missing())
            + (inside
                ? "the %s of the rows that are trained on, in each fold that of its own"
                    .formatted(asked.missing().option())
                : "its mean %s, and '%s missing' says where"
                    .formatted(Figures.brief(facts.middle()), column.name())));
    return made;
  }

  private static String days(StructField column, String pattern) {
    String cell = Columns.quoted(column.name());
    String time =
        Columns.isTime(column.dataType())
            ? "CAST(%s AS TIMESTAMP)".formatted(cell)
            : pattern.isEmpty()
                ? "try_to_timestamp(CAST(%s AS STRING))".formatted(cell)
                : "try_to_timestamp(CAST(%s AS STRING), %s)".formatted(cell, literal(pattern));
    return "CAST(%s AS DOUBLE) / 86400D".formatted(time);
  }

  /** Refuses a missing cell of a column that is no number, in its own name. */
  private void refuseMissing(StructField column, Facts facts) {
    if (asked.missing() == Preparation.Missing.REFUSE && facts.missing() > 0) {
      RowSearch.Found row =
          RowSearch.first(source.ordered(), present(column).isNull(), List.of(column.name()))
              .orElseThrow();
      throw new InvalidInputException(
          "%s: column '%s' is missing: fill it in, or say what becomes of missing cells with --missing"
              .formatted(source.place(row), column.name()));
    }
  }

  /** Refuses a text that is no date. */
  private void refuseOtherDates(StructField column, String days, String pattern) {
    Column other = present(column).isNotNull().and(expr(days).isNull());
    RowSearch.first(source.ordered(), other, List.of(column.name()))
        .ifPresent(
            row -> {
              throw new InvalidInputException(
                  "%s: column '%s' holds '%s', which is no date of %s: give its pattern, as in --date %2$s:dd.MM.yyyy"
                      .formatted(
                          source.place(row),
                          column.name(),
                          RowSearch.shortened(row.cells().get(0)),
                          pattern.isEmpty()
                              ? "ISO 8601, such as 2020-12-31"
                              : "the pattern '" + pattern + "'"));
            });
  }

  private void refuseTaken(Set<String> made, List<String> replaced) {
    for (String name : made) {
      if (source.has(name) && !replaced.contains(name)) {
        throw new InvalidInputException(
            "'%s' has a column '%s' already, as one that is to be made is called: rename it"
                .formatted(source.origin(), name));
      }
    }
  }

  private static String statement(List<String> replaced, Map<String, String> made) {
    String all =
        replaced.isEmpty()
            ? "*"
            : "* EXCEPT ("
                + String.join(", ", replaced.stream().map(Columns::quoted).toList())
                + ")";
    StringBuilder statement = new StringBuilder("SELECT " + all);
    made.forEach(
        (name, expression) ->
            statement.append(", ").append(expression).append(" AS ").append(Columns.quoted(name)));
    return statement.append(" FROM __THIS__").toString();
  }

  /** The rows without a missing feature or label, if such are to be left out. */
  private SourceFrame kept(SourceFrame rows, List<StructField> columns) {
    if (asked.missing() != Preparation.Missing.DROP) {
      return rows;
    }
    Column complete =
        Stream.concat(columns.stream(), Stream.of(source.column(roles.label())))
            .map(column -> present(column).isNotNull())
            .reduce(Column::and)
            .orElseThrow();
    long left = rows.frame().filter(complete).count();
    if (left == 0) {
      throw new InvalidInputException(
          "'missing' (drop): every row of '%s' has a missing cell: leave out the columns that have most of them, with --features"
              .formatted(rows.origin()));
    }
    long dropped = rows.rows() - left;
    return rows.mapped(all -> all.filter(complete))
        .counting(left)
        .noting(
            List.of(
                dropped == 0
                    ? "'missing' (drop) has no effect: no row of '%s' has a missing cell"
                        .formatted(rows.origin())
                    : "%,d of %,d rows of '%s' have missing cells and are left out"
                        .formatted(dropped, rows.rows(), rows.origin())));
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A value as the name of its column has it: whole numbers without a point. */
  private static String shown(Object level) {
    if (level instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString(number.longValue())
          : new BigDecimal(Double.toString(number)).toPlainString();
    }
    return (String) level;
  }
}
