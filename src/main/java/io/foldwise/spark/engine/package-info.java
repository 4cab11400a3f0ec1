/**
 * How trials are computed on Spark: the planner, and the engine that trains from moments. Engines
 * say how and hold no formula.
 *
 * <p>{@link io.foldwise.spark.engine.SparkEngines} is the way in; everything else is
 * package-private but the records it takes and gives. May import {@code search} and Spark.
 */
package io.foldwise.spark.engine;
