/**
 * The moments engine: one pass sums x xᵀ, x y and y² of every block (minibatch × fold), and every
 * trial of a squared loss then descends, exactly, or is solved for, over those sums alone.
 *
 * <p>{@link io.foldwise.spark.engine.moments.MomentsEngine} is the way in. This package may import
 * {@code spark.engine.plan}, {@code spark.engine.rows} and {@code spark.engine.score}.
 */
package io.foldwise.spark.engine.moments;
