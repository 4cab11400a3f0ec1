package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.LabelledRows;
import io.foldwise.learn.optim.MinibatchRows;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.FoldSums;
import java.io.Serializable;

/**
 * The rows of a partition in the shuffled order: by segment, then by fold.
 *
 * @param rows the rows in the fitted basis, about the shift
 * @param segments the segment of {@link MinibatchBorders} of each row, ascending
 * @param sums the sums of each fold's rows, those of some other parts included
 * @param labelsFit whether the loss can take every label
 */
record PackedPart(LabelledRows rows, int[] segments, FoldSums sums, boolean labelsFit)
    implements Serializable {

  /** The rows as minibatches, m of them an epoch. */
  MinibatchRows cut(MinibatchBorders borders, int m) {
    int[] starts = new int[m + 1];
    int row = 0;
    for (int b = 0; b <= m; b++) {
      int segment = borders.firstSegment(b, m);
      while (row < segments.length && segments[row] < segment) {
        row++;
      }
      starts[b] = row;
    }
    return new MinibatchRows(rows, starts);
  }

  /** The rows of minibatch b of m. */
  Range range(MinibatchBorders borders, int m, int b) {
    return new Range(first(borders.firstSegment(b, m)), first(borders.firstSegment(b + 1, m)));
  }

  /** The first row of a segment, or of a later one. */
  private int first(int segment) {
    int low = 0;
    int high = segments.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments[middle] < segment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Rows from {@code from} to before {@code to}. */
  record Range(int from, int to) {}
}
