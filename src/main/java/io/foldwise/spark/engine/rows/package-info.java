/**
 * What every engine builds on: the layout of training rows ({@link
 * io.foldwise.spark.engine.rows.EngineRows}), rows as arrays, the basis that all trials share and
 * the point that sums are taken about ({@link io.foldwise.spark.engine.rows.FittedBasis}), the
 * minibatch borders of the shuffled order ({@link io.foldwise.search.training.MinibatchBorders}),
 * sums of blocks and of folds, and trials in groups.
 *
 * <p>{@link io.foldwise.spark.engine.rows.Passes} is the port to what runs a pass over the rows.
 * This package may import {@code search} and {@code spark.job}.
 */
package io.foldwise.spark.engine.rows;
