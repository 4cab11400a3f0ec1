package io.foldwise.spark.engine.plan;

import io.foldwise.input.InvalidInputException;

/** What a search takes from moments: their memory, what meets, and about how long. */
public final class MomentsPlan {
  /** The share of a heap that moments may take while they are brought together. */
  private static final double HEAP_SHARE = 0.6;

  /** The quadratic forms of an epoch, for its two points of the curve. */
  private static final double CURVES = 2;

  private final Workload load;
  private final Planner.ClusterResources resources;
  private final long blocks;
  private final double bytes;

  MomentsPlan(Workload load, Planner.ClusterResources resources) {
    this.load = load;
    this.resources = resources;
    this.blocks = load.blocks();
    this.bytes = 8.0 * blocks * perBlock();
  }

  private double perBlock() {
    return (load.terms() + 2.0) * (load.terms() + 3.0) / 2;
  }

  /** What meets when moments are taken, by whichever engine. */
  public Movement movement() {
    return bringsRows() ? Movement.ROWS : Movement.SUMS;
  }

  boolean fits() {
    return fits(resources.tasksAHeap()) || (bringsRows() && fits(1));
  }

  private boolean bringsRows() {
    boolean sumsOutweighRows = resources.partitions() * bytes > 8.0 * load.rows() * load.terms();
    return resources.partitions() > 1 && (sumsOutweighRows || !fits(resources.tasksAHeap()));
  }

  /**
   * Whether the heaps hold the moments once and as many tasks' sums of all blocks, compensated and
   * so of twice the size. Where rows meet, the tasks hold them all only once. The driver holds them
   * as they come in, too.
   */
  private boolean fits(int tables) {
    return fitsTasks(tables) && fits(2, resources.driver().heap()) && comesBack();
  }

  private boolean fitsTasks(int tables) {
    return fits(1 + tables, resources.heap());
  }

  private boolean fits(int tables, long heap) {
    return 2.0 * bytes * tables <= HEAP_SHARE * heap;
  }

  private boolean comesBack() {
    return resources.driver().takes(2 * bytes);
  }

  /** The approximate seconds of the aggregate and the descents. */
  double seconds() {
    return building() + descending();
  }

  private double building() {
    double q = load.terms() + 2.0;
    return 2 * load.rows() * q * q / Machine.MEASURED.building() / resources.cores();
  }

  private double descending() {
    double q = load.terms() + 2.0;
    double forms = load.descent().steps() + CURVES * load.descent().epochs();
    double descending = load.folds() * forms * 2 * q * q / Machine.MEASURED.descending();
    return descending / resources.cores() + rates();
  }

  /** The seconds of an aggregate for automatic rates alone. */
  double curvatures() {
    return building() + rates();
  }

  /**
   * The seconds of rates: of n minibatches in random order, 1 + ln n have the largest eigenvalue so
   * far.
   */
  private double rates() {
    if (!load.descent().needsCurvature()) {
      return 0;
    }
    double q = load.terms() + 2.0;
    double n = load.segments();
    double each =
        n / 3 / Machine.MEASURED.factors()
            + (1 + Math.log(n)) * 4 / 3 / Machine.MEASURED.eigenvalues();
    return load.folds() * q * q * q * each / resources.cores();
  }

  /** The plan of the moments engine, which is refused where there is no room for it. */
  EnginePlan chosen() {
    if (!fits()) {
      throw tooLarge();
    }
    return new EnginePlan(
        Engine.MOMENTS,
        new EnginePlan.Moving(movement(), 0),
        movement(),
        Processor.CPU,
        "squared loss: " + served(),
        new EnginePlan.Cost(
            load.extra().passesFromMoments(load.extra().ranges() + 1), memory(), tasks()));
  }

  /** What one aggregate is for. */
  String served() {
    return "one aggregate of %,d block%s of %,.0f moments serves %,d trial%s"
        .formatted(
            blocks,
            blocks == 1 ? "" : "s",
            perBlock(),
            load.trials(),
            load.trials() == 1 ? "" : "s");
  }

  /** The bytes of all moments. */
  long memory() {
    return (long) bytes;
  }

  /** The number of tasks that descend at once. */
  int tasks() {
    return (int) Math.min(load.trials(), 2L * resources.cores());
  }

  /** Refuses what the driver has no room for, wherever the sums were taken. */
  void requireDriver() {
    if (!fitsDriver()) {
      throw tooLarge();
    }
  }

  boolean fitsDriver() {
    return fits(1);
  }

  private InvalidInputException tooLarge() {
    String what = "the moments of %,d blocks of %,d terms".formatted(blocks, load.terms());
    String instead = "take a larger 'batch-size' or a lower 'degree'";
    Planner.Driver driver = resources.driver();
    if (fits(2, driver.heap()) && fitsTasks(1)) {
      throw driver.tooMuch(what, 2 * bytes, instead);
    }
    boolean onDriver = driver.runsTasks() || !fits(2, driver.heap());
    return new InvalidInputException(
        "%s take %,.0f MiB, too much for the %s's %,d MiB: %s, or more %s"
            .formatted(
                what,
                bytes / (1 << 20),
                onDriver ? "driver" : "executor",
                (onDriver ? driver.heap() : resources.heap()) >> 20,
                instead,
                onDriver ? "--driver-memory" : "--executor-memory"));
  }
}
