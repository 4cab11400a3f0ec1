package io.foldwise.math;

/** The fused multiply-add of the plain loops; apart, because browsers have none and round twice. */
final class MultiplyAdd {
  private MultiplyAdd() {}

  /** a·b + c, rounded once. */
  static double of(double a, double b, double c) {
    return Math.fma(a, b, c);
  }
}
