package io.foldwise.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of C, four rows by two vectors, whose sums stay in registers. Where the columns are no
 * whole number of vectors the last ones overlap those before, and only their new lanes are stored.
 */
final class VectorProduct implements BlockProduct {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final DoubleVector LANE = DoubleVector.zero(SPECIES).addIndex(1);

  private final ScalarProduct narrow = new ScalarProduct();

  @Override
  public void add(
      double[] a,
      int aFrom,
      int height,
      int rowStep,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int m,
      double[] c,
      int cFrom) {
    if (m < LANES) {
      narrow.add(a, aFrom, height, rowStep, depth, depthStep, b, bFrom, m, c, cFrom);
      return;
    }
    for (int j = 0; j < m; j += 2 * LANES) {
      int first = Math.max(0, Math.min(j, m - 2 * LANES));
      int second = Math.min(first + LANES, m - LANES);
      for (int i = 0; i < height; i++) {
        int at = aFrom + i * rowStep;
        int bAt = bFrom;
        int cAt = cFrom + i * m;
        DoubleVector sum0 = DoubleVector.fromArray(SPECIES, c, cAt + first);
        DoubleVector sum1 = DoubleVector.fromArray(SPECIES, c, cAt + second);
        for (int k = 0; k < depth; k++) {
          DoubleVector x = DoubleVector.broadcast(SPECIES, a[at]);
          sum0 = x.fma(DoubleVector.fromArray(SPECIES, b, bAt + first), sum0);
          sum1 = x.fma(DoubleVector.fromArray(SPECIES, b, bAt + second), sum1);
          at += depthStep;
          bAt += m;
        }
        store(sum0, c, cAt + first, j - first);
        store(sum1, c, cAt + second, Math.max(j, first + LANES) - second);
      }
    }
  }

  private static void store(DoubleVector sum, double[] c, int at, int done) {
    if (done == 0) {
      sum.intoArray(c, at);
    } else {
      DoubleVector old = DoubleVector.fromArray(SPECIES, c, at);
      old.blend(sum, LANE.compare(VectorOperators.GE, (double) done)).intoArray(c, at);
    }
  }
}
