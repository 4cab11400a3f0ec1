package io.foldwise.browser.standin;

/**
 * The rounding error of a product without fused multiply-add, which JavaScript lacks: Dekker's
 * product of factors split by Veltkamp (Dekker, A floating-point technique for extending the
 * available precision, Numerische Mathematik 18, 1971). Exact where nothing over- or underflows.
 */
final class ProductError {
  private static final double SPLITTER = 0x1p27 + 1;

  private ProductError() {}

  static double of(double a, double b, double product) {
    double highA = high(a);
    double lowA = a - highA;
    double highB = high(b);
    double lowB = b - highB;
    return lowA * lowB - (((product - highA * highB) - lowA * highB) - highA * lowB);
  }

  private static double high(double a) {
    double scaled = SPLITTER * a;
    return scaled - (scaled - a);
  }
}
