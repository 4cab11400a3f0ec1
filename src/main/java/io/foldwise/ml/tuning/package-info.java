/**
 * MLlib's tuning at the price of one pass: {@link io.foldwise.ml.tuning.FusedCrossValidator} takes
 * the place of MLlib's {@code CrossValidator}, {@link
 * io.foldwise.ml.tuning.FusedTrainValidationSplit} that of its {@code TrainValidationSplit}.
 *
 * <p>This package may import everything below it and Spark.
 */
package io.foldwise.ml.tuning;
