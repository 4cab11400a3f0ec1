/**
 * What every job of Spark has in common, whatever it computes: how values travel between the driver
 * and the executors, and what Spark's pages say of it.
 *
 * <p>{@link io.foldwise.spark.job.Transport} is for who shares, collects or keeps values: not
 * Spark's own methods, which leave them to the session's serializer. {@link
 * io.foldwise.spark.job.Jobs} names what runs. May import Spark alone.
 */
package io.foldwise.spark.job;
