/**
 * Datasets that are made up: rows of a known linear, polynomial or logistic function with noise, as
 * a frame of any size, and written as CSV, Parquet or a pickle.
 *
 * <p>This package may import {@code input} and {@code spark.data.schema}.
 */
package io.foldwise.spark.data.generate;
