/**
 * Deals loaded rows into folds, into positions of one shuffled order, and into training and test
 * rows: {@link io.foldwise.spark.data.fold.FoldAssigner} gives {@link
 * io.foldwise.spark.data.fold.AssignedRows}, on which every engine runs.
 *
 * <p>A {@link io.foldwise.spark.data.fold.FoldStrategy} says what decides a row's fold; small data
 * are dealt exactly, on the driver, and large data by hashes, as columns of the plan. Both read the
 * same strategy. This package may import {@code spark.data.load} and {@code search}.
 */
package io.foldwise.spark.data.fold;
