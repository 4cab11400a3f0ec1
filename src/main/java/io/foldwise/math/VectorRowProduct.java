package io.foldwise.math;

import static io.foldwise.math.VectorTiles.LANES;
import static io.foldwise.math.VectorTiles.SPECIES;
import static io.foldwise.math.VectorTiles.load;
import static io.foldwise.math.VectorTiles.open;
import static io.foldwise.math.VectorTiles.store;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * Products by strips of two vectors or one, of which the last reach back as in {@link
 * VectorProduct}: the strip of z or r stays in registers while the numbers of the row pass.
 */
final class VectorRowProduct implements RowProduct {
  private final ScalarRowProduct plain = new ScalarRowProduct();

  @Override
  public void add(
      double[] values, int[] indices, int from, int to, double[] b, int m, double[] z, int zFrom) {
    if (from == to) {
      return;
    }
    int back = Math.min(0, m - LANES);
    if (m < 3 || zFrom + back < 0 || indices[from] * m + back < 0) {
      plain.add(values, indices, from, to, b, m, z, zFrom);
      return;
    }
    int j = 0;
    for (; m - j > LANES; j += 2 * LANES) {
      int first = Math.max(0, Math.min(j, m - 2 * LANES));
      int second = Math.min(first + LANES, m - LANES);
      addTwo(values, indices, from, to, b, m, z, zFrom, first, second, j);
    }
    if (j < m) {
      addOne(values, indices, from, to, b, m, z, zFrom, j);
    }
  }

  @Override
  public void addOuter(
      double[] values, int[] indices, int from, int to, double[] r, int rFrom, int m, double[] g) {
    if (from == to) {
      return;
    }
    int back = Math.min(0, m - LANES);
    if (m < 3 || rFrom + back < 0 || indices[from] * m + back < 0) {
      plain.addOuter(values, indices, from, to, r, rFrom, m, g);
      return;
    }
    int j = 0;
    for (; m - j > LANES; j += 2 * LANES) {
      int first = Math.max(0, Math.min(j, m - 2 * LANES));
      int second = Math.min(first + LANES, m - LANES);
      addOuterTwo(values, indices, from, to, r, rFrom, m, g, first, second, j);
    }
    if (j < m) {
      addOuterOne(values, indices, from, to, r, rFrom, m, g, j);
    }
  }

  private static void addTwo(
      double[] values,
      int[] indices,
      int from,
      int to,
      double[] b,
      int m,
      double[] z,
      int zFrom,
      int first,
      int second,
      int done) {
    DoubleVector sum0 = load(z, zFrom + first);
    DoubleVector sum1 = load(z, zFrom + second);
    for (int at = from; at < to; at++) {
      DoubleVector value = DoubleVector.broadcast(SPECIES, values[at]);
      int row = indices[at] * m;
      sum0 = value.fma(load(b, row + first), sum0);
      sum1 = value.fma(load(b, row + second), sum1);
    }
    store(sum0, z, zFrom + first, open(done - first));
    store(sum1, z, zFrom + second, open(done - second));
  }

  private static void addOne(
      double[] values,
      int[] indices,
      int from,
      int to,
      double[] b,
      int m,
      double[] z,
      int zFrom,
      int done) {
    int first = m - LANES;
    DoubleVector sum = load(z, zFrom + first);
    for (int at = from; at < to; at++) {
      DoubleVector value = DoubleVector.broadcast(SPECIES, values[at]);
      sum = value.fma(load(b, indices[at] * m + first), sum);
    }
    store(sum, z, zFrom + first, open(done - first));
  }

  private static void addOuterTwo(
      double[] values,
      int[] indices,
      int from,
      int to,
      double[] r,
      int rFrom,
      int m,
      double[] g,
      int first,
      int second,
      int done) {
    DoubleVector r0 = load(r, rFrom + first);
    DoubleVector r1 = load(r, rFrom + second);
    VectorMask<Double> open0 = open(done - first);
    VectorMask<Double> open1 = open(done - second);
    for (int at = from; at < to; at++) {
      DoubleVector value = DoubleVector.broadcast(SPECIES, values[at]);
      int row = indices[at] * m;
      DoubleVector g0 = load(g, row + first);
      DoubleVector g1 = load(g, row + second);
      g0.blend(value.fma(r0, g0), open0).intoArray(g, row + first);
      g1.blend(value.fma(r1, g1), open1).intoArray(g, row + second);
    }
  }

  private static void addOuterOne(
      double[] values,
      int[] indices,
      int from,
      int to,
      double[] r,
      int rFrom,
      int m,
      double[] g,
      int done) {
    int first = m - LANES;
    DoubleVector r0 = load(r, rFrom + first);
    VectorMask<Double> lanes = open(done - first);
    for (int at = from; at < to; at++) {
      DoubleVector value = DoubleVector.broadcast(SPECIES, values[at]);
      int row = indices[at] * m + first;
      DoubleVector g0 = load(g, row);
      g0.blend(value.fma(r0, g0), lanes).intoArray(g, row);
    }
  }
}
