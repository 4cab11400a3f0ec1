package io.foldwise.spark.engine.plan;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.optim.Exact;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchPlan;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.FrameRows;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Chooses how a plan is computed, from its loss, rows, features, batch sizes and trials. */
public final class Planner {
  /** The bytes of a trial's result beside its curve and its model. */
  private static final int RESULT_BYTES = 1000;

  private Planner() {}

  /**
   * What a cluster has to work with.
   *
   * @param partitions the number of partitions of the rows
   * @param cores the number of cores that work at once
   * @param tasksAHeap the number of tasks that share a heap
   * @param copiesAHeap how often rows lie in a heap when every task looks at all of them: once
   *     where they are cached beside the tasks
   * @param heap the bytes of the heap that tasks run in
   */
  public record ClusterResources(
      int partitions, int cores, int tasksAHeap, int copiesAHeap, long heap, Driver driver) {
    public static ClusterResources of(Dataset<Row> rows) {
      SparkContext context = rows.sparkSession().sparkContext();
      Driver driver = Driver.of(context);
      int cores = context.defaultParallelism();
      int partitions = FrameRows.of(rows).getNumPartitions();
      if (context.isLocal()) {
        return new ClusterResources(partitions, cores, cores, 1, driver.heap, driver);
      }
      int executors = Math.max(1, context.getExecutorMemoryStatus().size() - 1);
      int share = Math.max(1, (cores + executors - 1) / executors);
      int tasks = context.getConf().getInt("spark.executor.cores", share);
      long heap = context.getConf().getSizeAsBytes("spark.executor.memory", "1g");
      return new ClusterResources(partitions, cores, tasks, tasks, heap, driver);
    }
  }

  /**
   * What the driver has to work with.
   *
   * @param heap the bytes of its heap
   * @param runsTasks whether tasks run in that heap
   * @param mostResults the bytes that the tasks of a job may send it; 0 where there is no bound
   */
  record Driver(long heap, boolean runsTasks, long mostResults) {
    private static final String MOST_RESULTS = "spark.driver.maxResultSize";

    public static Driver of(SparkContext context) {
      return new Driver(
          Runtime.getRuntime().maxMemory(),
          context.isLocal(),
          context.getConf().getSizeAsBytes(MOST_RESULTS, "1g"));
    }

    boolean takes(double bytes) {
      return mostResults == 0 || bytes <= mostResults;
    }

    InvalidInputException tooMuch(String what, double bytes, String instead) {
      return new InvalidInputException(
          ("%s take %,.0f MiB to send back, and the driver takes %,d MiB (%s): %s, or raise that with"
                  + " --conf %s=%dg before the command")
              .formatted(
                  what,
                  bytes / (1 << 20),
                  mostResults >> 20,
                  MOST_RESULTS,
                  instead,
                  MOST_RESULTS,
                  (long) Math.ceil(bytes / (1 << 30)) + 1));
    }
  }

  /**
   * Chooses how a plan is computed.
   *
   * @param wanted what is asked for
   * @throws InvalidInputException if what is asked for cannot run the plan, or nothing can
   */
  public static EnginePlan plan(
      SearchPlan plan, EngineRows.Layout layout, ClusterResources resources, EngineRequest wanted) {
    Workload load = Workload.of(plan, layout);
    refuse(plan, wanted);
    requireResults(plan, load, resources.driver());
    FittedBasis.requireDenseProducts(plan, layout);
    MomentsPlan moments = new MomentsPlan(load, resources);
    FusedPlan fused = new FusedPlan(load, resources, moments.movement(), wanted.movement());
    Choice choice = new Choice(plan, load, moments, fused, wanted);
    EnginePlan made = choice.made(layout);
    return plan.curvePoints() < Math.min(longest(plan), LearningCurve.MOST_POINTS)
        ? made.because("curves of %d points, as there are so many".formatted(plan.curvePoints()))
        : made;
  }

  private static long longest(SearchPlan plan) {
    return plan.candidates().stream().mapToLong(c -> c.descending().epochs()).max().orElse(0);
  }

  /**
   * Refuses trials that in one job send back more than the driver takes: curve, model and a few
   * numbers each.
   */
  private static void requireResults(SearchPlan plan, Workload load, Driver driver) {
    double each = RESULT_BYTES + 8.0 * load.terms() * load.functions();
    double points = Math.min(plan.curvePoints(), longest(plan));
    double bytes = load.trials() * (each + LearningCurve.POINT_BYTES * points);
    if (!driver.takes(bytes)) {
      throw driver.tooMuch(
          "%,d trials".formatted(load.trials()), bytes, "take fewer candidates or folds");
    }
  }

  private static void refuse(SearchPlan plan, EngineRequest wanted) {
    String loss = plan.objective().loss().label();
    if (wanted.isFor(Engine.MOMENTS) && !isSquared(plan)) {
      throw new InvalidInputException(
          "'engine' (moments) is for the squared loss, and 'loss' is %s: take fused or auto"
              .formatted(loss));
    }
    if (wanted.isFor(Engine.MOMENTS) && wanted.movement().isPresent()) {
      throw new InvalidInputException(
          "'movement' (%s) is a way of the fused engine, and 'engine' is moments: keep one"
              .formatted(movement(wanted)));
    }
    refuseSql(wanted);
    boolean sql = wanted.isFor(Engine.SQL) || wanted.device().use() == Device.Use.GPU;
    if (sql && plan.objective().loss().target() == TargetType.MULTICLASS) {
      throw new InvalidInputException(
          "'loss' (%s) is trained by the fused engine on the CPU, and sql is asked for: leave out"
                  .formatted(loss)
              + " --engine and --device");
    }
    if (hasExact(plan)
        && isSquared(plan)
        && (wanted.isFor(Engine.FUSED) || wanted.movement().isPresent())) {
      throw new InvalidInputException(
          "'optimizer' (exact) is solved from moments for the squared loss, not by the fused"
              + " engine: leave out --engine and --movement, or take sgd, nesterov, adam, ...");
    }
    if (solvesOverRows(plan) && sql) {
      throw new InvalidInputException(
          "'optimizer' (exact) of 'loss' (%s) is solved by the fused engine on the CPU, and sql is"
                  .formatted(loss)
              + " asked for: leave out --engine and --device, or take sgd, nesterov, adam, ...");
    }
  }

  private static String movement(EngineRequest wanted) {
    return wanted.movement().map(Movement::label).orElse("auto");
  }

  private static void refuseSql(EngineRequest wanted) {
    boolean moves = wanted.movement().filter(way -> way != Movement.REDUCE).isPresent();
    if (wanted.isFor(Engine.SQL) && moves) {
      throw new InvalidInputException(
          "'movement' (%s) is a way of the fused engine, and 'engine' is sql: take auto or reduce"
              .formatted(movement(wanted)));
    }
    boolean cpuOnly = !wanted.isFor(Engine.SQL) && wanted.engine().isPresent();
    if (wanted.device().use() == Device.Use.GPU && (cpuOnly || moves)) {
      throw new InvalidInputException(
          "'device' (gpu) is for the sql engine, and %s asked for: leave it out"
              .formatted(
                  cpuOnly
                      ? "'engine' " + wanted.engine().get().label() + " is"
                      : "'movement' " + movement(wanted) + " is"));
    }
  }

  static boolean isSquared(SearchPlan plan) {
    return plan.objective().loss() instanceof Squared;
  }

  /**
   * Whether optima are asked for that moments do not tell, so that they are solved for over rows.
   */
  static boolean solvesOverRows(SearchPlan plan) {
    return hasExact(plan) && !isSquared(plan);
  }

  static boolean hasExact(SearchPlan plan) {
    return plan.candidates().stream().anyMatch(c -> c.optimizer() instanceof Exact);
  }
}
