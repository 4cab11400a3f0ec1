package io.foldwise;

import io.foldwise.spark.engine.Engine;
import io.foldwise.spark.engine.Movement;
import io.foldwise.spark.engine.SparkEngines;
import java.util.Arrays;
import java.util.Optional;

/** What overrules the planner, in the words of the command line. */
public final class Asked {
  private Asked() {}

  /** On the CPU. */
  public static SparkEngines.Wanted of(String engine, String movement) {
    return of(engine, movement, SparkEngines.Wanted.AUTO.device());
  }

  /** Engine and movement are names or auto. */
  public static SparkEngines.Wanted of(String engine, String movement, SparkEngines.Device device) {
    Optional<Engine> one =
        Arrays.stream(Engine.values()).filter(each -> each.label().equals(engine)).findFirst();
    Optional<Movement> way =
        Arrays.stream(Movement.values()).filter(each -> each.label().equals(movement)).findFirst();
    return new SparkEngines.Wanted(one, way, device);
  }
}
