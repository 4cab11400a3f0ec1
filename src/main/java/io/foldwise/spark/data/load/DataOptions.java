package io.foldwise.spark.data.load;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.Format;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which data to read and what its columns mean.
 *
 * @param path a file, a directory of files of one format, or a glob; local or any Hadoop file
 *     system
 * @param format the format of the files; if empty, their suffix tells it
 * @param dialect how files of cells are written
 * @param dimensions the number of features of a {@link Format#LIBSVM} file; if empty, its largest
 *     index
 * @param roles what the columns are
 * @param preparation what is made of the columns before they are features
 * @param test where the test rows come from
 */
public record DataOptions(
    String path,
    Optional<Format> format,
    Dialect dialect,
    Optional<Integer> dimensions,
    Roles roles,
    Preparation preparation,
    TestSource test) {

  public DataOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(dialect);
    Objects.requireNonNull(roles);
    Objects.requireNonNull(preparation);
    Objects.requireNonNull(test);
    if (path == null || path.isBlank()) {
      throw new InvalidInputException("'data' is empty: name a file or a directory");
    }
    dimensions.ifPresent(Dimensions::given);
  }

  /**
   * The options of a dataset with default roles, in its suffix's format, with a pickle's own test
   * set.
   */
  public static DataOptions of(String path) {
    return new DataOptions(
        path,
        Optional.empty(),
        Dialect.AUTO,
        Optional.empty(),
        Roles.defaults(),
        Preparation.NONE,
        new TestSource.Own());
  }

  /** The name that people call the data by: the last part of the path. */
  public String name() {
    return path.replaceAll("^.*/(?=[^/])", "");
  }

  /** These options with other roles. */
  public DataOptions with(Roles newRoles) {
    return new DataOptions(path, format, dialect, dimensions, newRoles, preparation, test);
  }

  /** These options with another source of test rows. */
  public DataOptions with(TestSource newTest) {
    return new DataOptions(path, format, dialect, dimensions, roles, preparation, newTest);
  }

  /** These options with another format. */
  public DataOptions with(Format newFormat) {
    return new DataOptions(
        path, Optional.of(newFormat), dialect, dimensions, roles, preparation, test);
  }

  /** These options with another statement of how files of cells are written. */
  public DataOptions with(Dialect newDialect) {
    return new DataOptions(path, format, newDialect, dimensions, roles, preparation, test);
  }

  /** These options with other columns made. */
  public DataOptions with(Preparation other) {
    return new DataOptions(path, format, dialect, dimensions, roles, other, test);
  }

  /** These options with a stated number of features. */
  public DataOptions withDimensions(int d) {
    return new DataOptions(path, format, dialect, Optional.of(d), roles, preparation, test);
  }

  /**
   * What is predicted.
   *
   * @param name the name of the column; if empty, the column is {@code y} or {@code label}
   * @param positive the value that counts as 1, all others as 0; if empty, the label is a number
   * @param kind what the labels must be
   * @param file the file whose n-th row holds the label of the n-th row of the data; if empty, the
   *     data hold it
   * @param classes the classes that labels are read as; those of labels that are trained on are
   *     found in the data
   */
  public record Label(
      Optional<String> name,
      Optional<String> positive,
      Labels kind,
      Optional<String> file,
      Classes classes) {
    public Label {
      Objects.requireNonNull(classes);
      Objects.requireNonNull(name);
      Objects.requireNonNull(positive);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(file);
    }

    /** A label whose classes are not known yet, or are none. */
    public Label(
        Optional<String> name, Optional<String> positive, Labels kind, Optional<String> file) {
      this(name, positive, kind, file, Classes.NONE);
    }
  }

  /**
   * What the columns are. A column may be a feature and a group at once, but not a feature and the
   * label or the weight.
   *
   * @param label what is predicted
   * @param features the features in this order; if empty, every column without another role, in
   *     file order
   * @param weight the column of what each row counts, a number ≥ 0; if empty, each counts 1
   * @param id the column of row keys; if empty, the values of all columns are the key
   * @param group the column of groups; folds may be dealt so that the rows of a group share one
   * @param foldColumn the column that says each row's fold, or its time where folds go by time
   */
  public record Roles(
      Label label,
      List<String> features,
      Optional<String> weight,
      Optional<String> id,
      Optional<String> group,
      Optional<String> foldColumn) {

    public Roles {
      Objects.requireNonNull(label);
      features = List.copyOf(features);
      Objects.requireNonNull(weight);
      Objects.requireNonNull(id);
      Objects.requireNonNull(group);
      Objects.requireNonNull(foldColumn);
    }

    /** The columns that have a role by their name. */
    public List<String> named() {
      return Stream.concat(
              features.stream(),
              Stream.of(label.name, weight, id, group, foldColumn).flatMap(Optional::stream))
          .toList();
    }

    /** The roles by default, where the label is a number. */
    public static Roles defaults() {
      Optional<String> none = Optional.empty();
      Label label = new Label(none, none, Labels.NUMBERS, none);
      return new Roles(label, List.of(), none, none, none, none);
    }

    /** These roles with another column as the label. */
    public Roles withLabel(String name) {
      return with(
          new Label(Optional.of(name), label.positive, label.kind, label.file, label.classes));
    }

    /** These roles with a value of the label that counts as 1. */
    public Roles withPositive(String value) {
      return with(new Label(label.name, Optional.of(value), label.kind, label.file, Classes.NONE));
    }

    /** These roles with labels of that kind. */
    public Roles with(Labels kind) {
      return with(new Label(label.name, label.positive, kind, label.file, label.classes));
    }

    /** These roles with labels that stand in a file of their own. */
    public Roles withLabelsIn(String path) {
      return with(
          new Label(label.name, label.positive, label.kind, Optional.of(path), label.classes));
    }

    /** These roles with labels read as these classes. */
    public Roles with(Classes classes) {
      return with(new Label(label.name, label.positive, label.kind, label.file, classes));
    }

    private Roles with(Label other) {
      return new Roles(other, features, weight, id, group, foldColumn);
    }

    /** These roles with these features. */
    public Roles withFeatures(List<String> names) {
      return new Roles(label, names, weight, id, group, foldColumn);
    }

    /** These roles with a column of weights. */
    public Roles withWeight(String name) {
      return new Roles(label, features, Optional.of(name), id, group, foldColumn);
    }

    /** These roles with a row key. */
    public Roles withId(String name) {
      return new Roles(label, features, weight, Optional.of(name), group, foldColumn);
    }

    /** These roles with a group column. */
    public Roles withGroup(String name) {
      return new Roles(label, features, weight, id, Optional.of(name), foldColumn);
    }

    /** These roles with a fold column. */
    public Roles withFoldColumn(String name) {
      return new Roles(label, features, weight, id, group, Optional.of(name));
    }
  }
}
