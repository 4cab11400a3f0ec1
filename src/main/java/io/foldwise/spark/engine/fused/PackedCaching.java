package io.foldwise.spark.engine.fused;

import io.foldwise.search.SearchPlan;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.plan.Workload;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.RowReader;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows packed for our own kernels and kept in the executors, under one of three movements.
 *
 * @param how the movement, and into how many segments it cuts the rows
 */
public record PackedCaching(SearchPlan plan, EngineRows rows, EnginePlan.Moving how)
    implements Caching {
  @Override
  public Cached cache(FittedBasis fitted, MinibatchBorders borders, int minibatches) {
    Packing packing =
        new Packing(
            new RowReader(rows.layout()),
            fitted.basis(),
            fitted.shift(),
            borders,
            plan.objective().loss());
    if (how.segments() == 0) {
      PackedRows packed = PackedRows.inPlace(rows.training(), packing);
      return new Cached(packed, movement(packed));
    }
    int m = servesAll() ? Workload.mostMinibatches(plan) : minibatches;
    Segmentation segmentation = new Segmentation(borders, m, Math.min(how.segments(), m));
    PackedRows packed = PackedRows.bySegment(rows.training(), packing, segmentation);
    return new Cached(
        packed,
        servesAll() ? movement(packed) : new Rotate(context(), seed(), packed, segmentation));
  }

  /**
   * Whether trials do not rotate: those that do visit segments of whole minibatches of their own.
   */
  @Override
  public boolean servesAll() {
    return how.what() != Movement.ROTATE;
  }

  @Override
  public boolean solvesOptima() {
    return true;
  }

  private FusedMovement movement(PackedRows packed) {
    return switch (how.what()) {
      case REPLICATE -> new Replicate(context(), seed(), packed);
      case REDUCE ->
          new Reduce((trials, count) -> new PartsObjective(trials, count, packed), seed());
      case ROTATE, SUMS, ROWS -> throw new IllegalStateException(how + " is not of rows in place");
    };
  }

  private long seed() {
    return plan.objective().seed();
  }

  private JavaSparkContext context() {
    return new JavaSparkContext(rows.training().sparkSession().sparkContext());
  }
}
