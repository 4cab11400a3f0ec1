/**
 * Scores trained models: one pass over the rows gives every model the sums that its metric needs,
 * on its training rows and on its held-out rows, and passes of their own give the area under the
 * ROC curve.
 *
 * <p>{@link io.foldwise.spark.engine.score.ScoringPass} is the way in. This package may import
 * {@code spark.engine.rows} and {@code search}.
 */
package io.foldwise.spark.engine.score;
