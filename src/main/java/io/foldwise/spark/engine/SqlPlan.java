package io.foldwise.spark.engine;

import io.foldwise.input.InvalidInputException;

/** What a search takes from the SQL engine: moments of squared loss, else gradients. */
final class SqlPlan {
  /** Of a query on a GPU: planning, launches, the shuffle of its groups. */
  private static final double QUERY = 0.3;

  /**
   * Products that a GPU sums a second. An estimate from its memory's bandwidth, a product written
   * and read again, and a third of that for groups: none has been measured.
   */
  private static final double GPU_SUMS = 2e10;

  private final Workload load;
  private final MomentsPlan moments;
  private final Processor device;
  private final boolean sums;

  /**
   * @param sums whether moments are to be taken, not a gradient a step
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

  /** About the seconds on a GPU. */
  double gpuSeconds() {
    double p = load.terms() + 1.0;
    if (sums) {
      double pairs = (p + 1) * (p + 2) / 2;
      return QUERY * (1 + queries(pairs)) + load.rows() * pairs / GPU_SUMS + moments.descending();
    }
    double side = p * load.trials();
    double candidates = (double) load.trials() / load.folds();
    double steps = load.descent().steps() / candidates;
    double epochs = load.descent().epochs() / candidates;
    return (steps + epochs) * (QUERY * queries(side) + load.rows() * side / GPU_SUMS);
  }

  private static double queries(double sums) {
    return Math.ceil(sums / SqlAggregates.MOST_SUMS);
  }

  /**
   * The plan.
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
        device,
        why + ": " + (sums ? moments.served() : gradients()),
        new EnginePlan.Cost(
            2 + load.extra().scores(),
            sums ? moments.memory() : 8 * (load.terms() + 3L) * load.rows(),
            sums ? moments.tasks() : 1));
  }

  private String gradients() {
    return "%,d trial%s side by side, an SQL aggregate of gradients a step"
        .formatted(load.trials(), load.trials() == 1 ? "" : "s");
  }
}
