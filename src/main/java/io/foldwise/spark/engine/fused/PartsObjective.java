package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.CurvatureSums;
import io.foldwise.learn.optim.FoldSpans;
import io.foldwise.learn.optim.Functions;
import io.foldwise.learn.optim.GradientSums;
import io.foldwise.learn.optim.LossSums;
import io.foldwise.learn.optim.RowKernel;
import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;

/** The objective over packed rows that stay where they are, by one job for each step. */
final class PartsObjective extends SummedObjective {
  private static final int TASKS_PER_CORE = 2;

  private final JavaRDD<PackedPart> parts;
  private final MinibatchBorders borders;

  PartsObjective(TrialColumns columns, int minibatches, PackedRows rows) {
    super(
        columns, Transport.reduce(spans(few(rows), rows.borders(), minibatches), FoldSpans::merge));
    this.parts = few(rows);
    this.borders = rows.borders();
  }

  /** What a task makes of its parts. */
  private interface PerTask<T> extends Serializable {
    T of(Iterator<PackedPart> parts, Functions functions);
  }

  private static JavaRDD<PackedPart> few(PackedRows rows) {
    int cores = rows.parts().context().defaultParallelism();
    return rows.parts().coalesce(TASKS_PER_CORE * cores);
  }

  private static JavaRDD<FoldSpans> spans(
      JavaRDD<PackedPart> parts, MinibatchBorders borders, int m) {
    return parts.mapPartitions(
        each -> {
          FoldSpans spans = new FoldSpans(m);
          each.forEachRemaining(part -> spans.add(part.cut(borders, m)));
          return List.of(spans).iterator();
        });
  }

  @Override
  protected GradientSums gradients(int b) {
    MinibatchBorders borders = this.borders;
    int m = minibatches();
    return Jobs.described(
        parts.context(),
        "gradients of minibatch %,d of %,d".formatted(b + 1, m),
        () -> aggregate((each, at) -> gradients(each, at, borders, m, b), GradientSums::merge));
  }

  @Override
  protected LossSums losses() {
    return Jobs.described(
        parts.context(),
        "losses of the trials",
        () -> aggregate(PartsObjective::losses, LossSums::merge));
  }

  @Override
  protected GradientSums gradients() {
    return Jobs.described(
        parts.context(),
        "gradients of the trials",
        () -> aggregate(PartsObjective::allGradients, GradientSums::merge));
  }

  @Override
  protected CurvatureSums curvatures(double[] widths, int every) {
    return Jobs.described(
        parts.context(),
        "curvatures for a Newton step of the trials",
        () -> aggregate((each, at) -> curvaturesOf(each, at, widths, every), CurvatureSums::merge));
  }

  private <T> T aggregate(PerTask<T> task, Function2<T, T, T> merge) {
    Shared<Functions> shared = Transport.share(parts.context(), functions());
    try {
      return Transport.reduce(
          parts.mapPartitions(each -> List.of(task.of(each, shared.value())).iterator()), merge);
    } finally {
      shared.destroy();
    }
  }

  private static GradientSums gradients(
      Iterator<PackedPart> parts, Functions functions, MinibatchBorders borders, int m, int b) {
    RowKernel kernel = new RowKernel(functions);
    GradientSums sums = kernel.gradientSums();
    parts.forEachRemaining(
        part -> {
          PackedPart.Range range = part.range(borders, m, b);
          kernel.addGradients(part.rows(), range.from(), range.to(), sums);
        });
    return sums;
  }

  private static CurvatureSums curvaturesOf(
      Iterator<PackedPart> parts, Functions functions, double[] widths, int every) {
    RowKernel kernel = new RowKernel(functions);
    CurvatureSums sums = kernel.curvatureSums();
    parts.forEachRemaining(part -> kernel.addCurvatures(part.rows(), widths, every, sums));
    return sums;
  }

  private static GradientSums allGradients(Iterator<PackedPart> parts, Functions functions) {
    RowKernel kernel = new RowKernel(functions);
    GradientSums sums = kernel.gradientSums();
    parts.forEachRemaining(
        part -> kernel.addGradients(part.rows(), 0, part.rows().x().rows(), sums));
    return sums;
  }

  private static LossSums losses(Iterator<PackedPart> parts, Functions functions) {
    RowKernel kernel = new RowKernel(functions);
    LossSums sums = kernel.lossSums();
    parts.forEachRemaining(part -> kernel.addLosses(part.rows(), 0, part.rows().x().rows(), sums));
    return sums;
  }
}
