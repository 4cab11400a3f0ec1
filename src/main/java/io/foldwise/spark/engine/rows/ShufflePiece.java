package io.foldwise.spark.engine.rows;

import io.foldwise.search.training.BlockSums;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** What travels from a partition to the task that brings a range of blocks together. */
public sealed interface ShufflePiece extends Serializable {
  /**
   * Where a piece comes from and goes to.
   *
   * @param reducer the task it goes to
   * @param partition the partition it comes from
   * @param sequence its number among that partition's pieces for the task
   */
  record Origin(int reducer, int partition, int sequence)
      implements Serializable, Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
      return Comparator.comparingInt(Origin::partition)
          .thenComparingInt(Origin::sequence)
          .compare(this, other);
    }
  }

  Origin origin();

  default int reducer() {
    return origin().reducer();
  }

  void addTo(BlockSums sums);

  /** The sums of a partition. */
  record Sums(Origin origin, BlockSums part) implements ShufflePiece {
    @Override
    public void addTo(BlockSums sums) {
      sums.merge(part);
    }
  }

  /**
   * The rows themselves, in runs of one block.
   *
   * @param blocks each run's block
   * @param ends each run's end among the rows
   * @param rows the rows, row-major
   * @param rowLength the length of a row
   */
  record Rows(Origin origin, long[] blocks, int[] ends, double[] rows, int rowLength)
      implements ShufflePiece {
    @Override
    public void addTo(BlockSums sums) {
      int from = 0;
      for (int run = 0; run < blocks.length; run++) {
        sums.addRows(blocks[run], rows, from * rowLength, ends[run] - from);
        from = ends[run];
      }
    }
  }

  /** Collects runs for one task. */
  final class RowsBuilder {
    private final int reducer;
    private final int partition;
    private final int rowLength;
    private int sequence;
    private int runs;
    private int count;
    private long[] blocks = new long[16];
    private int[] ends = new int[16];
    private double[] rows = new double[16];

    public RowsBuilder(int reducer, int partition, int rowLength) {
      this.reducer = reducer;
      this.partition = partition;
      this.rowLength = rowLength;
    }

    public void add(long block, double[] packed, int from, int more) {
      if (runs == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * runs);
        ends = Arrays.copyOf(ends, 2 * runs);
      }
      int length = (count + more) * rowLength;
      if (length > rows.length) {
        rows = Arrays.copyOf(rows, Math.max(length, 2 * rows.length));
      }
      System.arraycopy(packed, from, rows, count * rowLength, more * rowLength);
      count += more;
      blocks[runs] = block;
      ends[runs++] = count;
    }

    public long bytes() {
      return 8L * count * rowLength;
    }

    /** The piece of the runs since the last one, if there are any. */
    public Optional<ShufflePiece> build() {
      if (runs == 0) {
        return Optional.empty();
      }
      ShufflePiece piece =
          new Rows(
              new Origin(reducer, partition, sequence++),
              Arrays.copyOf(blocks, runs),
              Arrays.copyOf(ends, runs),
              Arrays.copyOf(rows, count * rowLength),
              rowLength);
      runs = 0;
      count = 0;
      return Optional.of(piece);
    }
  }
}
