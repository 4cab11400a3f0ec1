package io.foldwise.search.training;

import io.foldwise.search.Assignment;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The one shuffled order, cut at the minibatch borders of every batch size of a grid. A segment
 * lies between neighbouring borders; each minibatch of each batch size is a run of segments.
 */
public final class MinibatchBorders implements Serializable {
  private final Assignment assignment;
  private final List<Integer> minibatches;
  private final long[] starts;

  /**
   * @param minibatches the distinct numbers of minibatches per epoch, at least one of them
   */
  public MinibatchBorders(Assignment assignment, Collection<Integer> minibatches) {
    this.assignment = assignment;
    this.minibatches = List.copyOf(minibatches);
    this.starts =
        minibatches.stream()
            .flatMapToLong(m -> LongStream.range(0, m).map(b -> start(b, m)))
            .sorted()
            .distinct()
            .toArray();
  }

  /** The first position of minibatch b of m: the least p with ⌊p·m/positions⌋ ≥ b. */
  private long start(long b, int m) {
    return (b * assignment.positions() + m - 1) / m;
  }

  /** The distinct numbers of minibatches per epoch that are cut. */
  public List<Integer> minibatches() {
    return minibatches;
  }

  public Assignment assignment() {
    return assignment;
  }

  /** The minibatch borders, of all batch sizes together, above 0 and at or below a position. */
  public long bordersUpTo(long position) {
    return minibatches.stream().mapToLong(m -> assignment.minibatch(position, m)).sum();
  }

  /** The first position of a segment. */
  public long start(int segment) {
    return starts[segment];
  }

  public int segments() {
    return starts.length;
  }

  public int pieces() {
    return assignment.pieces();
  }

  /** The segment of a position. */
  public int segment(long position) {
    int found = Arrays.binarySearch(starts, position);
    return found >= 0 ? found : -found - 2;
  }

  /** The block of a row: segment·pieces + piece. */
  public long block(long position, int piece) {
    return (long) segment(position) * pieces() + piece;
  }

  /** The first segment of minibatch b of m; the number of segments where b = m. */
  public int firstSegment(int b, int m) {
    return b == m ? starts.length : segment(start(b, m));
  }
}
