package io.foldwise.spark.engine;

import io.foldwise.learn.Loss;
import io.foldwise.learn.Optimizer;
import io.foldwise.search.Candidate;
import io.foldwise.search.InvalidInputException;
import io.foldwise.search.SearchPlan;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Chooses how a plan is computed, from its loss, rows, features, batch sizes and trials. */
final class Planner {
  static final String MOMENTS = "moments";
  static final String FUSED = "fused";
  static final String SQL = "sql";

  private Planner() {}

  /**
   * What there is to work with.
   *
   * @param partitions of the rows
   * @param cores that work at once
   * @param tasksAHeap tasks that share a heap
   * @param copiesAHeap how often rows lie in a heap when every task looks at all of them: once
   *     where they are cached beside the tasks
   * @param heap bytes of the heap that tasks run in
   */
  record Workplace(int partitions, int cores, int tasksAHeap, int copiesAHeap, long heap) {
    static Workplace of(Dataset<Row> rows) {
      SparkContext context = rows.sparkSession().sparkContext();
      int cores = context.defaultParallelism();
      int partitions = rows.queryExecution().toRdd().getNumPartitions();
      if (context.isLocal()) {
        return new Workplace(partitions, cores, cores, 1, Runtime.getRuntime().maxMemory());
      }
      int executors = Math.max(1, context.getExecutorMemoryStatus().size() - 1);
      int share = Math.max(1, (cores + executors - 1) / executors);
      int tasks = context.getConf().getInt("spark.executor.cores", share);
      long heap = context.getConf().getSizeAsBytes("spark.executor.memory", "1g");
      return new Workplace(partitions, cores, tasks, tasks, heap);
    }
  }

  /** The distinct numbers of minibatches per epoch; 1 where only exact optima are asked for. */
  static List<Integer> minibatches(SearchPlan plan) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (Candidate candidate : plan.candidates()) {
      if (candidate.optimizer() instanceof Optimizer.Stepping) {
        counts.add(plan.assignment().minibatches(candidate.descending().batchSize()));
      }
    }
    return counts.isEmpty() ? List.of(1) : List.copyOf(counts);
  }

  /**
   * The choice for a plan.
   *
   * @param wanted what is asked for, each {@code auto} or a name
   * @throws InvalidInputException if what is asked for cannot run the plan, or nothing can
   */
  static EnginePlan plan(
      SearchPlan plan, EngineRows.Layout layout, Workplace workplace, SparkEngines.Wanted wanted) {
    Workload load = Workload.of(plan, layout);
    refuse(plan, wanted);
    CarriedBasis.requireDenseProducts(plan, layout);
    Choice choice =
        new Choice(
            plan,
            load,
            new MomentsPlan(load, workplace),
            new FusedPlan(load, workplace, wanted.movement()),
            wanted);
    return choice.made(layout);
  }

  private static void refuse(SearchPlan plan, SparkEngines.Wanted wanted) {
    String loss = plan.objective().loss().label();
    if (wanted.engine().equals(MOMENTS) && !isSquared(plan)) {
      throw new InvalidInputException(
          "'engine' (moments) is for the squared loss, and 'loss' is %s: take fused or auto"
              .formatted(loss));
    }
    if (wanted.engine().equals(MOMENTS) && !wanted.isAnyMovement()) {
      throw new InvalidInputException(
          "'movement' (%s) is a way of the fused engine, and 'engine' is moments: keep one"
              .formatted(wanted.movement()));
    }
    refuseSql(wanted);
    if (hasExact(plan)
        && isSquared(plan)
        && (wanted.engine().equals(FUSED) || !wanted.isAnyMovement())) {
      throw new InvalidInputException(
          "'optimizer' (exact) is solved from moments for the squared loss, not by the fused"
              + " engine: leave out --engine and --movement, or take sgd, nesterov, adam, ...");
    }
    boolean sql =
        wanted.engine().equals(SQL) || wanted.device().use() == SparkEngines.Device.Use.GPU;
    if (solvesOverRows(plan) && sql) {
      throw new InvalidInputException(
          "'optimizer' (exact) of 'loss' (%s) is solved by the fused engine on the CPU, and sql is"
                  .formatted(loss)
              + " asked for: leave out --engine and --device, or take sgd, nesterov, adam, ...");
    }
  }

  private static void refuseSql(SparkEngines.Wanted wanted) {
    boolean moves =
        !wanted.isAnyMovement() && !wanted.movement().equals(FusedPlan.Way.REDUCE.label());
    if (wanted.engine().equals(SQL) && moves) {
      throw new InvalidInputException(
          "'movement' (%s) is a way of the fused engine, and 'engine' is sql: take auto or reduce"
              .formatted(wanted.movement()));
    }
    boolean cpuOnly = !wanted.engine().equals(SQL) && !wanted.isAnyEngine();
    if (wanted.device().use() == SparkEngines.Device.Use.GPU && (cpuOnly || moves)) {
      throw new InvalidInputException(
          "'device' (gpu) is for the sql engine, and %s asked for: leave it out"
              .formatted(
                  cpuOnly
                      ? "'engine' " + wanted.engine() + " is"
                      : "'movement' " + wanted.movement() + " is"));
    }
  }

  static boolean isSquared(SearchPlan plan) {
    return plan.objective().loss() instanceof Loss.Squared;
  }

  /** Whether optima are asked for that moments do not tell. */
  static boolean solvesOverRows(SearchPlan plan) {
    return hasExact(plan) && !isSquared(plan);
  }

  static boolean hasExact(SearchPlan plan) {
    return plan.candidates().stream().anyMatch(c -> c.optimizer() instanceof Optimizer.Exact);
  }
}
