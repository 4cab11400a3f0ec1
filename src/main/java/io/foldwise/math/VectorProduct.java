package io.foldwise.math;

/**
 * C += A·B by {@link VectorTiles}. Where m is no whole number of vectors the last of them reach
 * back, and where m is less than one vector, into the row above; the few elements that have none
 * are left to plain loops.
 */
final class VectorProduct implements BlockProduct {
  private static final int LANES = VectorTiles.LANES;

  private final ScalarProduct plain = new ScalarProduct();

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
      int bStep,
      int m,
      double[] c,
      int cFrom) {
    if (m < 3) {
      plain.add(a, aFrom, height, rowStep, depth, depthStep, b, bFrom, bStep, m, c, cFrom);
    } else if (m < LANES) {
      addNarrow(a, aFrom, height, rowStep, depth, depthStep, b, bFrom, bStep, m, c, cFrom);
    } else {
      addWide(a, aFrom, height, rowStep, depth, depthStep, b, bFrom, bStep, m, c, cFrom);
    }
  }

  private void addNarrow(
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
      int cFrom) {
    int rows = Math.min(height, stepsTo(LANES - m, cFrom, m));
    int terms = Math.min(depth, stepsTo(LANES - m, bFrom, bStep));
    int below = aFrom + rows * rowStep;
    int cBelow = cFrom + rows * m;
    int left = height - rows;
    plain.add(a, aFrom, rows, rowStep, depth, depthStep, b, bFrom, bStep, m, c, cFrom);
    plain.add(a, below, left, rowStep, terms, depthStep, b, bFrom, bStep, m, c, cBelow);
    VectorTiles.addOne(
        a,
        below + terms * depthStep,
        left,
        rowStep,
        depth - terms,
        depthStep,
        b,
        bFrom + terms * bStep + m - LANES,
        bStep,
        m,
        c,
        cBelow + m - LANES,
        LANES - m);
  }

  /** The least number of steps, at least 0, from {@code at} to {@code target} or beyond. */
  private static int stepsTo(int target, int at, int step) {
    return at >= target ? 0 : (target - at + step - 1) / step;
  }

  private static void addWide(
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
      int cFrom) {
    int j = 0;
    while (m - j > LANES) {
      int first = Math.max(0, Math.min(j, m - 2 * LANES));
      int second = Math.min(LANES, m - LANES - first);
      VectorTiles.addTwo(
          a,
          aFrom,
          height,
          rowStep,
          depth,
          depthStep,
          b,
          bFrom + first,
          bStep,
          m,
          c,
          cFrom + first,
          second,
          j - first);
      j += 2 * LANES;
    }
    if (j < m) {
      int first = m - LANES;
      VectorTiles.addOne(
          a,
          aFrom,
          height,
          rowStep,
          depth,
          depthStep,
          b,
          bFrom + first,
          bStep,
          m,
          c,
          cFrom + first,
          j - first);
    }
  }
}
