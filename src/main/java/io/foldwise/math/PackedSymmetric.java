package io.foldwise.math;

/**
 * Index arithmetic of a symmetric q × q matrix stored as its lower triangle, row by row: element
 * (i, j), j ≤ i, stands at i(i+1)/2 + j. A leading sub-matrix is a prefix of the array.
 */
public final class PackedSymmetric {
  private PackedSymmetric() {}

  /** The number of stored elements, q(q+1)/2. */
  public static int length(int q) {
    return Math.toIntExact((long) q * (q + 1) / 2);
  }

  /** The position of element (i, j); the order of i and j does not matter. */
  public static int index(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }
}
