/**
 * Where tables come from: CSV, LIBSVM and Parquet files and a person's own frame, each a {@link
 * io.foldwise.spark.data.source.Source} with the rows as a frame, its columns as their types
 * declare them, and a way to say where a row stands (file, row, line), so that a refusal can name
 * it.
 *
 * <p>May import {@code input} and {@code spark.data.schema}.
 */
package io.foldwise.spark.data.source;
