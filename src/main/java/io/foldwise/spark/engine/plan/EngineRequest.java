package io.foldwise.spark.engine.plan;

import java.util.Optional;

/**
 * What overrules the planner.
 *
 * @param engine the engine; if empty, any
 * @param movement the way of trials over rows; if empty, any movement
 * @param device what training may run on
 */
public record EngineRequest(Optional<Engine> engine, Optional<Movement> movement, Device device) {
  /** A request by which nothing overrules the planner, and training is on the CPU. */
  public static final EngineRequest AUTO =
      new EngineRequest(Optional.empty(), Optional.empty(), new Device(Device.Use.CPU, ""));

  boolean isFor(Engine one) {
    return engine.equals(Optional.of(one));
  }
}
