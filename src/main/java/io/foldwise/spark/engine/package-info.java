/**
 * How trials are computed on Spark. {@link io.foldwise.spark.engine.SparkEngines} is the way in: it
 * plans a search ({@code plan}) and opens the engine that was planned ({@code moments}, {@code
 * fused}), over rows that either Java tasks or Spark's SQL sum over ({@code sql}, the part that a
 * GPU can run). Engines say how, and hold no formula.
 *
 * <p>This package may import its own rooms, {@code search} and Spark.
 */
package io.foldwise.spark.engine;
