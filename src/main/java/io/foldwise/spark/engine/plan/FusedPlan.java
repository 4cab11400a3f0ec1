package io.foldwise.spark.engine.plan;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.QuasiNewton;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What a search takes from the fused engine, by each movement of rows and trials. */
public final class FusedPlan {
  /** The operations for a row, a term and a trial in an epoch: two products, and one to score. */
  private static final double FLOPS = 6;

  /**
   * The passes of a search for an optimum: about 10 where the loss is smooth, 60 where it is
   * kinked.
   */
  private static final double NEWTON_PASSES = 60;

  /** The passes of a search over several classes, whose loss is smooth. */
  private static final double SMOOTH_PASSES = 15;

  /** The passes of a search by gradients alone. */
  private static final double GRADIENT_PASSES = 500;

  /** The most weights of a trial whose Hessian is summed. */
  public static final int WIDEST_HESSIAN = 1000;

  /** What packed rows may take of a heap where all of them are looked at at once: Spark's share. */
  private static final double HEAP_SHARE = 0.6 * 0.8;

  /** What Spark keeps of a heap for itself. */
  private static final double RESERVED = 300 << 20;

  /** How often the driver holds the weights of all trials. */
  private static final double COPIES = 5;

  /**
   * The vectors of a trial that descends: weights, gradient, function, and what its optimiser
   * remembers.
   */
  private static final double MOVING = 6;

  /**
   * The vectors of a fold whose sums are being added up: two sums, high and low parts, and as they
   * are sent.
   */
  private static final double SUMMING = 8;

  /** The share of a heap that may be held at once. */
  private static final double HELD_SHARE = 0.8;

  /** The size of the segments of rows that groups of trials visit one after another. */
  private static final long SEGMENT_BYTES = 64L << 20;

  /** The rows of a minibatch in one part below which they are brought together. */
  private static final double FEW_ROWS = 32;

  /** The entries of a sparse row, where nothing is known of them. */
  private static final int SPARSE_ENTRIES = 100;

  /** The most numbers of all moments that are taken. */
  private static final double MOST_MOMENTS = 3e7;

  private static final int MOST_TERMS = 300;

  private final Workload load;
  private final Planner.ClusterResources resources;
  private final double bytes;
  private final Movement best;
  private final Movement gathering;

  /**
   * @param gathering what moves where curvatures come from moments
   */
  FusedPlan(
      Workload load,
      Planner.ClusterResources resources,
      Movement gathering,
      Optional<Movement> wanted) {
    this.gathering = gathering;
    this.load = load;
    this.resources = resources;
    this.bytes = load.rows() * (load.sparse() ? 12.0 * entries() + 20 : 8.0 * (load.terms() + 3));
    this.best = wanted.orElseGet(this::cheapest);
  }

  private int entries() {
    return load.sparse() ? Math.min(load.terms(), SPARSE_ENTRIES) : load.terms() + 1;
  }

  /** The cheapest movement, the first where several are as cheap. */
  private Movement cheapest() {
    return Stream.of(Movement.values())
        .filter(Movement::isOfRows)
        .filter(way -> way != Movement.REPLICATE || fitsAHeap())
        .min(Comparator.comparingDouble(this::seconds))
        .orElseThrow();
  }

  private boolean fitsAHeap() {
    double heap = resources.heap() - RESERVED;
    return bytes * resources.copiesAHeap() <= HEAP_SHARE * heap;
  }

  private int segments() {
    return (int) Math.min(most(), Math.max(2, Math.ceil(bytes / SEGMENT_BYTES)));
  }

  double seconds() {
    return seconds(best);
  }

  private double seconds(Movement way) {
    double epochs = load.descent().epochs() / load.descent().candidates();
    double steps = load.descent().steps() / load.descent().candidates();
    double work =
        FLOPS * load.rows() * entries() * load.columns() * epochs / Machine.MEASURED.rows();
    double solved =
        optimumSeconds(
            (double) load.rows(),
            load.terms(),
            (double) load.descent().exact() * load.folds(),
            load.loss());
    double jobs = steps + epochs + (solved > 0 ? NEWTON_PASSES : 0);
    return switch (way) {
      case REPLICATE ->
          (work + solved) / Math.min(resources.cores(), load.trials()) + Machine.MEASURED.job();
      case REDUCE -> (work + solved) / resources.cores() + Machine.MEASURED.job() * jobs;
      case ROTATE ->
          work / Math.min(resources.cores(), Math.min(segments(), load.trials()))
              + solved / resources.cores()
              + Machine.MEASURED.job()
                  * ((segments() + 1) * epochs + (solved > 0 ? NEWTON_PASSES : 0));
      case SUMS, ROWS -> throw ofMoments(way);
    };
  }

  /**
   * The seconds that a core takes to solve trials for their optimum: the Hessians of all passes, a
   * block for each pair of the functions of a trial; or, where these have many weights, gradients.
   * A loss that falls apart is solved for each function alone.
   */
  public static double optimumSeconds(double rows, double terms, double trials, Loss loss) {
    int parts = loss.separately().size();
    int functions = loss.functions() / parts;
    double pairs = functions * (functions + 1) / 2.0;
    double passes = functions == 1 ? NEWTON_PASSES : SMOOTH_PASSES;
    boolean few = functions == 1 || functions * (terms + 1) <= WIDEST_HESSIAN;
    double ofRow = few ? 2 * passes * pairs * (terms + 1) : FLOPS * GRADIENT_PASSES * functions;
    return ofRow * trials * parts * rows * (terms + 1) / Machine.MEASURED.rows();
  }

  /**
   * The plan of the fused engine.
   *
   * @param why why this engine was chosen
   * @throws InvalidInputException if there is no room for the trials' weights
   */
  EnginePlan chosen(String why) {
    requireRoom();
    return new EnginePlan(
        Engine.FUSED,
        new EnginePlan.Moving(best, cutInto()),
        gathering,
        Processor.CPU,
        why + ": " + how(),
        new EnginePlan.Cost(
            load.extra().passes(load.extra().ranges() + (takesMoments() ? 2 : 1)),
            (long) bytes,
            tasks()));
  }

  /** The number of segments of the rows by position; 0 where they stay where they are. */
  private int cutInto() {
    double rowsOfOne = (double) load.rows() / most() / Math.max(1, resources.partitions());
    boolean apart =
        resources.partitions() > 1 && rowsOfOne < FEW_ROWS && best == Movement.REPLICATE;
    if (best == Movement.ROTATE) {
      return segments();
    }
    return apart ? Math.max(resources.cores(), segments()) : 0;
  }

  /** The most minibatches in an epoch over the grid. */
  private int most() {
    return load.descent().minibatches().get(load.descent().minibatches().size() - 1);
  }

  /**
   * Refuses what the heaps have no room for, in vectors of one number for each term: the driver's
   * sums and weights, and what the tasks that share a heap hold at once.
   */
  private void requireRoom() {
    double inTasks = vectorsOfTasks();
    Planner.Driver driver = resources.driver();
    double solving = vectorsOfOptima();
    boolean solves = driver.runsTasks() || best == Movement.REDUCE;
    double onDriver =
        vectorsOfDriver() + (driver.runsTasks() ? inTasks : 0) + (solves ? solving : 0);
    requireRoom(onDriver, driver.heap(), "driver", "--driver-memory");
    if (!driver.runsTasks()) {
      requireRoom(
          inTasks + (solves ? 0 : solving), resources.heap(), "executor", "--executor-memory");
    }
  }

  private void requireRoom(double vectors, long heap, String whose, String setting) {
    double vector = 8 * (load.terms() + 1.0);
    boolean indexed = (load.terms() + 1.0) * load.columns() <= Integer.MAX_VALUE;
    if (!indexed || vectors * vector > HELD_SHARE * heap) {
      throw new InvalidInputException(
          ("the sums and weights of %,d trials of %,d terms take %,.0f MiB, too much for the %s's"
                  + " %,.0f MiB: take fewer candidates, features or folds, or more %s")
              .formatted(
                  load.trials(),
                  load.terms(),
                  vectors * vector / (1 << 20),
                  whose,
                  heap / (double) (1 << 20),
                  setting));
    }
  }

  /**
   * The vectors that the driver holds: of the folds, two sums as they come from each partition, and
   * those of all before and after each fold; of each training set, its coordinates; of each trial,
   * its weights at the start, in the broadcast, at the end, in its model and as they come in; and
   * what moves where the driver descends.
   */
  private double vectorsOfDriver() {
    double parts = Math.max(resources.partitions(), best == Movement.ROTATE ? segments() : 1);
    double sets = load.pieces() + 1.0;
    double moving = best == Movement.REDUCE ? MOVING : 0;
    return 2 * parts * load.pieces() + 9 * sets + (COPIES + moving) * load.columns();
  }

  /**
   * The vectors that the tasks of a heap hold. First each task adds up the sums of each fold, which
   * are compensated. Then, beside the broadcast of the heap, it descends with its share of the
   * trials, or takes gradients of all of them.
   */
  private double vectorsOfTasks() {
    double packing = SUMMING * load.pieces() * resources.tasksAHeap();
    double shares =
        best == Movement.REDUCE
            ? 2.0 * load.columns()
            : MOVING * load.functions() * Math.ceil((double) load.trials() / tasks());
    double running = Math.min(resources.tasksAHeap(), tasks());
    double broadcast = load.columns() + 3.0 * (load.folds() + 1);
    return Math.max(packing, broadcast + shares * running);
  }

  /** The vectors that searches for optima hold, where those do not sum Hessians. */
  private double vectorsOfOptima() {
    double columns = (double) load.descent().exact() * load.folds() * load.functions();
    double most = QuasiNewton.VECTORS + QuasiNewton.MOST_NUMBERS / (load.terms() + 1.0);
    return Math.min(QuasiNewton.VECTORS * columns, most);
  }

  /** Whether automatic rates come from moments, by a pass of their own. */
  boolean takesMoments() {
    double blocks = (double) load.segments() * load.pieces();
    return load.descent().needsCurvature() && areMomentsFew(load.terms(), blocks);
  }

  /** Whether curvatures come from the moments of so many terms and blocks. */
  public static boolean areMomentsFew(double terms, double blocks) {
    return terms <= MOST_TERMS && terms * terms / 2 * blocks <= MOST_MOMENTS;
  }

  private String how() {
    String trials = "%,d trial%s".formatted(load.trials(), load.trials() == 1 ? "" : "s");
    return switch (best) {
      case REPLICATE -> "%s side by side, every task with all rows (%s)".formatted(trials, size());
      case REDUCE -> "%s side by side, one aggregate of gradients a step".formatted(trials);
      case ROTATE ->
          "%s in groups that hop over %,d segments of rows".formatted(trials, segments());
      case SUMS, ROWS -> throw ofMoments(best);
    };
  }

  private String size() {
    double mebibytes = bytes / (1 << 20);
    return mebibytes < 1 ? "below 1 MiB" : "%,.0f MiB".formatted(mebibytes);
  }

  private int tasks() {
    return switch (best) {
      case REPLICATE -> (int) Math.min(load.trials(), resources.cores());
      case REDUCE -> Math.min(resources.partitions(), 2 * resources.cores());
      case ROTATE -> (int) Math.min(load.trials(), segments());
      case SUMS, ROWS -> throw ofMoments(best);
    };
  }

  private static IllegalStateException ofMoments(Movement way) {
    return new IllegalStateException(way + " is of moments");
  }
}
