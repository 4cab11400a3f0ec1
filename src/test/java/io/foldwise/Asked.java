package io.foldwise;

import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.plan.Wanted;
import java.util.Arrays;
import java.util.Optional;

/** What overrules the planner, in the words of the command line. */
public final class Asked {
  private Asked() {}

  /** On the CPU. */
  public static Wanted of(String engine, String movement) {
    return of(engine, movement, Wanted.AUTO.device());
  }

  /** Engine and movement are names or auto. */
  public static Wanted of(String engine, String movement, Device device) {
    Optional<Engine> one =
        Arrays.stream(Engine.values()).filter(each -> each.label().equals(engine)).findFirst();
    Optional<Movement> way =
        Arrays.stream(Movement.values()).filter(each -> each.label().equals(movement)).findFirst();
    return new Wanted(one, way, device);
  }
}
