package io.foldwise.search.training;

import io.foldwise.search.Assignment;
import java.io.Serializable;
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

  /** The segment of the first position of each of as many equal parts of the order, about. */
  private final int[] near;

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
    this.near = new int[starts.length];
    for (int part = 0, at = 0; part < near.length; part++) {
      double first = (double) part / near.length * assignment.positions();
      while (at + 1 < starts.length && starts[at + 1] <= first) {
        at++;
      }
      near[part] = at;
    }
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

  /** The number of blocks, one for each segment and piece. */
  public long blocks() {
    return (long) segments() * pieces();
  }

  public int pieces() {
    return assignment.pieces();
  }

  /** The segment of a position. */
  public int segment(long position) {
    int part = (int) ((double) position / assignment.positions() * near.length);
    int segment = near[Math.min(part, near.length - 1)];
    while (starts[segment] > position) {
      segment--;
    }
    while (segment + 1 < starts.length && starts[segment + 1] <= position) {
      segment++;
    }
    return segment;
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
