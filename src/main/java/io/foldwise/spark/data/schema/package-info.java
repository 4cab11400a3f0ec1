/**
 * What is known of a table whatever it is read from: its columns and their names, what their labels
 * must be, where test rows come from, what a cell may hold and how a number is written in text, and
 * the hashes that identify a row.
 *
 * <p>This package may import {@code input}, {@code learn.loss} and Spark's types.
 */
package io.foldwise.spark.data.schema;
