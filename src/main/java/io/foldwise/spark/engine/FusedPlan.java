package io.foldwise.spark.engine;

import io.foldwise.search.InvalidInputException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a search takes from the fused engine, by each movement of rows and trials. */
final class FusedPlan {
  /** The ways, in the order in which equal ones are preferred. */
  enum Way {
    REPLICATE,
    REDUCE,
    ROTATE;

    static Way of(String label) {
      return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Products and sums a second of a core in the two products of a step: as measured at d = 1,000.
   */
  private static final double RATE = 15e9;

  /** Seconds of a small job. */
  private static final double JOB = 0.02;

  /** Products and sums of a row, a term and a trial in an epoch: two products, and one to score. */
  private static final double FLOPS = 6;

  /**
   * Passes of a search for an optimum: about 10 where the loss is smooth, 60 where it is kinked.
   */
  private static final double NEWTON_PASSES = 60;

  /** What packed rows may take of a heap where all of them are looked at at once: Spark's share. */
  private static final double HEAP_SHARE = 0.6 * 0.8;

  /** What Spark keeps of a heap for itself. */
  private static final double RESERVED = 300 << 20;

  /** How often the driver holds the weights of all trials. */
  private static final double COPIES = 5;

  /** Of a segment that rotates. */
  private static final long SEGMENT_BYTES = 64L << 20;

  /** Rows of a minibatch in one part below which they are brought together. */
  private static final double FEW_ROWS = 32;

  /** Entries of a sparse row, where nothing is known of them. */
  private static final int SPARSE_ENTRIES = 100;

  private final Workload load;
  private final Planner.Workplace workplace;
  private final double bytes;
  private final Way best;

  FusedPlan(Workload load, Planner.Workplace workplace, String wanted) {
    this.load = load;
    this.workplace = workplace;
    this.bytes = load.rows() * (load.sparse() ? 12.0 * entries() + 20 : 8.0 * (load.terms() + 3));
    List<Way> ways = Stream.of(Way.values()).filter(way -> way.label().equals(wanted)).toList();
    this.best = ways.isEmpty() ? cheapest() : ways.get(0);
  }

  private int entries() {
    return load.sparse() ? Math.min(load.terms(), SPARSE_ENTRIES) : load.terms() + 1;
  }

  private Way cheapest() {
    return Stream.of(Way.values())
        .filter(way -> way != Way.REPLICATE || fitsAHeap())
        .min(Comparator.comparingDouble(this::seconds))
        .orElseThrow();
  }

  private boolean fitsAHeap() {
    double heap = workplace.heap() - RESERVED;
    return bytes * workplace.copiesAHeap() <= HEAP_SHARE * heap;
  }

  private int segments() {
    return (int) Math.min(most(), Math.max(2, Math.ceil(bytes / SEGMENT_BYTES)));
  }

  double seconds() {
    return seconds(best);
  }

  private double seconds(Way way) {
    double candidates = (double) load.trials() / load.folds();
    double epochs = load.descent().epochs() / Math.max(1, candidates);
    double steps = load.descent().steps() / Math.max(1, candidates);
    double work = FLOPS * load.rows() * entries() * load.trials() * epochs / RATE;
    double solved =
        optimumSeconds(
            (double) load.rows(), load.terms(), (double) load.descent().exact() * load.folds());
    double jobs = steps + epochs + (solved > 0 ? NEWTON_PASSES : 0);
    return switch (way) {
      case REPLICATE -> (work + solved) / Math.min(workplace.cores(), load.trials()) + JOB;
      case REDUCE -> (work + solved) / workplace.cores() + JOB * jobs;
      case ROTATE ->
          work / Math.min(workplace.cores(), Math.min(segments(), load.trials()))
              + solved / workplace.cores()
              + JOB * ((segments() + 1) * epochs + (solved > 0 ? NEWTON_PASSES : 0));
    };
  }

  /** Seconds of a core to solve trials for their optimum: the Hessians of all passes. */
  static double optimumSeconds(double rows, double terms, double trials) {
    return 2 * NEWTON_PASSES * trials * rows * (terms + 1) * (terms + 1) / RATE;
  }

  /**
   * The plan.
   *
   * @param why this engine
   * @throws InvalidInputException if the trials' weights do not fit the driver
   */
  EnginePlan chosen(String why) {
    requireRoom();
    return new EnginePlan(
        "fused",
        new EnginePlan.Movement(best.label(), cutInto()),
        "cpu",
        why + ": " + how(),
        new EnginePlan.Cost(
            1 + load.extra().passes() + (takesMoments() ? 1 : 0), (long) bytes, tasks()));
  }

  /** Segments of the rows by place; 0 where they stay where they are. */
  private int cutInto() {
    double rowsOfOne = (double) load.rows() / most() / Math.max(1, workplace.partitions());
    boolean apart = workplace.partitions() > 1 && rowsOfOne < FEW_ROWS && best == Way.REPLICATE;
    if (best == Way.ROTATE) {
      return segments();
    }
    return apart ? Math.max(workplace.cores(), segments()) : 0;
  }

  /** The most minibatches per epoch of the grid. */
  private int most() {
    return load.descent().minibatches().get(load.descent().minibatches().size() - 1);
  }

  /** Weights, and as much again for gradients, points and what optimisers remember. */
  private void requireRoom() {
    double numbers = (load.terms() + 1.0) * load.trials();
    double heap = Runtime.getRuntime().maxMemory();
    if (numbers > Integer.MAX_VALUE || COPIES * 8 * numbers > heap) {
      throw new InvalidInputException(
          ("the weights of %,d trials of %,d terms take %,.0f MiB, too much for the driver's %,.0f MiB:"
                  + " take fewer candidates, features or folds, or more --driver-memory")
              .formatted(
                  load.trials(), load.terms(), COPIES * 8 * numbers / (1 << 20), heap / (1 << 20)));
    }
  }

  /** Whether automatic rates come from moments, by a pass of their own. */
  boolean takesMoments() {
    double blocks = (double) load.segments() * load.folds();
    return load.descent().needsCurvature() && Curvatures.areMomentsFew(load.terms(), blocks);
  }

  private String how() {
    String trials = "%,d trial%s".formatted(load.trials(), load.trials() == 1 ? "" : "s");
    return switch (best) {
      case REPLICATE -> "%s side by side, every task with all rows (%s)".formatted(trials, size());
      case REDUCE -> "%s side by side, one aggregate of gradients a step".formatted(trials);
      case ROTATE ->
          "%s in groups that hop over %,d segments of rows".formatted(trials, segments());
    };
  }

  private String size() {
    double mebibytes = bytes / (1 << 20);
    return mebibytes < 1 ? "below 1 MiB" : "%,.0f MiB".formatted(mebibytes);
  }

  private int tasks() {
    return switch (best) {
      case REPLICATE -> (int) Math.min(load.trials(), workplace.cores());
      case REDUCE -> Math.min(workplace.partitions(), 2 * workplace.cores());
      case ROTATE -> (int) Math.min(load.trials(), segments());
    };
  }
}
