/**
 * Datasets that are made up: rows of a known linear, polynomial or logistic function with noise, as
 * a frame of any size, and written as CSV, Parquet or a pickle.
 *
 * <p>This package may import {@code spark.data.source} for the names of files.
 */
package io.foldwise.spark.data.generate;
