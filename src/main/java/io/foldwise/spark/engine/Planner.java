package io.foldwise.spark.engine;

import io.foldwise.learn.Optimizer;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.math.PackedSymmetric;
import io.foldwise.search.Assignment;
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
  private static final String SUMS = "sums";
  private static final String ROWS = "rows";

  /** What moments may take of the driver's heap while they are brought together. */
  private static final double HEAP_SHARE = 0.6;

  private Planner() {}

  /**
   * What there is to work with.
   *
   * @param partitions of the rows
   * @param cores that work at once
   * @param tasksAHeap tasks that share a heap; an executor's is taken to be as large as the
   *     driver's
   */
  record Workplace(int partitions, int cores, int tasksAHeap) {
    static Workplace of(Dataset<Row> rows) {
      SparkContext context = rows.sparkSession().sparkContext();
      int cores = context.defaultParallelism();
      return new Workplace(
          rows.queryExecution().toRdd().getNumPartitions(),
          cores,
          context.isLocal() ? cores : context.getConf().getInt("spark.executor.cores", 1));
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
   * @param features d, before powers
   * @throws InvalidInputException if its moments do not fit into memory
   */
  static EnginePlan plan(SearchPlan plan, int features, Workplace workplace) {
    Assignment assignment = plan.assignment();
    int terms = PolynomialBasis.terms(features, plan.degree());
    long segments = minibatches(plan).stream().mapToLong(Integer::longValue).sum();
    long blocks = Math.min(assignment.rows(), segments * assignment.folds());
    long bytes = 8L * blocks * PackedSymmetric.length(terms + 2);
    boolean sumsFit = fits(bytes, workplace.tasksAHeap);
    boolean sumsOutweighRows =
        (double) workplace.partitions * bytes > 8.0 * assignment.rows() * terms;
    boolean bringRows = workplace.partitions > 1 && (sumsOutweighRows || !sumsFit);
    if (!sumsFit && !(bringRows && fits(bytes, 1))) {
      throw tooLarge(bytes, blocks, terms);
    }
    boolean powers =
        plan.degree() > 1 && plan.objective().basis() == PolynomialBasis.Kind.CHEBYSHEV;
    long trials = (long) plan.candidates().size() * assignment.folds();
    return new EnginePlan(
        "moments",
        bringRows ? ROWS : SUMS,
        "cpu",
        "squared loss: one aggregate of %,d block%s of %,d moments serves %,d trial%s"
            .formatted(
                blocks,
                blocks == 1 ? "" : "s",
                PackedSymmetric.length(terms + 2),
                trials,
                trials == 1 ? "" : "s"),
        (powers ? 2 : 1) + (plan.judging().metric().needsRows(plan.objective().loss()) ? 1 : 0),
        bytes,
        (int) Math.min(trials, 2L * workplace.cores));
  }

  /**
   * Whether the heap holds the moments once and as many tasks' sums of all blocks, compensated and
   * so of twice the size. Where rows meet, the tasks hold them all only once.
   */
  private static boolean fits(long bytes, int tables) {
    return 2.0 * bytes * (1 + tables) <= HEAP_SHARE * Runtime.getRuntime().maxMemory();
  }

  private static InvalidInputException tooLarge(long bytes, long blocks, int terms) {
    return new InvalidInputException(
        ("the moments of %,d blocks of %,d terms take %,d MiB, too much for the driver's %,d MiB: take"
                + " a larger 'batch-size', a lower 'degree', or more --driver-memory")
            .formatted(blocks, terms, bytes >> 20, Runtime.getRuntime().maxMemory() >> 20));
  }

  static MomentsAggregate.Movement movement(EnginePlan choice) {
    return choice.movement().equals(ROWS)
        ? MomentsAggregate.Movement.ROWS
        : MomentsAggregate.Movement.SUMS;
  }
}
