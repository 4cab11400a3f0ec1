package io.foldwise.spark.engine.plan;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.engine.rows.EngineRows;

/** What a search takes from the SQL engine: moments of squared loss, else gradients. */
public final class SqlPlan {
  /**
   * The approximate limit on the sums of one aggregate: a GPU takes no more at once, and the code
   * of more is too large for the JVM's compiler.
   */
  public static final int MOST_SUMS = 500;

  private final Workload load;
  private final MomentsPlan moments;
  private final Processor device;
  private final boolean sums;

  /**
   * @param sums whether moments are to be taken, instead of a gradient in each step
   */
  private SqlPlan(Workload load, MomentsPlan moments, Processor device, boolean sums) {
    this.load = load;
    this.moments = moments;
    this.device = device;
    this.sums = sums;
  }

  /** A plan by which SQL sums the moments, and trials descend from them. */
  static SqlPlan ofMoments(Workload load, MomentsPlan moments, Processor device) {
    return new SqlPlan(load, moments, device, true);
  }

  /** A plan by which each step sums the gradients of all trials in SQL. */
  static SqlPlan ofGradients(Workload load, MomentsPlan moments, Processor device) {
    return new SqlPlan(load, moments, device, false);
  }

  /** Refuses vectors, of which no built-in function makes sums. */
  static void requireFlat(EngineRows.Layout layout) {
    if (layout.sparse()) {
      throw new InvalidInputException(
          "'engine' (sql) sums columns of numbers, and the features are one column of vectors: take"
              + " auto, moments or fused");
    }
  }

  /**
   * The plan of the SQL engine.
   *
   * @throws InvalidInputException if the driver has no room for the moments
   */
  EnginePlan chosen(String why) {
    if (sums) {
      moments.requireDriver();
    }
    return new EnginePlan(
        Engine.SQL,
        new EnginePlan.Moving(sums ? Movement.SUMS : Movement.REDUCE, 0),
        Movement.SUMS,
        device,
        why + ": " + (sums ? moments.served() : gradients()),
        new EnginePlan.Cost(
            sums ? load.extra().passesFromMoments(2) : load.extra().passes(2),
            sums ? moments.memory() : 8 * (load.terms() + 3L) * load.rows(),
            sums ? moments.tasks() : 1));
  }

  private String gradients() {
    return "%,d trial%s side by side, an SQL aggregate of gradients a step"
        .formatted(load.trials(), load.trials() == 1 ? "" : "s");
  }
}
