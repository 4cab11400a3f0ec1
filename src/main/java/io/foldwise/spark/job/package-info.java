/**
 * What every job of Spark has in common, whatever it computes: how values travel between the driver
 * and the executors, what Spark's pages say of jobs, and how a session's settings are put back.
 *
 * <p>{@link io.foldwise.spark.job.Transport} is for whoever shares, collects or keeps values, in
 * place of Spark's own methods, which leave them to the session's serializer. {@link
 * io.foldwise.spark.job.Jobs} names what runs. This package may import Spark alone.
 */
package io.foldwise.spark.job;
