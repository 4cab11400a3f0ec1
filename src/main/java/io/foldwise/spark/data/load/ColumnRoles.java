package io.foldwise.spark.data.load;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.not;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Vocabulary;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * The roles of a dataset's columns, every name checked.
 *
 * @param label the label
 * @param features where the features stand, at least one
 * @param asked the roles as they were asked for
 */
public record ColumnRoles(String label, FeatureColumns features, DataOptions.Roles asked) {

  private static final int LISTED_COLUMNS = 20;

  /**
   * The names that pandas gives an index, in Parquet and where it reads a column without a name.
   */
  private static final Pattern INDEX = Pattern.compile("__index_level_\\d+__|Unnamed: \\d+");

  /** Fills in the defaults and refuses names that the dataset does not have. */
  static ColumnRoles resolve(DataOptions.Roles asked, SourceFrame source) {
    asked.label().name().ifPresent(name -> require("label", name, source));
    asked.weight().ifPresent(name -> require("weight", name, source));
    asked.id().ifPresent(name -> require("id", name, source));
    asked.group().ifPresent(name -> require("group", name, source));
    asked.foldColumn().ifPresent(name -> require("fold-column", name, source));
    String label = asked.label().name().orElseGet(() -> defaultLabel(source));
    FeatureColumns features =
        features(asked.features(), source)
            .orElseGet(
                () -> new FeatureColumns.Flat(withoutRole(numberNames(source), label, asked)));
    ColumnRoles roles = new ColumnRoles(label, features, asked);
    roles.check(source);
    return roles;
  }

  /**
   * Where the features of these names stand. Without names, it is the vector, or empty where there
   * is none.
   */
  static Optional<FeatureColumns> features(List<String> names, SourceFrame source) {
    Optional<Integer> d = source.dimensions();
    boolean whole = names.isEmpty() || names.equals(List.of(VectorColumn.NAME));
    if (d.isPresent() && (whole || names.equals(VectorColumn.names(d.get())))) {
      return Optional.of(new FeatureColumns.Vector(d.get()));
    }
    names.forEach(name -> require("features", name, source));
    return names.isEmpty() ? Optional.empty() : Optional.of(new FeatureColumns.Flat(names));
  }

  /** The names of the default features: texts are features only where they are named. */
  private static List<String> numberNames(SourceFrame source) {
    return source.columns().stream()
        .filter(column -> !Columns.isAside(column) && !isIndex(column))
        .map(StructField::name)
        .toList();
  }

  static boolean isIndex(StructField column) {
    return Columns.isIndex(column) || INDEX.matcher(column.name()).matches();
  }

  /** Whether rows have weights. */
  public boolean isWeighted() {
    return asked.weight().isPresent();
  }

  /** The classes that labels are read as. */
  public Classes classes() {
    return asked.label().classes();
  }

  /** What a person should know of how labels are read. */
  List<String> ofLabels() {
    Classes classes = classes();
    return asked.label().kind() != Labels.TWO_CLASSES || classes.isNone()
        ? List.of()
        : List.of(
            "'%s' in column '%s' counts as 0, '%s' as 1: --positive says otherwise"
                .formatted(classes.names().get(0), label, classes.names().get(1)));
  }

  /** What a person should know of the columns that were not chosen, and of how labels are read. */
  List<String> notes(SourceFrame source) {
    List<String> notes = new ArrayList<>(ofLabels());
    if (!asked.features().isEmpty()) {
      return notes;
    }
    List<String> texts =
        source.columns().stream()
            .filter(Columns::isAside)
            .map(StructField::name)
            .filter(name -> !hasRole(name))
            .toList();
    if (!texts.isEmpty()) {
      notes.add("texts are not features and were left out: " + listed(texts));
    }
    source.columns().stream()
        .filter(ColumnRoles::isIndex)
        .map(StructField::name)
        .filter(name -> !hasRole(name))
        .map(
            name ->
                "column '%s' is taken for the index of a pandas DataFrame and is not a feature: name it in --features to use it"
                    .formatted(name))
        .forEach(notes::add);
    return notes;
  }

  private boolean hasRole(String name) {
    return name.equals(label)
        || Stream.of(asked.weight(), asked.id(), asked.group(), asked.foldColumn())
            .anyMatch(role -> role.filter(name::equals).isPresent());
  }

  /** Whether a column has a role that is neither feature nor label. */
  boolean isAside(String name) {
    return !name.equals(label) && hasRole(name);
  }

  /** Whether the features of a row are packed. */
  public boolean isPacked() {
    return features instanceof FeatureColumns.Packed;
  }

  /** The columns of features, then the label. */
  public List<String> numbers() {
    return Stream.concat(features.columns().stream(), Stream.of(label)).toList();
  }

  /** The columns of a source that hold features and label. */
  List<String> ofSource() {
    return Stream.concat(features.ofSource().stream(), Stream.of(label)).toList();
  }

  /** The rows of a source with few columns: those that have a role, and packed features. */
  Dataset<Row> narrowed(SourceFrame source) {
    List<String> kept =
        Stream.concat(
                Stream.of(label),
                Stream.of(asked.weight(), asked.id(), asked.group(), asked.foldColumn())
                    .flatMap(Optional::stream))
            .distinct()
            .filter(source::has)
            .toList();
    return NarrowRows.of(source, features.names(), kept);
  }

  /** The columns of a test row: {@link #numbers}, and the weight if there is one. */
  public List<String> testColumns() {
    return with(List.of());
  }

  /**
   * The columns of a training row: {@link #numbers}, fold, position, and the weight if there is
   * one.
   */
  public List<String> trainingColumns() {
    return with(List.of(Columns.FOLD, Columns.POSITION));
  }

  private List<String> with(List<String> dealt) {
    List<String> columns = new ArrayList<>(numbers());
    columns.addAll(dealt);
    if (isWeighted()) {
      columns.add(Columns.WEIGHT);
    }
    return columns;
  }

  /** Whether a row of {@link #testColumns} has a cell that cannot be used; vectors have none. */
  Column isBad() {
    Column bad = Columns.anyBad(array(testColumns()));
    if (isPacked()) {
      bad = bad.or(Columns.isBad(Columns.named(Columns.LARGEST)));
    }
    if (asked.label().kind().areBinary()) {
      bad = bad.or(not(Columns.isBinary(Columns.named(label))));
    } else if (asked.label().kind() == Labels.NON_NEGATIVE) {
      bad = bad.or(Columns.named(label).lt(0));
    } else if (asked.label().kind() == Labels.POSITIVE) {
      bad = bad.or(Columns.named(label).leq(0));
    }
    return isWeighted() ? bad.or(Columns.named(Columns.WEIGHT).lt(0)) : bad;
  }

  /** Whether a row has a number other than 0 too small to be squared; vectors are not looked at. */
  Column isTiny() {
    Column tiny = Columns.anyTiny(array(numbers()));
    return isPacked() ? tiny.or(Columns.named(Columns.LEAST).lt(Columns.LEAST_SQUARED)) : tiny;
  }

  /** The values of {@link #doubles} in an array. */
  Column values() {
    Column numbers = array(numbers());
    return isPacked() ? functions.concat(Columns.named(Columns.PACKED), numbers) : numbers;
  }

  /**
   * The names of what holds one number in each row: features, except for vectors, then the label.
   */
  List<String> doubles() {
    Stream<String> flat =
        features instanceof FeatureColumns.Vector ? Stream.empty() : features.names().stream();
    return Stream.concat(flat, Stream.of(label)).toList();
  }

  /** The array of those columns that hold one number each. */
  private Column array(List<String> columns) {
    List<String> single = new ArrayList<>(columns);
    single.remove(features instanceof FeatureColumns.Vector ? VectorColumn.NAME : "");
    single.remove(Columns.PACKED);
    return functions.array(Columns.named(single));
  }

  static void require(String option, String name, SourceFrame source) {
    if (source.has(name)) {
      return;
    }
    if (option.equals("features") && source.dimensions().isPresent()) {
      throw new InvalidInputException(
          "'features' (%s): '%s' holds its features in one vector, x1 to x%d, which is taken whole: leave the option out"
              .formatted(name, source.origin(), source.dimensions().get()));
    }
    throw new InvalidInputException(
        "'%s' (%s): '%s' has no such column%s"
            .formatted(option, name, source.origin(), instead(name, source.names())));
  }

  /** Names the column that was probably meant, as where only the case differs; else all columns. */
  private static String instead(String name, List<String> names) {
    return Vocabulary.nearest(name, names)
        .map(near -> ": did you mean '" + near + "'?")
        .orElseGet(() -> "; it has " + listed(names));
  }

  private static String defaultLabel(SourceFrame source) {
    List<String> usual = Stream.of("y", "label").filter(source::has).toList();
    if (usual.size() == 1) {
      return usual.get(0);
    }
    throw new InvalidInputException(
        "'label' is not given and '%s' has %s of the columns 'y' and 'label': choose one of %s"
            .formatted(source.origin(), usual.isEmpty() ? "none" : "both", listed(source.names())));
  }

  private static List<String> withoutRole(
      List<String> names, String label, DataOptions.Roles asked) {
    Set<String> taken = new HashSet<>(Set.of(label));
    Stream.of(asked.weight(), asked.id(), asked.group(), asked.foldColumn())
        .flatMap(Optional::stream)
        .forEach(taken::add);
    return names.stream().filter(name -> !taken.contains(name)).toList();
  }

  private void check(SourceFrame source) {
    List<String> columns = features.ofSource();
    if (columns.isEmpty()) {
      throw new InvalidInputException(
          "'%s' has no column left for a feature; its columns: %s%s"
              .formatted(
                  source.origin(),
                  listed(source.names()),
                  source.notes().stream().map(note -> "; " + note).collect(joining())));
    }
    if (columns.contains(label)) {
      throw new InvalidInputException(
          "'features' holds the label '" + label + "': it would predict itself; leave it out");
    }
    asked.weight().ifPresent(this::checkWeight);
    checkDistinct(columns);
  }

  private static void checkDistinct(List<String> features) {
    Set<String> seen = new HashSet<>();
    for (String feature : features) {
      if (!seen.add(feature)) {
        throw new InvalidInputException("'features' holds '" + feature + "' twice: name it once");
      }
    }
  }

  private void checkWeight(String weight) {
    if (weight.equals(label) || features.ofSource().contains(weight)) {
      throw new InvalidInputException(
          "'weight' (%s) is %s too: a weight says what a row counts; name another column"
              .formatted(weight, weight.equals(label) ? "the label" : "a feature"));
    }
  }

  static String listed(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(LISTED_COLUMNS, names.size())));
    int more = names.size() - LISTED_COLUMNS;
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
