package io.foldwise.math;

/**
 * The rounding error of a product, by fused multiply-add; apart, because browsers have none and
 * split the factors instead.
 */
final class ProductError {
  private ProductError() {}

  /** a·b − {@code product}, exactly, where {@code product} is a·b rounded. */
  static double of(double a, double b, double product) {
    return Math.fma(a, b, -product);
  }
}
