package io.foldwise.browser.standin;

/** Multiply and add with two roundings, since JavaScript has no fused one. */
final class MultiplyAdd {
  private MultiplyAdd() {}

  static double of(double a, double b, double c) {
    return a * b + c;
  }
}
