/**
 * The fused engine: rows are packed and cached once, and all trials of a group descend over them
 * side by side, as columns of one matrix of weights.
 *
 * <p>{@link io.foldwise.spark.engine.fused.FusedEngine} is the way in; {@link
 * io.foldwise.spark.engine.fused.Caching} the port to how the rows are cached. What moves between
 * tasks is {@code Replicate} (all rows to each trial's task), {@code Reduce} (a sum over the tasks
 * for each step) or {@code Rotate} (weights from segment to segment). This package may import
 * {@code spark.engine.plan}, {@code spark.engine.rows}, {@code spark.engine.score} and, for the
 * curvature of rates, {@code spark.engine.moments}.
 */
package io.foldwise.spark.engine.fused;
