package io.foldwise.learn.loss;

/**
 * A loss at one prediction, its kinks rounded off over a width γ so that it has a second
 * derivative: what a Newton step looks at. One object is moved from row to row.
 *
 * <p>Kinks are those of u⁺ = max(u, 0), which is rounded off to (u + √(u² + 4γ²))/2 (Chen and
 * Harker 1993; Kanzow 1996; Smale 1986). Its slope σ lies in (0, 1) and so is dual feasible for u⁺;
 * its curvature falls like γ²/u³, not exponentially, by which Newton steps find their way from
 * afar.
 */
public final class Smoothed {
  private double value;
  private double slope;
  private double curvature;
  private double gap;
  private double loss;

  /** The loss rounded off; it is never below the loss. */
  public double value() {
    return value;
  }

  /** The slope of the rounded loss, which lies among the slopes that the loss itself takes. */
  public double slope() {
    return slope;
  }

  /** The second derivative of the rounded loss, at least 0. */
  public double curvature() {
    return curvature;
  }

  /**
   * ℓ(ŷ) + ℓ*(s) − s·ŷ for the slope s, ℓ* the convex conjugate: at least 0, and summed over the
   * rows the duality gap where the slopes are those of an optimum of the rounded objective.
   */
  public double gap() {
    return gap;
  }

  /** The loss itself, with its kinks. */
  public double loss() {
    return loss;
  }

  /** Moves to u⁺, rounded off over the width. */
  void plus(double u, double width) {
    double root = Math.sqrt(u * u + 4 * width * width);
    double below = 2 * width * width / (root + Math.abs(u));
    value = u > 0 ? u + below : below;
    slope = value / root;
    curvature = 2 * width * width / (root * root * root);
    gap = Math.abs(u) * (u > 0 ? below : value) / root;
    loss = Math.max(u, 0);
  }

  /**
   * Moves to max(0, |e| − ε) as (e − ε)⁺ + (−e − ε)⁺, both rounded off; the gaps of two losses
   * together bound that of their sum.
   */
  void beyond(double e, double epsilon, double width) {
    plus(-e - epsilon, width);
    double valueBelow = value;
    double slopeBelow = slope;
    double curvatureBelow = curvature;
    double gapBelow = gap;
    plus(e - epsilon, width);
    value += valueBelow;
    slope -= slopeBelow;
    curvature += curvatureBelow;
    gap += gapBelow;
    loss = Math.max(0, Math.abs(e) - epsilon);
  }

  /** Adds a straight line a·u of the same u: the slope and the losses move, the gap does not. */
  void tilt(double a, double u) {
    value += a * u;
    loss += a * u;
    slope += a;
  }

  /** Multiplies the whole loss. */
  void scale(double factor) {
    value *= factor;
    slope *= factor;
    curvature *= factor;
    gap *= factor;
    loss *= factor;
  }

  /** Takes the slope with respect to a·u in place of u, where a is 1 or −1. */
  void turn(double a) {
    slope *= a;
  }

  /** Moves to a loss that has a second derivative as it is. */
  public void exact(double itsLoss, double itsSlope, double itsCurvature) {
    value = itsLoss;
    loss = itsLoss;
    slope = itsSlope;
    curvature = itsCurvature;
    gap = 0;
  }

  /**
   * Moves to the Huber loss of e = ŷ − y with the corners of its derivative ½(|e + δ| − |e − δ|)
   * rounded off: |x| to √(x² + 4γ²).
   */
  void huber(double e, double delta, double width, double itsLoss) {
    double four = 4 * width * width;
    double above = Math.sqrt((e + delta) * (e + delta) + four);
    double below = Math.sqrt((e - delta) * (e - delta) + four);
    double size = Math.abs(e);
    loss = itsLoss;
    slope = 2 * e * delta / (above + below);
    value = (area(e + delta, above, width) - area(e - delta, below, width)) / 2 - delta * delta / 2;
    if (size > delta) {
      double far = four / (above * (above + Math.abs(e + delta)));
      double near = four / (below * (below + Math.abs(e - delta)));
      curvature = Math.abs(near - far) / 2;
      gap = (delta - Math.abs(slope)) * (size - (delta + Math.abs(slope)) / 2);
    } else {
      curvature = ((e + delta) / above - (e - delta) / below) / 2;
      gap = (e - slope) * (e - slope) / 2;
    }
  }

  /** ∫₀ˣ √(s² + 4γ²) ds, where the root at x is known. */
  private static double area(double x, double root, double width) {
    double ratio = (Math.abs(x) + root) / (2 * width);
    return (x * root + 4 * width * width * Math.copySign(Math.log(ratio), x)) / 2;
  }
}
