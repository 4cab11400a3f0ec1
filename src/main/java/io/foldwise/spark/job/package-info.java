/**
 * What every job of Spark has in common, whatever it computes: how values travel between the driver
 * and the executors.
 *
 * <p>{@link io.foldwise.spark.job.Transport} is the way in: whoever shares, collects or keeps
 * values does it there and not by Spark's own methods, which leave it to the session's serializer.
 * May import Spark alone.
 */
package io.foldwise.spark.job;
