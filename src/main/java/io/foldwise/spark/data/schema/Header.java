package io.foldwise.spark.data.schema;

/** Whether text files begin with a line of names. */
public enum Header {
  /** They do; a file whose first line looks like a row of data is refused. */
  AUTO,
  /** They do, whatever the first line looks like. */
  TRUE,
  /** They do not: columns are x0, x1, …, and the last is y. */
  FALSE
}
