package io.foldwise.math;

/**
 * C += A·B on a block that is small enough for the caches.
 *
 * <p>A is read by two steps, so that a matrix and its transpose are the same to it. The twelve
 * arguments are those of BLAS: a record of them would be garbage for every block.
 */
interface BlockProduct {
  /**
   * Adds the product; an element's terms in the order of k, each by one fused multiply-add, so that
   * all implementations give the same bits.
   *
   * @param a A(i, k) = a[aFrom + i·rowStep + k·depthStep], height × depth
   * @param b B(k, j) = b[bFrom + k·bStep + j], depth × m
   * @param c C(i, j) = c[cFrom + i·m + j], height × m, added to
   */
  void add(
      double[] a,
      int aFrom,
      int height,
      int rowStep,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int bStep,
      int m,
      double[] c,
      int cFrom);
}
