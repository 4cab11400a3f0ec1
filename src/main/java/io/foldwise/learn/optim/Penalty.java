package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireAtLeastZero;

import java.io.Serializable;

/**
 * l1·‖w‖₁ + l2·‖w‖², the intercept left out. Its L1 part is taken by proximal steps, so that zeros
 * are exact.
 *
 * @param l1 ≥ 0
 * @param l2 ≥ 0
 */
public record Penalty(double l1, double l2) implements Serializable {
  public static final Penalty NONE = new Penalty(0, 0);

  public Penalty {
    requireAtLeastZero("l1", l1);
    requireAtLeastZero("l2", l2);
  }

  /** sign(w)·max(|w| − threshold, 0), the proximal operator of threshold·|w|; NaN stays NaN. */
  public static double softThreshold(double w, double threshold) {
    if (Math.abs(w) <= threshold) {
      return 0.0;
    }
    return w > 0 ? w - threshold : w + threshold;
  }
}
