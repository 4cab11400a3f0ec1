package io.foldwise.spark.data;

/**
 * A cell that no model can use.
 *
 * @param place file, row and, for csv, line
 * @param column name of the column
 * @param value as text: {@code missing}, {@code NaN}, {@code Infinity} or {@code -Infinity}
 */
public record BadCell(String place, String column, String value) {

  /** One line that names the cell and what to do. */
  public String message() {
    String what = value.equals("missing") ? "is missing" : "is " + value;
    return "%s: column '%s' %s: fill it in, remove the row, or choose other features"
        .formatted(place, column, what);
  }
}
