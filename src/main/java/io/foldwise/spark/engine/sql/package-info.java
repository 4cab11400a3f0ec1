/**
 * Passes over the rows as Spark SQL aggregates, which the RAPIDS Accelerator can run on a GPU: the
 * moments, the gradients of a step and the sums of a score, each a query over plain double columns.
 *
 * <p>{@link io.foldwise.spark.engine.sql.SqlPasses} is the way in. This package may import {@code
 * spark.engine.fused} for its ports.
 */
package io.foldwise.spark.engine.sql;
