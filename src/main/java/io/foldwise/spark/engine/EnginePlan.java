package io.foldwise.spark.engine;

/**
 * The planner's choice, for {@code explain} and for the report.
 *
 * @param engine moments
 * @param movement what moves between tasks
 * @param device cpu
 * @param reason why, in one line
 * @param dataPasses passes over the training rows that a search takes
 * @param memoryBytes of the largest thing held at once: the moments of all blocks
 * @param tasks parallel tasks that descend
 */
public record EnginePlan(
    String engine,
    String movement,
    String device,
    String reason,
    int dataPasses,
    long memoryBytes,
    int tasks) {}
