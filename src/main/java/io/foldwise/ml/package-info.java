/**
 * Foldwise in the terms of spark.ml: models that go into a {@code Pipeline} and are saved and
 * loaded as every other.
 *
 * <p>{@link io.foldwise.ml.SGDRegressionModel} is a trained {@link io.foldwise.learn.LinearModel}.
 * It reads one vector column, or its features as columns of their own by name.
 *
 * <p>May import everything below it: {@code learn}, {@code search}, {@code spark} and Spark.
 */
package io.foldwise.ml;
