package io.foldwise.spark.data;

import io.foldwise.search.InvalidInputException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which data to read and what its columns mean.
 *
 * @param path a file, a directory of files of one format, or a glob; local or any Hadoop file
 *     system
 * @param format the format, or {@link Format#AUTO} to go by the suffix
 * @param roles what the columns are
 * @param test where the test rows come from
 */
public record DataOptions(String path, Format format, Roles roles, TestSource test) {

  public DataOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(roles);
    Objects.requireNonNull(test);
    if (path == null || path.isBlank()) {
      throw new InvalidInputException("'data' is empty: name a file or a directory");
    }
  }

  /** A dataset with default roles, in the format of its suffix; a pickle's own test set is used. */
  public static DataOptions of(String path) {
    return new DataOptions(path, Format.AUTO, Roles.defaults(), new TestSource.Own());
  }

  /** The same data with other roles. */
  public DataOptions with(Roles newRoles) {
    return new DataOptions(path, format, newRoles, test);
  }

  /** The same data with another source of test rows. */
  public DataOptions with(TestSource newTest) {
    return new DataOptions(path, format, roles, newTest);
  }

  /** The same data read as another format. */
  public DataOptions with(Format newFormat) {
    return new DataOptions(path, newFormat, roles, test);
  }

  /**
   * What the columns are. A column may be a feature and a group at once, but not a feature and the
   * label.
   *
   * @param label what is predicted; empty: the column {@code y} or {@code label}
   * @param positive the value of the label that counts as 1, all others as 0; empty: the label is a
   *     number
   * @param features in this order; empty: every column without another role, in file order
   * @param id the row key; empty: the values of all columns
   * @param group rows of one group share a fold under {@link FoldStrategy#GROUP}
   * @param foldColumn holds the fold under {@link FoldStrategy#COLUMN}
   */
  public record Roles(
      Optional<String> label,
      Optional<String> positive,
      List<String> features,
      Optional<String> id,
      Optional<String> group,
      Optional<String> foldColumn) {

    public Roles {
      Objects.requireNonNull(label);
      Objects.requireNonNull(positive);
      features = List.copyOf(features);
      Objects.requireNonNull(id);
      Objects.requireNonNull(group);
      Objects.requireNonNull(foldColumn);
    }

    /** Every role by default. */
    public static Roles defaults() {
      Optional<String> none = Optional.empty();
      return new Roles(none, none, List.of(), none, none, none);
    }

    /** These roles with another label. */
    public Roles withLabel(String name) {
      return new Roles(Optional.of(name), positive, features, id, group, foldColumn);
    }

    /** These roles with a value of the label that counts as 1. */
    public Roles withPositive(String value) {
      return new Roles(label, Optional.of(value), features, id, group, foldColumn);
    }

    /** These roles with these features. */
    public Roles withFeatures(List<String> names) {
      return new Roles(label, positive, names, id, group, foldColumn);
    }

    /** These roles with a row key. */
    public Roles withId(String name) {
      return new Roles(label, positive, features, Optional.of(name), group, foldColumn);
    }

    /** These roles with a group column. */
    public Roles withGroup(String name) {
      return new Roles(label, positive, features, id, Optional.of(name), foldColumn);
    }

    /** These roles with a fold column. */
    public Roles withFoldColumn(String name) {
      return new Roles(label, positive, features, id, group, Optional.of(name));
    }
  }
}
