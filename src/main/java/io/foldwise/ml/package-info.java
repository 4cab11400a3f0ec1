/**
 * Foldwise in the terms of spark.ml: estimators and models that go into a {@code Pipeline} and are
 * saved and loaded like any other.
 *
 * <p>{@link io.foldwise.ml.SGDRegressor} and {@link io.foldwise.ml.SGDClassifier} train through the
 * front door. {@link io.foldwise.ml.PythonSearch} is that door for Python.
 *
 * <p>An {@link io.foldwise.ml.SGDModel} is a trained {@link io.foldwise.learn.model.LinearModel}:
 * an {@link io.foldwise.ml.SGDRegressionModel}, or an {@link io.foldwise.ml.SGDClassificationModel}
 * where the loss is of classes, two or more. It reads one vector column, or its features as columns
 * of their own by name. {@link io.foldwise.ml.FoldPredictions} writes plain columns of what they
 * predict.
 *
 * <p>This package may import everything below it: {@code learn}, {@code search}, {@code spark} and
 * Spark.
 */
package io.foldwise.ml;
