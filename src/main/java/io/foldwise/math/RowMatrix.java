package io.foldwise.math;

import java.io.Serializable;

/**
 * The rows of a data matrix X, n × (columns), whose column 0 is the constant 1, and the two
 * products by which M linear functions are trained side by side on them:
 *
 * <pre>
 *   Z = X·B     scores     B is p × m: the m trials of one feature lie side by side
 *   G += Xᵀ·R   gradients  R is the derivative of the loss at Z, n × m
 * </pre>
 *
 * <p>Both take the leading p columns alone, so that trials of fewer features share the rows. All
 * matrices are row-major and start at element 0 of their arrays. NaN and infinities go through by
 * IEEE's rules. An element's products are added one by one, in the order of the columns or rows, by
 * fused multiply-adds, so that neither the cuts of the rows into panels nor the machine's vectors
 * show in a single bit. Nothing is allocated. A matrix is immutable.
 */
public sealed interface RowMatrix extends Serializable permits DenseRows, SparseRows {

  /** n ≥ 0, the number of rows. */
  int rows();

  /** The number of columns, at least 1: the constant's is counted. */
  int columns();

  /**
   * Z = X·B over the rows from … from + count − 1.
   *
   * @param p 1 ≤ p ≤ columns, the leading columns that enter
   * @param b B, p × m
   * @param m ≥ 1
   * @param z Z, count × m, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void timesInto(int from, int count, int p, double[] b, int m, double[] z);

  /**
   * G += Xᵀ·R over the rows from … from + count − 1.
   *
   * @param p 1 ≤ p ≤ columns, the leading columns that enter
   * @param r R, count × m
   * @param m ≥ 1
   * @param g G, p × m, added to
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g);

  /**
   * S = diag(f)·X over the rows from … from + count − 1, zeros included.
   *
   * @param p 1 ≤ p ≤ columns, the leading columns that enter
   * @param factors f; the factor of the i-th row stands at {@code factors[i · stride + offset]}
   * @param s S, row-major count × p, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void scaledInto(int from, int count, int p, double[] factors, int stride, int offset, double[] s);

  /**
   * How many rows to take at a time, so that a panel of X and Z stays in a core's second cache from
   * one product to the next: half a MiB, in blocks of rows, at most 512. Measured on a cache of 1
   * MiB; the rate is flat around that size, and falls by half where p = 1001 and the panel is ten
   * times as large.
   */
  static int panelRows(int p, int m) {
    int fitting = (1 << 16) / (p + m) / DenseRows.HEIGHT * DenseRows.HEIGHT;
    return Math.max(DenseRows.HEIGHT, Math.min(512, fitting));
  }
}
