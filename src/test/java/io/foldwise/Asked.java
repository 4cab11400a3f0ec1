package io.foldwise;

import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.plan.Movement;
import java.util.Arrays;
import java.util.Optional;

/** What overrules the planner, in the words of the command line. */
public final class Asked {
  private Asked() {}

  /** On the CPU. */
  public static EngineRequest of(String engine, String movement) {
    return of(engine, movement, EngineRequest.AUTO.device());
  }

  /** Engine and movement are names or auto. */
  public static EngineRequest of(String engine, String movement, Device device) {
    Optional<Engine> one =
        Arrays.stream(Engine.values()).filter(each -> each.label().equals(engine)).findFirst();
    Optional<Movement> way =
        Arrays.stream(Movement.values()).filter(each -> each.label().equals(movement)).findFirst();
    return new EngineRequest(one, way, device);
  }
}
