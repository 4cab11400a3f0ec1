package io.foldwise.spark.data.schema;

/** Whether text files begin with a line of names. */
public enum Header {
  /** Files begin with names; one whose first line looks like a row of data is refused. */
  AUTO,
  /** Files begin with names, whatever the first line looks like. */
  TRUE,
  /** Files have no line of names: columns are x0, x1, …, and the last is y. */
  FALSE
}
