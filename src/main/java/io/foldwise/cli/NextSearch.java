package io.foldwise.cli;

import io.foldwise.spark.data.load.Inspection.AsNumbers;
import io.foldwise.spark.data.load.Inspection.Facts;
import io.foldwise.spark.data.load.Inspection.Table;
import io.foldwise.spark.data.load.Preparation;
import io.foldwise.spark.data.schema.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/**
 * What would become of the columns of an inspected table, and the search that makes that of them.
 *
 * @param parts what becomes of each column
 * @param words the words of the command
 */
record NextSearch(Map<String, Part> parts, String words) {
  private static final List<String> USUAL = List.of("y", "label");
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}([ T].*)?";

  /** What becomes of a column. */
  enum Use {
    LABEL,
    FEATURE,
    CATEGORY,
    DATE,
    LEFT_OUT
  }

  /**
   * The part of a column.
   *
   * @param why a few words
   */
  record Part(Use use, String why) {}

  /**
   * Decides on a table.
   *
   * @param given the words by which its file is read, but for what stands for a missing cell
   * @param missing what was given for that
   * @param named the label that was asked for
   */
  static NextSearch of(Table table, String given, List<String> missing, Optional<String> named) {
    List<Facts> columns = table.columns();
    Optional<Facts> label = label(columns, named);
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Facts column : columns) {
      boolean isLabel = label.filter(column::equals).isPresent();
      parts.put(column.name(), isLabel ? ofLabel(column, named) : part(column));
    }
    return new NextSearch(parts, given + reading(columns, missing) + words(table, label, parts));
  }

  /** The options by which columns of text are read as the numbers that they are. */
  private static String reading(List<Facts> columns, List<String> missing) {
    StringBuilder words = new StringBuilder();
    List<String> gaps =
        Stream.concat(missing.stream(), columns.stream().flatMap(NextSearch::marks))
            .distinct()
            .toList();
    if (!gaps.isEmpty()) {
      add(words, "--missing-values", String.join(",", gaps));
    }
    if (columns.stream()
        .flatMap(own -> own.asNumbers().stream())
        .anyMatch(AsNumbers::decimalComma)) {
      words.append(" --decimal-comma");
    }
    return words.toString();
  }

  /**
   * The column of that name, or of a usual one, or the last that could be one, without gaps first.
   */
  private static Optional<Facts> label(List<Facts> columns, Optional<String> named) {
    List<String> names = named.map(List::of).orElse(USUAL);
    Optional<Facts> known =
        columns.stream().filter(column -> names.contains(column.name())).findFirst();
    if (known.isPresent() || named.isPresent()) {
      return known;
    }
    List<Facts> possible =
        columns.stream()
            .filter(column -> column.distinct() > 1)
            .filter(column -> isNumber(column) || isCategory(column))
            .toList();
    return last(possible.stream().filter(column -> !hasGaps(column)))
        .or(() -> last(possible.stream()));
  }

  private static Optional<Facts> last(Stream<Facts> columns) {
    return columns.reduce((one, later) -> later);
  }

  private static Part ofLabel(Facts column, Optional<String> named) {
    boolean guessed = named.isEmpty() && !USUAL.contains(column.name());
    String classes = isNumber(column) ? "" : " of %d classes".formatted(column.distinct());
    return new Part(
        Use.LABEL,
        "label" + classes + told(column) + (guessed ? "? the last that can be one" : ""));
  }

  private static Part part(Facts column) {
    if (column.index()) {
      return new Part(Use.LEFT_OUT, "left out: an index");
    }
    if (isEmpty(column)) {
      return new Part(Use.LEFT_OUT, "left out: empty");
    }
    if (isNumber(column)) {
      String constant = column.distinct() == 1 ? " that does not vary" : "";
      return new Part(Use.FEATURE, "feature" + constant + told(column));
    }
    if (isDate(column)) {
      return new Part(Use.DATE, "feature: a date");
    }
    if (isCategory(column)) {
      return new Part(Use.CATEGORY, "feature: one-hot, %d values".formatted(column.distinct()));
    }
    return new Part(
        Use.LEFT_OUT,
        isText(column)
            ? "left out: text of %,d values".formatted(column.distinct())
            : "left out: no number");
  }

  private static boolean isEmpty(Facts column) {
    return column.missing() > 0 && column.distinct() == 0;
  }

  private static boolean isText(Facts column) {
    return column.type().equals(DataTypes.StringType);
  }

  private static boolean isNumber(Facts column) {
    return Columns.isNumber(column.type()) || column.asNumbers().isPresent();
  }

  private static boolean isDate(Facts column) {
    boolean type = Columns.isTime(column.type());
    boolean text =
        isText(column)
            && column
                .range()
                .filter(range -> range.min().matches(DATE) && range.max().matches(DATE))
                .isPresent();
    return type || text;
  }

  private static boolean isCategory(Facts column) {
    return isText(column)
        && column.distinct() > 0
        && column.distinct() <= Preparation.FEW
        && !isDate(column);
  }

  private static String words(Table table, Optional<Facts> label, Map<String, Part> parts) {
    StringBuilder words = new StringBuilder();
    label
        .filter(column -> !USUAL.contains(column.name()) || has(table, USUAL))
        .ifPresent(column -> add(words, "--label", column.name()));
    List<String> features =
        parts.entrySet().stream()
            .filter(part -> part.getValue().use() != Use.LABEL)
            .filter(part -> part.getValue().use() != Use.LEFT_OUT)
            .map(Map.Entry::getKey)
            .toList();
    boolean leavesOut =
        table.columns().stream()
            .anyMatch(column -> parts.get(column.name()).use() == Use.LEFT_OUT && !column.index());
    if (leavesOut && table.vector().isEmpty() && !features.isEmpty()) {
      add(words, "--features", String.join(",", features));
    }
    if (uses(parts, Use.CATEGORY)) {
      words.append(" --categorical auto");
    }
    if (uses(parts, Use.DATE)) {
      add(words, "--date", String.join(",", names(parts, Use.DATE)));
    }
    boolean labelGaps = label.filter(NextSearch::hasGaps).isPresent();
    boolean gaps =
        table.columns().stream()
            .anyMatch(column -> features.contains(column.name()) && hasGaps(column));
    if (labelGaps || gaps) {
      add(words, "--missing", labelGaps ? "drop" : "mean");
    }
    label.flatMap(NextSearch::loss).ifPresent(loss -> add(words, "--loss", loss));
    return words + " --grid \"l2=log(1e-4,1,12)\"";
  }

  /** What stands for missing cells among the numbers of a column. */
  private static Stream<String> marks(Facts column) {
    return column.asNumbers().stream().flatMap(numbers -> numbers.missing().stream());
  }

  /** How the texts of a column are numbers. */
  private static String told(Facts column) {
    String marks = marks(column).collect(Collectors.joining(" "));
    boolean commas = column.asNumbers().filter(AsNumbers::decimalComma).isPresent();
    return (marks.isEmpty() ? "" : ", %s for a missing cell".formatted(marks))
        + (commas ? ", with decimal commas" : "");
  }

  private static boolean hasGaps(Facts column) {
    return column.missing() > 0 || marks(column).findAny().isPresent();
  }

  private static boolean has(Table table, List<String> all) {
    return table.columns().stream().map(Facts::name).toList().containsAll(all);
  }

  private static boolean uses(Map<String, Part> parts, Use use) {
    return parts.values().stream().anyMatch(part -> part.use() == use);
  }

  private static List<String> names(Map<String, Part> parts, Use use) {
    List<String> names = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          if (part.use() == use) {
            names.add(name);
          }
        });
    return names;
  }

  /** The loss of a label of classes. */
  private static Optional<String> loss(Facts label) {
    if (label.asNumbers().isPresent()) {
      return Optional.empty();
    }
    if (label.distinct() == 2) {
      boolean binary =
          !isNumber(label)
              || label.type().equals(DataTypes.BooleanType)
              || label
                  .range()
                  .filter(range -> Double.parseDouble(range.max()) == 1)
                  .filter(range -> Double.parseDouble(range.min()) == 0)
                  .isPresent();
      return binary ? Optional.of("logistic") : Optional.empty();
    }
    return !isNumber(label) && label.distinct() <= Preparation.FEW
        ? Optional.of("softmax")
        : Optional.empty();
  }

  private static void add(StringBuilder words, String option, String value) {
    words.append(' ').append(option).append(' ').append(Settings.quoted(value));
  }
}
