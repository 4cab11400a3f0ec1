package io.foldwise.math;

/**
 * Rows while they are collected, to become a {@link RowMatrix} in another order. Column 0, the
 * ones, stands in every row.
 */
public sealed interface RowStore permits DenseStore, SparseStore {
  /** The number of rows so far. */
  int rows();

  /** The memory that the rows take, in bytes. */
  long bytes();

  /** Appends the rows of a matrix of the same kind and width. */
  void append(RowMatrix matrix);

  /** The rows order[from] … order[to − 1], copied. */
  RowMatrix gather(int[] order, int from, int to);
}
