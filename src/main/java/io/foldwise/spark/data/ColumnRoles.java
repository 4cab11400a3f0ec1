package io.foldwise.spark.data;

import io.foldwise.search.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The roles of a dataset's columns, every name checked.
 *
 * @param label the label
 * @param features in order, at least one
 * @param asked the roles as they were asked for
 */
record ColumnRoles(String label, List<String> features, DataOptions.Roles asked) {

  private static final int LISTED_COLUMNS = 20;

  /** Fills in the defaults and refuses names that the dataset does not have. */
  static ColumnRoles resolve(DataOptions.Roles asked, SourceFrame source) {
    List<String> names = source.names();
    asked.label().ifPresent(name -> require("label", name, source));
    asked.id().ifPresent(name -> require("id", name, source));
    asked.group().ifPresent(name -> require("group", name, source));
    asked.foldColumn().ifPresent(name -> require("fold-column", name, source));
    asked.features().forEach(name -> require("features", name, source));
    String label = asked.label().orElseGet(() -> defaultLabel(source));
    List<String> features =
        asked.features().isEmpty() ? withoutRole(names, label, asked) : asked.features();
    check(features, label, source);
    return new ColumnRoles(label, features, asked);
  }

  /** Features, then the label. */
  List<String> numbers() {
    return Stream.concat(features.stream(), Stream.of(label)).toList();
  }

  static void require(String option, String name, SourceFrame source) {
    if (!source.names().contains(name)) {
      throw new InvalidInputException(
          "'%s' (%s): '%s' has no such column; it has %s"
              .formatted(option, name, source.origin(), listed(source.names())));
    }
  }

  private static String defaultLabel(SourceFrame source) {
    List<String> usual = Stream.of("y", "label").filter(source.names()::contains).toList();
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
    Stream.of(asked.id(), asked.group(), asked.foldColumn())
        .flatMap(Optional::stream)
        .forEach(taken::add);
    return names.stream().filter(name -> !taken.contains(name)).toList();
  }

  private static void check(List<String> features, String label, SourceFrame source) {
    if (features.isEmpty()) {
      throw new InvalidInputException(
          "'%s' has no column left for a feature; its columns: %s"
              .formatted(source.origin(), listed(source.names())));
    }
    Set<String> seen = new HashSet<>();
    for (String feature : features) {
      if (feature.equals(label)) {
        throw new InvalidInputException(
            "'features' holds the label '" + label + "': it would predict itself; leave it out");
      }
      if (!seen.add(feature)) {
        throw new InvalidInputException("'features' holds '" + feature + "' twice: name it once");
      }
    }
  }

  private static String listed(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(LISTED_COLUMNS, names.size())));
    int more = names.size() - LISTED_COLUMNS;
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
