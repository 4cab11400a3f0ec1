package io.foldwise.spark.engine.plan;

import java.util.Optional;

/**
 * What overrules the planner.
 *
 * @param engine empty: any
 * @param movement empty: any; else a way of trials over rows
 * @param device what training may run on
 */
public record EngineRequest(Optional<Engine> engine, Optional<Movement> movement, Device device) {
  /** Nothing does, and training is on the CPU. */
  public static final EngineRequest AUTO =
      new EngineRequest(Optional.empty(), Optional.empty(), new Device(Device.Use.CPU, ""));

  boolean isFor(Engine one) {
    return engine.equals(Optional.of(one));
  }
}
