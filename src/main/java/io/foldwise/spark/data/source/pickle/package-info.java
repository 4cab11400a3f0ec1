/**
 * Pickled tables as a data source of Spark's: the format {@code pickle}, which takes stock of a
 * file on the driver and reads its values in the tasks.
 *
 * <p>{@link io.foldwise.spark.data.source.pickle.PickleSource} is what Spark finds by that name;
 * {@link io.foldwise.spark.data.source.pickle.PickleFrame} is a pickle as a table. This package may
 * import {@code input}, {@code pickle} and {@code spark.data.schema}.
 */
package io.foldwise.spark.data.source.pickle;
