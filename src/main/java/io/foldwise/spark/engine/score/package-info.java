/**
 * Scores trained models: one pass over the rows gives every model the sums that its metric needs,
 * on its training rows and on its held-out rows, and one that sorts gives the area under the ROC
 * curve.
 *
 * <p>{@link io.foldwise.spark.engine.score.ScoringPass} is the way in. May import {@code
 * spark.engine.rows} and {@code search}.
 */
package io.foldwise.spark.engine.score;
