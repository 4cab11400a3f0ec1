package io.foldwise.spark.engine;

import io.foldwise.learn.ActiveColumns;
import io.foldwise.learn.CutRows;
import io.foldwise.learn.Descent;
import io.foldwise.learn.EpochOrder;
import io.foldwise.learn.Functions;
import io.foldwise.learn.LossSums;
import io.foldwise.learn.PowerIteration;
import io.foldwise.learn.RowsObjective;
import io.foldwise.learn.TrialColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Groups of trials hop from segment to segment of the rows (model hopper parallelism: Nakandala,
 * Zhang and Kumar, Cerebro, PVLDB 13, 2020): in each round of an epoch, each group visits the
 * minibatches of one segment, no two groups the same one. Every group descends exactly, minibatch
 * after minibatch; only the models move.
 *
 * <p>Group γ of G starts each epoch at segment ⌊γ·S/G⌋ of S and goes on in cyclic order; within a
 * segment, minibatches come in the order that {@link EpochOrder} gives them in the whole epoch.
 */
final class Rotate implements FusedMovement {
  private final JavaSparkContext context;
  private final long seed;
  private final Segmentation segmentation;

  /**
   * @param segmentation of the packed rows: segment s is partition s
   */
  Rotate(JavaSparkContext context, long seed, Segmentation segmentation) {
    this.context = context;
    this.seed = seed;
    this.segmentation = segmentation;
  }

  /** A group of trials on its way. */
  private record Hop(int group, FusedRun run, Descent descent) implements Serializable {}

  @Override
  public List<List<FusedOutcome>> train(List<FusedRun> runs, PackedRows rows) {
    return runs.stream().map(run -> train(run, rows)).toList();
  }

  private List<FusedOutcome> train(FusedRun run, PackedRows rows) {
    long start = System.nanoTime();
    List<FusedRun> slices = run.slices(segmentation.segments());
    Hop[] hops = new Hop[slices.size()];
    List<CurveRecorder> recorders = new ArrayList<>();
    for (int group = 0; group < hops.length; group++) {
      FusedRun slice = slices.get(group);
      Descent descent = slice.descent();
      hops[group] = new Hop(group, slice, descent);
      recorders.add(slice.recorder(descent, (w, active) -> losses(slice, w, active, rows)));
    }
    for (long epoch = 1; anyActive(hops); epoch++) {
      for (int round = 0; round < segmentation.segments(); round++) {
        turn(hops, epoch, round, rows);
      }
      for (Hop hop : hops) {
        hop.descent.endEpoch(epoch, recorders.get(hop.group));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9 / hops.length;
    List<FusedOutcome> outcomes = new ArrayList<>();
    for (Hop hop : hops) {
      outcomes.addAll(FusedOutcome.of(hop.run, hop.descent, recorders.get(hop.group), seconds));
    }
    return outcomes;
  }

  private static boolean anyActive(Hop[] hops) {
    for (Hop hop : hops) {
      if (hop.descent.active().count() > 0) {
        return true;
      }
    }
    return false;
  }

  /** One round: every group visits its segment, and comes back. */
  private void turn(Hop[] hops, long epoch, int round, PackedRows rows) {
    int segments = segmentation.segments();
    List<Optional<Hop>> bySegment = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      bySegment.add(Optional.empty());
    }
    for (Hop hop : hops) {
      int first = (int) ((long) hop.group * segments / hops.length);
      if (hop.descent.active().count() > 0) {
        bySegment.set((first + round) % segments, Optional.of(hop));
      }
    }
    Visit visit = new Visit(segmentation, seed, epoch);
    JavaRDD<Sent> sent =
        context.parallelize(
            bySegment.stream().map(hop -> new Sent(hop.orElse(null))).toList(), segments);
    for (Hop hop : rows.parts().zipPartitions(sent, visit::segment).collect()) {
      hops[hop.group] = hop;
    }
  }

  /** A hop, or none: what a partition is sent. */
  private record Sent(Hop hop) implements Serializable {}

  /** What happens in a segment. */
  private record Visit(Segmentation segmentation, long seed, long epoch) implements Serializable {
    Iterator<Hop> segment(Iterator<PackedPart> parts, Iterator<Sent> sent) {
      List<Hop> visited = new ArrayList<>();
      while (sent.hasNext()) {
        Hop hop = sent.next().hop;
        if (hop != null) {
          visit(hop, parts);
          visited.add(hop);
        }
      }
      return visited.iterator();
    }

    private void visit(Hop hop, Iterator<PackedPart> parts) {
      int m = segmentation.minibatches();
      List<CutRows> cut = new ArrayList<>();
      int segment = TaskContext.getPartitionId();
      parts.forEachRemaining(part -> cut.add(part.cut(segmentation.cuts(), m)));
      RowsObjective objective = new RowsObjective(hop.run.columns(), cut, m);
      int first = segmentation.firstMinibatch(segment);
      int end = segmentation.firstMinibatch(segment + 1);
      for (int b : new EpochOrder(seed, m).of(epoch)) {
        if (b >= first && b < end) {
          hop.descent.visit(objective, b);
        }
      }
    }
  }

  @Override
  public double[] curvatures(TrialColumns columns, int minibatches, PackedRows rows) {
    Segmentation where = segmentation;
    return rows.parts()
        .mapPartitions(parts -> List.of(curvatures(columns, where, parts)).iterator())
        .reduce(Rotate::larger);
  }

  private static double[] curvatures(
      TrialColumns columns, Segmentation segmentation, Iterator<PackedPart> parts) {
    int m = segmentation.minibatches();
    int segment = TaskContext.getPartitionId();
    List<CutRows> cut = new ArrayList<>();
    parts.forEachRemaining(part -> cut.add(part.cut(segmentation.cuts(), m)));
    RowsObjective objective = new RowsObjective(columns, cut, m);
    PowerIteration power = new PowerIteration(columns);
    int end = segmentation.firstMinibatch(segment + 1);
    for (int b = segmentation.firstMinibatch(segment); b < end; b++) {
      power.look(objective, b);
    }
    return power.largest();
  }

  private static double[] larger(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] = Math.max(one[i], other[i]);
    }
    return one;
  }

  private LossSums losses(FusedRun run, double[] w, ActiveColumns active, PackedRows rows) {
    Functions functions = new Functions(run.columns());
    functions.moveTo(w, active);
    Broadcast<Functions> shared = context.broadcast(functions);
    try {
      return rows
          .parts()
          .mapPartitions(parts -> List.of(Reduce.losses(parts, shared.value())).iterator())
          .collect()
          .stream()
          .reduce(LossSums::merge)
          .orElseThrow();
    } finally {
      shared.destroy();
    }
  }
}
