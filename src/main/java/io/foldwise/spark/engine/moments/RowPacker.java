package io.foldwise.spark.engine.moments;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A chunk of rows of one partition as arrays: each row √w·(1, b − s, y − s_y) in the fitted basis,
 * with its block. Sorted by block, runs of a block lie side by side and go through one GEMM.
 */
final class RowPacker {
  /** Receives the rows of a block, which lie side by side. */
  interface Run {
    void accept(long block, double[] rows, int from, int count);
  }

  private static final int CHUNK_BYTES = 16 << 20;
  private static final int MOST_ROWS = 1 << 20;
  private static final int FIRST_ROWS = 1024;

  private final RowReader reader;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final MinibatchBorders borders;
  private final int q;
  private final int capacity;
  private final double[] x;
  private final double[] scratch;
  private double[] rows;
  private double[] sorted = new double[0];
  private long[] blocks;
  private int count;

  RowPacker(PolynomialBasis basis, Shift shift, MinibatchBorders borders, RowReader reader) {
    this.reader = reader;
    this.basis = basis;
    this.shift = shift;
    this.borders = borders;
    this.q = basis.terms() + 2;
    this.capacity = Math.max(1, Math.min(MOST_ROWS, CHUNK_BYTES / 8 / q));
    this.x = new double[basis.features().size()];
    this.scratch = new double[basis.scratchLength()];
    int first = Math.min(capacity, FIRST_ROWS);
    this.rows = new double[first * q];
    this.blocks = new long[first];
  }

  boolean isFull() {
    return count == capacity;
  }

  /** Adds a row. */
  void add(InternalRow row) {
    if (count == blocks.length) {
      int more = Math.min(capacity, 2 * count);
      rows = Arrays.copyOf(rows, more * q);
      blocks = Arrays.copyOf(blocks, more);
    }
    reader.featuresInto(row, x);
    int at = count * q;
    rows[at] = 1;
    basis.expandInto(x, rows, at + 1, scratch);
    for (int term = 0; term < q - 2; term++) {
      rows[at + 1 + term] -= shift.feature(term);
    }
    rows[at + q - 1] = reader.label(row) - shift.label();
    scale(at, Math.sqrt(reader.weight(row)));
    blocks[count++] = borders.block(reader.position(row), reader.fold(row));
  }

  private void scale(int from, double factor) {
    for (int at = from; at < from + q && factor != 1; at++) {
      rows[at] *= factor;
    }
  }

  /** Hands over all rows, block by block, and starts again. */
  void flush(Run run) {
    int[] order = borders.blocks() <= count ? byCounting() : bySorting();
    if (sorted.length < count * q) {
      sorted = new double[count * q];
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows, order[row] * q, sorted, row * q, q);
    }
    for (int from = 0, to = 0; from < count; from = to) {
      long block = blocks[order[from]];
      while (to < count && blocks[order[to]] == block) {
        to++;
      }
      run.accept(block, sorted, from * q, to - from);
    }
    count = 0;
  }

  /** The rows by their block and the order in which they came, by counting those of each block. */
  private int[] byCounting() {
    int[] next = new int[(int) borders.blocks() + 1];
    for (int row = 0; row < count; row++) {
      next[(int) blocks[row] + 1]++;
    }
    for (int block = 1; block < next.length; block++) {
      next[block] += next[block - 1];
    }
    int[] order = new int[count];
    for (int row = 0; row < count; row++) {
      order[next[(int) blocks[row]]++] = row;
    }
    return order;
  }

  /** The same order, where there are more blocks than rows. */
  private int[] bySorting() {
    long[] keys = new long[count];
    for (int row = 0; row < count; row++) {
      keys[row] = blocks[row] * MOST_ROWS + row;
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    Arrays.setAll(order, at -> (int) (keys[at] % MOST_ROWS));
    return order;
  }
}
