package io.foldwise.spark.engine;

import io.foldwise.learn.ActiveColumns;
import io.foldwise.learn.Descent;
import io.foldwise.learn.Functions;
import io.foldwise.learn.GradientSums;
import io.foldwise.learn.LossSums;
import io.foldwise.learn.Objective;
import io.foldwise.learn.PowerIteration;
import io.foldwise.learn.RowKernel;
import io.foldwise.learn.SoleFolds;
import io.foldwise.learn.TrialColumns;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/** The rows stay; every step is one aggregate of gradients, and the driver descends. */
final class Reduce implements FusedMovement {
  private static final int TASKS_PER_CORE = 2;
  private static final int FLAT = 32;

  private final JavaSparkContext context;
  private final long seed;
  private final PackedRows rows;

  Reduce(JavaSparkContext context, long seed, PackedRows rows) {
    this.context = context;
    this.seed = seed;
    this.rows = rows;
  }

  @Override
  public List<List<FusedOutcome>> train(List<FusedRun> runs) {
    return runs.stream().map(this::train).toList();
  }

  private List<FusedOutcome> train(FusedRun run) {
    long start = System.nanoTime();
    Aggregated objective = new Aggregated(run.columns(), run.minibatches());
    Descent descent = run.descent();
    CurveRecorder recorder = run.recorder(descent, objective::losses);
    descent.run(objective, seed, recorder);
    return FusedOutcome.of(run, descent, recorder, (System.nanoTime() - start) / 1e9);
  }

  @Override
  public double[] curvatures(TrialColumns columns, int minibatches) {
    Aggregated objective = new Aggregated(columns, minibatches);
    PowerIteration power = new PowerIteration(columns);
    for (int b = 0; b < minibatches; b++) {
      power.look(objective, b);
    }
    return power.largest();
  }

  /** What a task makes of its parts. */
  private interface PerTask<T> extends Serializable {
    T of(Iterator<PackedPart> parts, Functions functions);
  }

  /** The objective as one aggregate a step. */
  private final class Aggregated implements Objective {
    private final TrialColumns columns;
    private final int minibatches;
    private final JavaRDD<PackedPart> parts;
    private final BlockCuts cuts;
    private final Functions functions;
    private final SoleFolds soles;

    Aggregated(TrialColumns columns, int minibatches) {
      this.columns = columns;
      this.minibatches = minibatches;
      this.parts = rows.parts().coalesce(TASKS_PER_CORE * context.defaultParallelism());
      this.cuts = rows.cuts();
      this.functions = new Functions(columns);
      this.soles = merged(soles(parts, cuts, minibatches), SoleFolds::merge, FLAT);
    }

    private static JavaRDD<SoleFolds> soles(JavaRDD<PackedPart> parts, BlockCuts cuts, int m) {
      return parts.mapPartitions(
          each -> {
            SoleFolds soles = new SoleFolds(m);
            each.forEachRemaining(part -> soles.add(part.cut(cuts, m)));
            return List.of(soles).iterator();
          });
    }

    @Override
    public int minibatches() {
      return minibatches;
    }

    @Override
    public boolean isEmpty(int b, int column) {
      return soles.isEmpty(b, columns.heldOut()[column]);
    }

    @Override
    public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
      functions.moveTo(w, active);
      BlockCuts borders = cuts;
      int m = minibatches;
      GradientSums sums =
          aggregate((each, at) -> gradients(each, at, borders, m, b), GradientSums::merge);
      functions.gradientInto(sums, gradient);
    }

    LossSums losses(double[] w, ActiveColumns active) {
      functions.moveTo(w, active);
      return aggregate(Reduce::losses, LossSums::merge);
    }

    private <T> T aggregate(PerTask<T> task, Function2<T, T, T> merge) {
      Broadcast<Functions> shared = context.broadcast(functions);
      try {
        return merged(
            parts.mapPartitions(each -> List.of(task.of(each, shared.value())).iterator()),
            merge,
            FLAT);
      } finally {
        shared.destroy();
      }
    }
  }

  /**
   * One of what each task made: merged in the order of partitions where they are few, else as a
   * tree.
   *
   * @param few partitions at most that all send theirs to the driver
   */
  static <T> T merged(JavaRDD<T> perTask, Function2<T, T, T> merge, int few) {
    if (perTask.getNumPartitions() > few) {
      return perTask.treeReduce(merge);
    }
    List<T> all = perTask.collect();
    T sum = all.get(0);
    for (T other : all.subList(1, all.size())) {
      sum = called(merge, sum, other);
    }
    return sum;
  }

  private static <T> T called(Function2<T, T, T> merge, T one, T other) {
    try {
      return merge.call(one, other);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static GradientSums gradients(
      Iterator<PackedPart> parts, Functions functions, BlockCuts cuts, int m, int b) {
    RowKernel kernel = new RowKernel(functions);
    GradientSums sums = kernel.gradientSums();
    parts.forEachRemaining(
        part -> {
          PackedPart.Range range = part.range(cuts, m, b);
          kernel.addGradients(part.rows(), range.from(), range.to(), sums);
        });
    return sums;
  }

  private static LossSums losses(Iterator<PackedPart> parts, Functions functions) {
    RowKernel kernel = new RowKernel(functions);
    LossSums sums = kernel.lossSums();
    parts.forEachRemaining(part -> kernel.addLosses(part.rows(), 0, part.rows().x().rows(), sums));
    return sums;
  }
}
