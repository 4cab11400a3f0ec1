package io.foldwise.math;

/** x ← f(x) over x[from] … x[from + count − 1], the same bits from every implementation. */
interface ExponentialLoop {
  void map(ExponentialFunction f, double[] x, int from, int count);
}
