package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.LabelledRows;
import io.foldwise.math.ColumnSumsAccumulator;
import io.foldwise.math.DenseStore;
import io.foldwise.math.RowStore;
import io.foldwise.math.SparseStore;
import io.foldwise.spark.engine.rows.FoldSums;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;

/** Collects rows and sorts them into the shuffled order. */
final class PartBuilder {
  private static final int MOST_ROWS = 1 << 22;
  private static final int ROW_BITS = 24;

  /** Receives the rows of a segment. */
  interface Parts {
    void accept(int segment, PackedPart part);
  }

  private final Packing packing;
  private final int terms;
  private final RowStore store;
  private final ColumnSumsAccumulator[] sums;
  private final double[] x;
  private final double[] scratch;
  private double[] labels = new double[64];
  private double[] weights = new double[64];
  private int[] folds = new int[64];
  private int[] segments = new int[64];
  private boolean labelsFit = true;
  private FoldSums appended;

  PartBuilder(Packing packing) {
    this.packing = packing;
    this.terms = packing.basis().terms();
    boolean sparse = packing.reader().layout().sparse();
    this.store = sparse ? new SparseStore(terms + 1) : new DenseStore(terms + 1);
    this.x = new double[sparse ? 0 : packing.basis().features().size()];
    this.scratch = new double[packing.basis().scratchLength()];
    this.sums = new ColumnSumsAccumulator[packing.borders().pieces()];
    this.appended = new FoldSums(terms);
  }

  boolean isFull() {
    return store.rows() >= MOST_ROWS || store.bytes() >= Packing.PART_BYTES;
  }

  void add(InternalRow row) {
    RowReader reader = packing.reader();
    double y = reader.label(row);
    labelsFit &= packing.loss().takes(y);
    double weight = reader.weight(row);
    labelsFit &= weight >= 0;
    int fold = reader.fold(row);
    if (sums[fold] == null) {
      sums[fold] = new ColumnSumsAccumulator(terms);
    }
    ColumnSumsAccumulator ofFold = sums[fold];
    int at = store.rows();
    reserve(at + 1);
    if (store instanceof DenseStore dense) {
      addDense(row, dense, ofFold, weight);
    } else {
      addSparse(row, (SparseStore) store, ofFold, weight);
    }
    labels[at] = y - packing.shift().label();
    weights[at] = weight;
    folds[at] = fold;
    segments[at] = packing.borders().segment(reader.position(row));
    ofFold.endRow(labels[at], weight);
  }

  private void addDense(
      InternalRow row, DenseStore dense, ColumnSumsAccumulator ofFold, double weight) {
    packing.reader().featuresInto(row, x);
    int from = dense.begin();
    double[] values = dense.values();
    packing.basis().expandInto(x, values, from, scratch);
    for (int term = 0; term < terms; term++) {
      values[from + term] -= packing.shift().feature(term);
    }
    ofFold.addFeatures(values, from, weight);
  }

  private void addSparse(
      InternalRow row, SparseStore sparse, ColumnSumsAccumulator ofFold, double weight) {
    packing
        .reader()
        .entries(
            row,
            (feature, value) -> {
              sparse.add(feature + 1, value);
              ofFold.add(feature, value, weight);
            });
    sparse.endRow();
  }

  private void reserve(int rows) {
    if (rows > labels.length) {
      int length = Math.max(rows, 2 * labels.length);
      labels = Arrays.copyOf(labels, length);
      weights = Arrays.copyOf(weights, length);
      folds = Arrays.copyOf(folds, length);
      segments = Arrays.copyOf(segments, length);
    }
  }

  /** Appends rows that were packed before. */
  void append(PackedPart part) {
    LabelledRows rows = part.rows();
    int at = store.rows();
    int n = rows.x().rows();
    reserve(at + n);
    store.append(rows.x());
    System.arraycopy(rows.labels(), 0, labels, at, n);
    System.arraycopy(rows.folds(), 0, folds, at, n);
    System.arraycopy(part.segments(), 0, segments, at, n);
    for (int i = 0; i < n; i++) {
      weights[at + i] = rows.weight(i);
    }
    appended.merge(part.sums());
    labelsFit &= part.labelsFit();
  }

  /** All rows as one part, in order. */
  PackedPart build() {
    int[] order = order();
    return part(order, 0, order.length, foldSums());
  }

  /** Gives the rows of each segment as a part, in order; the sums of all go with the first. */
  void split(Segmentation segmentation, Parts parts) {
    int[] order = order();
    FoldSums all = foldSums();
    int from = 0;
    for (int segment = 0; segment < segmentation.segments(); segment++) {
      int end = segmentation.firstBorder(segment + 1);
      int to = from;
      while (to < order.length && segments[order[to]] < end) {
        to++;
      }
      if (to > from) {
        parts.accept(segment, part(order, from, to, all));
        all = new FoldSums(terms);
      }
      from = to;
    }
  }

  private FoldSums foldSums() {
    for (int fold = 0; fold < sums.length; fold++) {
      if (sums[fold] != null) {
        appended.add(fold, sums[fold].sums());
        sums[fold] = null;
      }
    }
    return appended;
  }

  /** The rows by segment, fold and arrival. */
  private int[] order() {
    long folding = packing.borders().pieces();
    if (store.rows() >= 1 << ROW_BITS) {
      throw new IllegalStateException(store.rows() + " rows in one part");
    }
    long[] keys = new long[store.rows()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = ((segments[row] * folding + folds[row]) << ROW_BITS) + row;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int at = 0; at < order.length; at++) {
      order[at] = (int) (keys[at] & ((1L << ROW_BITS) - 1));
    }
    return order;
  }

  private PackedPart part(int[] order, int from, int to, FoldSums foldSums) {
    int n = to - from;
    boolean weighted = packing.reader().layout().weighted();
    double[] y = new double[n];
    double[] w = new double[weighted ? n : 0];
    int[] f = new int[n];
    int[] s = new int[n];
    for (int i = 0; i < n; i++) {
      int row = order[from + i];
      y[i] = labels[row];
      f[i] = folds[row];
      s[i] = segments[row];
      if (weighted) {
        w[i] = weights[row];
      }
    }
    LabelledRows rows = new LabelledRows(store.gather(order, from, to), y, w, f);
    return new PackedPart(rows, s, foldSums, labelsFit);
  }
}
