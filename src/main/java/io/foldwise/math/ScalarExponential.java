package io.foldwise.math;

/** The plain loop, which maps a number at a time. */
final class ScalarExponential implements ExponentialLoop {

  @Override
  public void map(ExponentialFunction f, double[] x, int from, int count) {
    for (int i = from; i < from + count; i++) {
      x[i] = f.of(x[i]);
    }
  }
}
