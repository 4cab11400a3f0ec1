/**
 * Pickled tables as a data source of Spark's: the format {@code foldwise-pickle}, which reads the
 * inventory of the files on the driver and their numbers in the tasks.
 *
 * <p>{@link io.foldwise.spark.data.source.pickle.PickleSource} is what Spark finds by the name;
 * {@link io.foldwise.spark.data.source.pickle.PickleFrame} is what a source opens. May import
 * {@code input}, {@code pickle} and {@code spark.data.schema}.
 */
package io.foldwise.spark.data.source.pickle;
