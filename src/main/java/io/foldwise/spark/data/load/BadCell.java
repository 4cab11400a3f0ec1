package io.foldwise.spark.data.load;

/**
 * A cell that no model can use.
 *
 * @param place the file, the row and, where rows are lines, the line
 * @param column the name of the column
 * @param value the cell as text, or {@code missing}, {@code NaN}, {@code Infinity} or {@code
 *     -Infinity}
 * @param fault what is wrong with it
 */
public record BadCell(String place, String column, String value, Fault fault) {

  /** What can be wrong with a cell. */
  public enum Fault {
    /** A feature is missing or not finite. */
    NOT_FINITE("fill it in (as --missing does), remove the row, or choose other features"),
    /** A label is missing or not finite. */
    NO_LABEL("fill it in or remove the row"),
    /** A label is not 0 or 1 where labels must be. */
    NOT_BINARY(
        "the loss needs labels 0 and 1: name the value that counts as 1 with --positive, or take --loss softmax or ovr-hinge"),
    /** A label is none of the classes that the model knows. */
    NO_CLASS("no row to train on has this class: correct it, or remove the row"),
    /** A label is negative where it counts or measures what cannot be. */
    NEGATIVE_LABEL(
        "the loss needs labels >= 0: correct it, remove the row, or take another --loss"),
    /** A label is not above 0 where the loss takes its logarithm. */
    NOT_POSITIVE(
        "the loss needs labels > 0: correct it, remove the row, or take --loss tweedie or poisson"),
    /** A weight is missing, negative or not finite. */
    NO_WEIGHT("a weight must be a number >= 0: correct it, remove the row, or leave out --weight");

    private final String advice;

    Fault(String advice) {
      this.advice = advice;
    }
  }

  /** One line that names the cell and what to do. */
  public String message() {
    String what = value.equals("missing") ? "is missing" : "is " + value;
    return "%s: column '%s' %s: %s".formatted(place, column, what, fault.advice);
  }
}
