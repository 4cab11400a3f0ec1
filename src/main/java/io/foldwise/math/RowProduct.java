package io.foldwise.math;

/**
 * Products of one sparse row x, whose numbers are {@code values[at]} in the ascending columns
 * {@code indices[at]}, from ≤ at &lt; to. Matrices are row-major with m columns.
 *
 * <p>An element's terms are added in order, each by one fused multiply-add, so that all
 * implementations give the same bits. The arguments are many for the reason that {@link
 * BlockProduct} gives.
 */
interface RowProduct {
  /** z += xᵀ·B, where z is the m numbers from {@code zFrom} on. */
  void add(
      double[] values, int[] indices, int from, int to, double[] b, int m, double[] z, int zFrom);

  /** G += x·rᵀ, where r is the m numbers from {@code rFrom} on. */
  void addOuter(
      double[] values, int[] indices, int from, int to, double[] r, int rFrom, int m, double[] g);
}
