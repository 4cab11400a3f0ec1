package io.foldwise.spark.data.fold;

import io.foldwise.spark.data.load.ColumnRoles;
import io.foldwise.spark.data.load.IndexedRow;
import io.foldwise.spark.data.schema.Columns;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A trait of a row that may decide its fold, beside its key and its number; its values are counted
 * first.
 */
public enum RowTrait {
  /** Nothing, so that nothing is counted. */
  NONE("", 0, "", ""),
  /** The label. */
  LABEL("label", 10_000, "counted the label values", "use random"),
  /** The hash of the group. */
  GROUP("group", 1_000_000, "counted the rows of each group", ""),
  /** The column of times as text, numbers as doubles. */
  TIME(
      "time",
      1_000_000,
      "counted the rows of each time",
      "round them, as to days, or sort the file and use forward"),
  /** The fold column as text, numbers as doubles. */
  FOLD_VALUE(
      "fold-column", 10_000, "found the values of the fold column", "a fold column names folds");

  private final String option;
  private final int mostValues;
  private final String counting;
  private final String instead;

  RowTrait(String option, int mostValues, String counting, String instead) {
    this.option = option;
    this.mostValues = mostValues;
    this.counting = counting;
    this.instead = instead;
  }

  /** The option that names the trait's column. */
  String option() {
    return option;
  }

  /** The most values that are counted in large data. */
  int mostValues() {
    return mostValues;
  }

  /** What to do about more values; empty where they are spread by hash instead. */
  String instead() {
    return instead;
  }

  /** What the pass did that counted the values, in words. */
  String counting() {
    return counting;
  }

  /** What the user calls the trait's column; empty where none is named. */
  Optional<String> named(ColumnRoles roles) {
    return switch (this) {
      case NONE -> Optional.empty();
      case LABEL -> Optional.of(roles.label());
      case GROUP -> roles.asked().group();
      case TIME, FOLD_VALUE -> roles.asked().foldColumn();
    };
  }

  /** The column of large data that holds the trait. */
  String column(ColumnRoles roles) {
    return switch (this) {
      case NONE -> throw unread();
      case LABEL -> roles.label();
      case GROUP -> Columns.GROUP;
      case TIME, FOLD_VALUE -> Columns.FOLD_VALUE;
    };
  }

  /** The type of that column. */
  DataType type() {
    return switch (this) {
      case NONE -> throw unread();
      case LABEL -> DataTypes.DoubleType;
      case GROUP -> DataTypes.LongType;
      case TIME, FOLD_VALUE -> DataTypes.StringType;
    };
  }

  /** The trait's value in a row of small data. */
  Object of(IndexedRow row) {
    return switch (this) {
      case NONE -> throw unread();
      case LABEL -> row.label();
      case GROUP -> row.group();
      case TIME, FOLD_VALUE -> row.foldValue();
    };
  }

  private IllegalStateException unread() {
    return new IllegalStateException(this + " has no values");
  }
}
