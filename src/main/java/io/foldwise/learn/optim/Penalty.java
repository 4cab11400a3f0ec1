package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireAtLeastZero;

import io.foldwise.math.ColumnSums;
import java.io.Serializable;

/**
 * l1·‖w‖₁ + l2·‖w‖², the intercept left out. Its L1 part is taken by proximal steps, so that zeros
 * are exact.
 *
 * @param l1 ≥ 0
 * @param l2 ≥ 0
 * @param units what l1 and l2 are multiples of, in each training set
 */
public record Penalty(double l1, double l2, Units units) implements Serializable {
  public static final Penalty NONE = new Penalty(0, 0);

  public Penalty {
    requireAtLeastZero("l1", l1);
    requireAtLeastZero("l2", l2);
  }

  /** A penalty in the coordinates of every training set. */
  public Penalty(double l1, double l2) {
    this(l1, l2, Plain.PLAIN);
  }

  /** What the numbers of a penalty are multiples of, where that follows the rows trained on. */
  public interface Units extends Serializable {
    /** The factor of l1. */
    double ofL1(Split split, ColumnSums training);

    /** The factor of l2. */
    double ofL2(Split split, ColumnSums training);
  }

  private enum Plain implements Units {
    PLAIN;

    @Override
    public double ofL1(Split split, ColumnSums training) {
      return 1;
    }

    @Override
    public double ofL2(Split split, ColumnSums training) {
      return 1;
    }
  }

  /** Whether there is none. */
  public boolean isNone() {
    return l1 == 0 && l2 == 0;
  }

  /**
   * This penalty in the coordinates of a training set.
   *
   * @param split the split that leaves the set
   * @param training the sums of the set
   */
  public Penalty over(Split split, ColumnSums training) {
    return units == Plain.PLAIN
        ? this
        : new Penalty(l1 * units.ofL1(split, training), l2 * units.ofL2(split, training));
  }

  /** sign(w)·max(|w| − threshold, 0), the proximal operator of threshold·|w|; NaN stays NaN. */
  public static double softThreshold(double w, double threshold) {
    if (Math.abs(w) <= threshold) {
      return 0.0;
    }
    return w > 0 ? w - threshold : w + threshold;
  }
}
