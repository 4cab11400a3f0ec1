package io.foldwise.search;

/**
 * How trials were computed.
 *
 * @param name moments, …
 * @param movement what moved between tasks
 * @param device cpu or gpu
 * @param reason why this engine, in one line
 * @param dataPasses passes over the training rows so far
 * @param aggregateSeconds of the aggregate that serves every trial; 0 where there is none
 */
public record EngineReport(
    String name,
    String movement,
    String device,
    String reason,
    int dataPasses,
    double aggregateSeconds) {}
