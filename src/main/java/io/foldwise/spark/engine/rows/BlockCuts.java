package io.foldwise.spark.engine.rows;

import io.foldwise.search.Assignment;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The one shuffled order, cut at the minibatch borders of every batch size of a grid. A segment
 * lies between neighbouring cuts; each minibatch of each batch size is a run of segments.
 */
public final class BlockCuts implements Serializable {
  private final Assignment assignment;
  private final List<Integer> minibatches;
  private final long[] starts;

  /**
   * @param minibatches the distinct numbers of minibatches per epoch, at least one of them
   */
  public BlockCuts(Assignment assignment, Collection<Integer> minibatches) {
    this.assignment = assignment;
    this.minibatches = List.copyOf(minibatches);
    this.starts =
        minibatches.stream()
            .flatMapToLong(m -> LongStream.range(0, m).map(b -> start(b, m)))
            .sorted()
            .distinct()
            .toArray();
  }

  /** The first place of minibatch b of m: the least p with ⌊p·m/places⌋ ≥ b. */
  private long start(long b, int m) {
    return (b * assignment.places() + m - 1) / m;
  }

  /** The distinct numbers of minibatches per epoch that are cut. */
  public List<Integer> minibatches() {
    return minibatches;
  }

  public Assignment assignment() {
    return assignment;
  }

  /** The minibatch borders, of all batch sizes together, above 0 and at or below a place. */
  public long bordersUpTo(long place) {
    return minibatches.stream().mapToLong(m -> assignment.minibatch(place, m)).sum();
  }

  /** The first place of a segment. */
  public long start(int segment) {
    return starts[segment];
  }

  public int segments() {
    return starts.length;
  }

  public int folds() {
    return assignment.folds();
  }

  /** The segment of a place. */
  public int segment(long place) {
    int found = Arrays.binarySearch(starts, place);
    return found >= 0 ? found : -found - 2;
  }

  /** The block of a row: segment·folds + fold. */
  public long block(long place, int fold) {
    return (long) segment(place) * folds() + fold;
  }

  /** The first segment of minibatch b of m; of b = m, the number of segments. */
  public int firstSegment(int b, int m) {
    return b == m ? starts.length : segment(start(b, m));
  }
}
