package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.MinibatchRows;
import io.foldwise.learn.optim.PowerIteration;
import io.foldwise.learn.optim.RowsObjective;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The rows go to every task once, and each task trains its share of the trials, which never meet.
 */
public final class Replicate implements FusedMovement {
  private final JavaSparkContext context;
  private final long seed;
  private final PackedRows rows;

  Replicate(JavaSparkContext context, long seed, PackedRows rows) {
    this.context = context;
    this.seed = seed;
    this.rows = rows;
  }

  /** A share of a run: which run, and which of how many parts of it. */
  private record Share(int run, int part, int parts) implements Serializable {
    RowRun of(List<RowRun> runs) {
      return runs.get(run).slices(parts).get(part);
    }
  }

  @Override
  public List<List<FusedOutcome>> train(List<? extends RowRun> runs) {
    Shared<List<RowRun>> shared = Transport.share(context.sc(), List.copyOf(runs));
    try {
      List<Tuple2<Share, List<FusedOutcome>>> trained =
          Jobs.computing(
              context.sc(),
              "%,d trials, every task with all rows"
                  .formatted(runs.stream().mapToInt(RowRun::size).sum()),
              () -> train(shared, shares(runs)));
      return IntStream.range(0, runs.size()).mapToObj(run -> outcomes(trained, run)).toList();
    } finally {
      shared.destroy();
    }
  }

  private List<Share> shares(List<? extends RowRun> runs) {
    List<Share> shares = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      int parts = Math.min(context.defaultParallelism(), runs.get(run).size());
      for (int part = 0; part < parts; part++) {
        shares.add(new Share(run, part, parts));
      }
    }
    return shares;
  }

  /** Trains shares; the outcomes are in the order of the parts of each run. */
  private List<Tuple2<Share, List<FusedOutcome>>> train(
      Shared<List<RowRun>> runs, List<Share> shares) {
    MinibatchBorders borders = rows.borders();
    long order = seed;
    List<Tuple2<Share, List<FusedOutcome>>> trained =
        new ArrayList<>(
            Transport.collect(
                Transport.parallelize(context.sc(), shares)
                    .cartesian(rows.parts().coalesce(1))
                    .mapPartitions(pairs -> train(runs.value(), pairs, borders, order))));
    trained.sort(Comparator.comparingInt(each -> each._1().part));
    return trained;
  }

  @Override
  public double[] curvatures(TrialColumns columns, int minibatches) {
    MinibatchBorders borders = rows.borders();
    JavaRDD<double[]> found =
        rows.parts()
            .coalesce(1)
            .mapPartitions(
                parts ->
                    List.of(curvatures(columns, minibatches, cut(parts, borders, minibatches)))
                        .iterator());
    return Transport.collect(found).get(0);
  }

  private static double[] curvatures(
      TrialColumns columns, int minibatches, List<MinibatchRows> parts) {
    RowsObjective objective = new RowsObjective(columns, parts, minibatches);
    return PowerIteration.largest(columns, objective, 0, minibatches);
  }

  private static List<MinibatchRows> cut(
      Iterator<PackedPart> parts, MinibatchBorders borders, int minibatches) {
    List<MinibatchRows> cut = new ArrayList<>();
    parts.forEachRemaining(part -> cut.add(part.cut(borders, minibatches)));
    return cut;
  }

  private static List<FusedOutcome> outcomes(
      List<Tuple2<Share, List<FusedOutcome>>> trained, int run) {
    return trained.stream()
        .filter(each -> each._1().run == run)
        .flatMap(each -> each._2().stream())
        .toList();
  }

  /** Trains one share with all the rows. */
  private static Iterator<Tuple2<Share, List<FusedOutcome>>> train(
      List<RowRun> runs,
      Iterator<Tuple2<Share, PackedPart>> pairs,
      MinibatchBorders borders,
      long seed) {
    if (!pairs.hasNext()) {
      return List.<Tuple2<Share, List<FusedOutcome>>>of().iterator();
    }
    Tuple2<Share, PackedPart> first = pairs.next();
    RowRun run = first._1().of(runs);
    List<MinibatchRows> parts =
        new ArrayList<>(List.of(first._2().cut(borders, run.minibatches())));
    pairs.forEachRemaining(pair -> parts.add(pair._2().cut(borders, run.minibatches())));
    List<FusedOutcome> outcomes =
        run.trained(() -> new RowsObjective(run.columns(), parts, run.minibatches()), seed);
    return List.of(new Tuple2<>(first._1(), outcomes)).iterator();
  }
}
