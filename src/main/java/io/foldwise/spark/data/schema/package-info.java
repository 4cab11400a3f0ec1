/**
 * What is said of a table before it is read: its columns and their names, which of them are
 * features, label, weight, fold, group and test flag ({@link
 * io.foldwise.spark.data.schema.DataOptions}), the formats ({@link
 * io.foldwise.spark.data.schema.Format}), what a cell may hold and how a number is written in text,
 * and the hashes that identify a row.
 *
 * <p>May import {@code input}, {@code learn.loss} and Spark's types.
 */
package io.foldwise.spark.data.schema;
