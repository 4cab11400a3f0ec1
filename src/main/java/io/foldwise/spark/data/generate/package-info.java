/**
 * Datasets that are made up: points of a polynomial with noise, as a frame of any size or as the
 * pickled file of the lecture's quiz.
 *
 * <p>May import {@code input} and {@code spark.data.schema}.
 */
package io.foldwise.spark.data.generate;
