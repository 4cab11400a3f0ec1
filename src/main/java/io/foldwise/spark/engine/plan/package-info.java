/**
 * Which engine computes a search, what it moves between tasks and on which device: {@link
 * io.foldwise.spark.engine.plan.Planner} weighs the work of each ({@link
 * io.foldwise.spark.engine.plan.Machine} holds the measured speeds) and refuses what no heap holds.
 * Nothing here runs a job over the rows.
 *
 * <p>This package may import {@code spark.engine.rows} and {@code search}.
 */
package io.foldwise.spark.engine.plan;
