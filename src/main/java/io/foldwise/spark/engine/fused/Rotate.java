package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.EpochOrder;
import io.foldwise.learn.optim.Functions;
import io.foldwise.learn.optim.LossSums;
import io.foldwise.learn.optim.MinibatchRows;
import io.foldwise.learn.optim.PowerIteration;
import io.foldwise.learn.optim.RowKernel;
import io.foldwise.learn.optim.RowsObjective;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.search.training.CurveRecorder;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Groups of trials hop from segment to segment of the rows (model hopper parallelism: Nakandala,
 * Zhang and Kumar, Cerebro, PVLDB 13, 2020): in each round of an epoch, each group visits the
 * minibatches of one segment, no two groups the same one. Every group descends exactly, minibatch
 * after minibatch; only the models move.
 *
 * <p>Group γ of G starts each epoch at segment ⌊γ·S/G⌋ of S and goes on in cyclic order; within a
 * segment, minibatches come in the order that {@link EpochOrder} gives them in the whole epoch.
 */
public final class Rotate implements FusedMovement {
  private final JavaSparkContext context;
  private final long seed;
  private final PackedRows rows;
  private final Segmentation segmentation;

  /**
   * @param segmentation the segmentation of the packed rows: segment s is partition s
   */
  Rotate(JavaSparkContext context, long seed, PackedRows rows, Segmentation segmentation) {
    this.context = context;
    this.seed = seed;
    this.rows = rows;
    this.segmentation = segmentation;
  }

  /** A group of trials on its way. */
  private record Hop(int group, FusedRun run, Descent descent) implements Serializable {}

  @Override
  public List<List<FusedOutcome>> train(List<? extends RowRun> runs) {
    return runs.stream()
        .map(run -> run instanceof FusedRun descent ? train(descent) : solved(run))
        .toList();
  }

  /**
   * Solves for optima, which have no order of minibatches: the rows stay, and each pass is an
   * aggregate.
   */
  private List<FusedOutcome> solved(RowRun run) {
    return run.trained(() -> new PartsObjective(run.columns(), run.minibatches(), rows), seed);
  }

  private List<FusedOutcome> train(FusedRun run) {
    long start = System.nanoTime();
    Hop[] hops = hops(run);
    LossSums[] latest = run.fromBaseline() ? new LossSums[hops.length] : losses(hops);
    CurveRecorder[] recorders = new CurveRecorder[hops.length];
    Arrays.setAll(
        recorders,
        group -> hops[group].run.recorder(hops[group].descent, (w, active) -> latest[group]));
    for (long epoch = 1; anyActive(hops); epoch++) {
      for (int round = 0; round < segmentation.segments(); round++) {
        String words = "epoch %,d of %,d trials, round %,d".formatted(epoch, run.size(), round + 1);
        int next = round;
        long now = epoch;
        Jobs.described(context.sc(), words, () -> turn(hops, now, next));
      }
      endEpoch(hops, epoch, new Watch(recorders, latest));
    }
    double seconds = (System.nanoTime() - start) / 1e9 / hops.length;
    List<FusedOutcome> outcomes = new ArrayList<>();
    for (Hop hop : hops) {
      outcomes.addAll(FusedOutcome.of(hop.run, hop.descent, recorders[hop.group], seconds));
    }
    return outcomes;
  }

  private Hop[] hops(FusedRun run) {
    List<RowRun> slices = run.slices(segmentation.segments());
    Hop[] hops = new Hop[slices.size()];
    Arrays.setAll(hops, group -> hop(group, (FusedRun) slices.get(group)));
    return hops;
  }

  private static Hop hop(int group, FusedRun slice) {
    return new Hop(group, slice, slice.descent());
  }

  /** Who watches each group, and the sums that they are shown. */
  private record Watch(CurveRecorder[] recorders, LossSums[] latest) {}

  /** Ends an epoch, by one look at the rows for all groups whose losses are wanted. */
  private void endEpoch(Hop[] hops, long epoch, Watch watch) {
    Hop[] moving = Arrays.stream(hops).filter(Rotate::isActive).toArray(Hop[]::new);
    Hop[] wanted =
        Arrays.stream(moving)
            .filter(hop -> watch.recorders[hop.group].wants(epoch))
            .toArray(Hop[]::new);
    LossSums[] sums = wanted.length == 0 ? new LossSums[0] : losses(wanted);
    for (int i = 0; i < wanted.length; i++) {
      watch.latest[wanted[i].group] = sums[i];
    }
    for (Hop hop : moving) {
      hop.descent.endEpoch(epoch, watch.recorders[hop.group]);
    }
  }

  private static boolean isActive(Hop hop) {
    return hop.descent.active().count() > 0;
  }

  private static boolean anyActive(Hop[] hops) {
    return Arrays.stream(hops).anyMatch(Rotate::isActive);
  }

  /** Makes one round, in which every group visits its segment and comes back. */
  private Hop[] turn(Hop[] hops, long epoch, int round) {
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
        Transport.parallelize(
            context.sc(), bySegment.stream().map(hop -> new Sent(hop.orElse(null))).toList());
    for (Hop hop : Transport.collect(rows.parts().zipPartitions(sent, visit::segment))) {
      hops[hop.group] = hop;
    }
    return hops;
  }

  /** What a partition is sent: a hop, or none. */
  private record Sent(Hop hop) implements Serializable {}

  /** The visit of a group to a segment in an epoch. */
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
      List<MinibatchRows> cut = new ArrayList<>();
      int segment = TaskContext.getPartitionId();
      parts.forEachRemaining(part -> cut.add(part.cut(segmentation.borders(), m)));
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
  public double[] curvatures(TrialColumns columns, int minibatches) {
    Segmentation where = segmentation;
    return Transport.reduce(
        rows.parts().mapPartitions(parts -> List.of(curvatures(columns, where, parts)).iterator()),
        Rotate::larger);
  }

  private static double[] curvatures(
      TrialColumns columns, Segmentation segmentation, Iterator<PackedPart> parts) {
    int m = segmentation.minibatches();
    int segment = TaskContext.getPartitionId();
    List<MinibatchRows> cut = new ArrayList<>();
    parts.forEachRemaining(part -> cut.add(part.cut(segmentation.borders(), m)));
    RowsObjective objective = new RowsObjective(columns, cut, m);
    return PowerIteration.largest(
        columns,
        objective,
        segmentation.firstMinibatch(segment),
        segmentation.firstMinibatch(segment + 1));
  }

  private static double[] larger(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] = Math.max(one[i], other[i]);
    }
    return one;
  }

  /** The summed losses of each group over all rows. */
  private LossSums[] losses(Hop[] hops) {
    List<Functions> functions = new ArrayList<>();
    for (Hop hop : hops) {
      Functions own = new Functions(hop.run.columns());
      own.moveTo(hop.descent.weights(), hop.descent.active());
      functions.add(own);
    }
    Shared<List<Functions>> shared = Transport.share(context.sc(), functions);
    try {
      return Jobs.described(
          context.sc(),
          "losses of %,d groups of trials".formatted(hops.length),
          () ->
              Transport.reduce(
                  rows.parts().mapPartitions(parts -> losses(parts, shared.value())),
                  Rotate::merged));
    } finally {
      shared.destroy();
    }
  }

  private static Iterator<LossSums[]> losses(
      Iterator<PackedPart> parts, List<Functions> functions) {
    List<RowKernel> kernels = functions.stream().map(RowKernel::new).toList();
    LossSums[] sums = kernels.stream().map(RowKernel::lossSums).toArray(LossSums[]::new);
    parts.forEachRemaining(
        part -> {
          for (int i = 0; i < sums.length; i++) {
            kernels.get(i).addLosses(part.rows(), 0, part.rows().x().rows(), sums[i]);
          }
        });
    return List.<LossSums[]>of(sums).iterator();
  }

  private static LossSums[] merged(LossSums[] sums, LossSums[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i].merge(others[i]);
    }
    return sums;
  }
}
