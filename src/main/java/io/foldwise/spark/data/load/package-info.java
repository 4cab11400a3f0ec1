/**
 * From a source ({@link io.foldwise.spark.data.load.DataOptions} says which, and what its columns
 * mean) to rows that can be trained on: {@link io.foldwise.spark.data.load.DataLoader} settles
 * which column plays which role, makes numbers of the features, labels and weights, refuses the
 * first cell that is none by its row and column, and gives each row the key that decides its fold.
 * {@link io.foldwise.spark.data.load.Inspection} says what stands in each column.
 *
 * <p>This package may import {@code spark.data.source}, {@code spark.job} and {@code search}.
 */
package io.foldwise.spark.data.load;
