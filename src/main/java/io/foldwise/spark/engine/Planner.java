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

/** Chooses how a plan is computed, from its loss, rows, features, batch sizes and trials. */
final class Planner {
  private static final String SUMS = "sums";
  private static final String ROWS = "rows";

  /** What the sums of a task may take of the heap: they stand there beside their broadcast. */
  private static final double HEAP_SHARE = 0.25;

  private Planner() {}

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
   * @param partitions of the rows
   * @param cores that work at once
   * @throws InvalidInputException if its moments do not fit into memory
   */
  static EnginePlan plan(SearchPlan plan, int features, int partitions, int cores) {
    Assignment assignment = plan.assignment();
    int terms = PolynomialBasis.terms(features, plan.degree());
    long segments = minibatches(plan).stream().mapToLong(Integer::longValue).sum();
    long blocks = Math.min(assignment.rows(), segments * assignment.folds());
    long bytes = 8L * blocks * PackedSymmetric.length(terms + 2);
    checkMemory(bytes, blocks, terms);
    boolean bringRows =
        partitions > 1 && (double) partitions * bytes > 8.0 * assignment.rows() * terms;
    boolean powers =
        plan.degree() > 1 && plan.objective().basis() == PolynomialBasis.Kind.CHEBYSHEV;
    int trials = plan.candidates().size() * assignment.folds();
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
        (powers ? 2 : 1) + (plan.judging().metric().needsRows() ? 1 : 0),
        bytes,
        Math.min(trials, 2 * cores));
  }

  private static void checkMemory(long bytes, long blocks, int terms) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > HEAP_SHARE * heap) {
      throw new InvalidInputException(
          ("the moments of %,d blocks of %,d terms take %,d MiB, and a quarter of the driver's %,d"
                  + " MiB is allowed: take a larger 'batch-size', a lower 'degree', or more"
                  + " --driver-memory")
              .formatted(blocks, terms, bytes >> 20, heap >> 20));
    }
  }

  static MomentsAggregate.Movement movement(EnginePlan choice) {
    return choice.movement().equals(ROWS)
        ? MomentsAggregate.Movement.ROWS
        : MomentsAggregate.Movement.SUMS;
  }
}
