package io.foldwise.search.training;

import io.foldwise.math.PackedSymmetric;
import io.foldwise.search.Assignment;
import io.foldwise.search.SearchPlan;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * How finely the shuffled order is cut, beyond the minibatches of training, so that the blocks can
 * be dealt into folds anew. It depends on the plan and the number of terms alone, so that the
 * blocks are the same on every cluster.
 *
 * <p>Up to {@value #BLOCKS} rows, each row is a block. Of more, there are about {@value #BLOCKS}
 * blocks, as far as their moments take no more than 4 MiB, or an eighth of the rows, and 32 MiB at
 * most.
 */
public final class FinerCut {
  /** The blocks that are aimed at, N. */
  public static final int BLOCKS = 300;

  /** The fewest blocks that are worth it: two for each of ten folds. */
  public static final int FEWEST = 20;

  /** The most sums of all blocks, and how many are allowed whatever the rows. */
  private static final long MOST_SUMS = 1 << 22;

  private static final long SMALL = 1 << 19;

  /** The share of the numbers in the rows that sums may come to. */
  private static final long SHARE = 8;

  private FinerCut() {}

  /** The numbers of minibatches of training, and beside them that of {@link #segments}, if any. */
  public static List<Integer> withSegments(SearchPlan plan, List<Integer> minibatches, int terms) {
    int segments = segments(plan, minibatches, terms);
    return segments == 0 || minibatches.contains(segments)
        ? minibatches
        : Stream.concat(minibatches.stream(), Stream.of(segments)).toList();
  }

  /**
   * The number of segments to cut the order into; 0 where the minibatches of training do, or
   * nothing is to be dealt anew.
   *
   * @param minibatches the numbers of minibatches of training
   * @param terms the number of fitted columns
   */
  public static int segments(SearchPlan plan, List<Integer> minibatches, int terms) {
    Assignment assignment = plan.assignment();
    int folds = assignment.folds();
    if (!plan.regroups() || folds == 1) {
      return 0;
    }
    long sums = Math.max(SMALL, Math.min(MOST_SUMS, assignment.rows() * terms / SHARE));
    long most = sums / PackedSymmetric.length(terms + 2);
    boolean single = assignment.rows() <= BLOCKS && assignment.positions() == assignment.rows();
    if (single && assignment.rows() <= most) {
      return (int) assignment.rows();
    }
    long wanted = Math.min((BLOCKS + folds - 1) / folds, most / folds);
    long own = minibatches.stream().mapToLong(Integer::longValue).sum();
    if (own >= wanted) {
      return 0;
    }
    int largest = Collections.max(minibatches);
    long segments = wanted / largest * largest;
    return segments > own && segments * folds >= FEWEST ? (int) segments : 0;
  }
}
