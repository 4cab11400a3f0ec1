package io.foldwise.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * C += A·B on strips of two vectors of columns or one, arguments as in {@link BlockProduct}, four
 * rows at a time. The loops are written out by hand: only sums in local variables stay in
 * registers, and eight of them hide the latency of a multiply-add and leave room in AVX2's sixteen
 * registers. The methods are longer than what HotSpot inlines, for the reason in {@link
 * VectorExponential}.
 *
 * <p>The first {@code done} columns of a strip keep what C holds: a vector may reach back over
 * columns that are finished, or that belong to the row above.
 */
final class VectorTiles {
  /**
   * The species that netlib's loops take, by which MLlib's run. Two species in one virtual machine
   * leave HotSpot in doubt about the class of every vector: after MLlib had trained, loops of
   * SPECIES_PREFERRED, of the same width, took twice as long.
   */
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_MAX;

  static final int LANES = SPECIES.length();

  private static final boolean[] OPEN = new boolean[2 * LANES];

  static {
    Arrays.fill(OPEN, LANES, 2 * LANES, true);
  }

  private VectorTiles() {}

  /** Adds to a strip of two vectors, {@code second} columns apart, which may overlap. */
  static void addTwo(
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
      int cFrom,
      int second,
      int done) {
    VectorMask<Double> open0 = open(done);
    VectorMask<Double> open1 = open(done - second);
    int i = 0;
    for (; i + 4 <= height; i += 4) {
      int c0 = cFrom + i * m;
      int c1 = c0 + m;
      int c2 = c1 + m;
      int c3 = c2 + m;
      DoubleVector sum00 = load(c, c0);
      DoubleVector sum01 = load(c, c0 + second);
      DoubleVector sum10 = load(c, c1);
      DoubleVector sum11 = load(c, c1 + second);
      DoubleVector sum20 = load(c, c2);
      DoubleVector sum21 = load(c, c2 + second);
      DoubleVector sum30 = load(c, c3);
      DoubleVector sum31 = load(c, c3 + second);
      int at = aFrom + i * rowStep;
      int row = bFrom;
      for (int k = 0; k < depth; k++) {
        DoubleVector b0 = load(b, row);
        DoubleVector b1 = load(b, row + second);
        DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[at]);
        sum00 = a0.fma(b0, sum00);
        sum01 = a0.fma(b1, sum01);
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[at + rowStep]);
        sum10 = a1.fma(b0, sum10);
        sum11 = a1.fma(b1, sum11);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[at + 2 * rowStep]);
        sum20 = a2.fma(b0, sum20);
        sum21 = a2.fma(b1, sum21);
        DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[at + 3 * rowStep]);
        sum30 = a3.fma(b0, sum30);
        sum31 = a3.fma(b1, sum31);
        at += depthStep;
        row += bStep;
      }
      store(sum00, c, c0, open0);
      store(sum01, c, c0 + second, open1);
      store(sum10, c, c1, open0);
      store(sum11, c, c1 + second, open1);
      store(sum20, c, c2, open0);
      store(sum21, c, c2 + second, open1);
      store(sum30, c, c3, open0);
      store(sum31, c, c3 + second, open1);
    }
    for (; i < height; i++) {
      int c0 = cFrom + i * m;
      DoubleVector sum0 = load(c, c0);
      DoubleVector sum1 = load(c, c0 + second);
      int at = aFrom + i * rowStep;
      int row = bFrom;
      for (int k = 0; k < depth; k++) {
        DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[at]);
        sum0 = a0.fma(load(b, row), sum0);
        sum1 = a0.fma(load(b, row + second), sum1);
        at += depthStep;
        row += bStep;
      }
      store(sum0, c, c0, open0);
      store(sum1, c, c0 + second, open1);
    }
  }

  /**
   * Adds to a strip of one vector, stored row after row since it may reach back into the row above.
   */
  static void addOne(
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
      int cFrom,
      int done) {
    VectorMask<Double> open = open(done);
    int i = 0;
    for (; i + 4 <= height; i += 4) {
      int c0 = cFrom + i * m;
      DoubleVector sum0 = load(c, c0);
      DoubleVector sum1 = load(c, c0 + m);
      DoubleVector sum2 = load(c, c0 + 2 * m);
      DoubleVector sum3 = load(c, c0 + 3 * m);
      int at = aFrom + i * rowStep;
      int row = bFrom;
      for (int k = 0; k < depth; k++) {
        DoubleVector b0 = load(b, row);
        sum0 = DoubleVector.broadcast(SPECIES, a[at]).fma(b0, sum0);
        sum1 = DoubleVector.broadcast(SPECIES, a[at + rowStep]).fma(b0, sum1);
        sum2 = DoubleVector.broadcast(SPECIES, a[at + 2 * rowStep]).fma(b0, sum2);
        sum3 = DoubleVector.broadcast(SPECIES, a[at + 3 * rowStep]).fma(b0, sum3);
        at += depthStep;
        row += bStep;
      }
      store(sum0, c, c0, open);
      store(sum1, c, c0 + m, open);
      store(sum2, c, c0 + 2 * m, open);
      store(sum3, c, c0 + 3 * m, open);
    }
    for (; i < height; i++) {
      DoubleVector sum = load(c, cFrom + i * m);
      int at = aFrom + i * rowStep;
      int row = bFrom;
      for (int k = 0; k < depth; k++) {
        sum = DoubleVector.broadcast(SPECIES, a[at]).fma(load(b, row), sum);
        at += depthStep;
        row += bStep;
      }
      store(sum, c, cFrom + i * m, open);
    }
  }

  static DoubleVector load(double[] values, int at) {
    return DoubleVector.fromArray(SPECIES, values, at);
  }

  /** The mask of the lanes from {@code done} on. */
  static VectorMask<Double> open(int done) {
    return VectorMask.fromArray(SPECIES, OPEN, LANES - Math.max(0, Math.min(done, LANES)));
  }

  /** Stores the open lanes of a vector. */
  static void store(DoubleVector sum, double[] c, int at, VectorMask<Double> open) {
    load(c, at).blend(sum, open).intoArray(c, at);
  }
}
