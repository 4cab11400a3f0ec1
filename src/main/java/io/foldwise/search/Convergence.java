package io.foldwise.search;

import io.foldwise.learn.loss.Loss;
import java.io.Serializable;

/**
 * How near a training came to the optimum of its own training set. All are values of the objective
 * J, the mean loss over the rows trained on and the penalties.
 *
 * @param objective J at the trained weights
 * @param optimum the least J that there is; NaN where it is not known
 * @param constant J of the best constant (without an intercept: of no weights at all)
 * @param rounding the gap up to which all is rounding, as where labels do not vary
 * @param known how the optimum is known
 */
public record Convergence(
    double objective, double optimum, double constant, double rounding, Known known)
    implements Serializable {
  /** A gap is small up to this share of what training could gain, and of the optimum itself. */
  private static final double SMOOTH = 0.01;

  private static final double KINKED = 0.02;

  private static final double UNSEEN = 5e-5;

  /** A gap up to this share of what training could gain is small, however near 0 the optimum is. */
  private static final double TINY = 1e-4;

  /** A gain below this share of the optimum counts as none. */
  private static final double NOTHING = 1e-6;

  /** How an optimum is known. */
  public enum Known {
    /** It was solved for. */
    SOLVED,
    /**
     * Finding it would cost more than a fraction of the training, or the engine does not look for
     * it.
     */
    NOT_MEASURED,
    /** It was looked for, and the search gave up. */
    NOT_REACHED
  }

  /** The convergence of a training whose optimum is not known. */
  public static Convergence unknown(double objective) {
    return new Convergence(objective, Double.NaN, Double.NaN, 0, Known.NOT_MEASURED);
  }

  /** The convergence of a training whose optimum was looked for in vain. */
  public static Convergence notReached(double objective) {
    return new Convergence(objective, Double.NaN, Double.NaN, 0, Known.NOT_REACHED);
  }

  /**
   * The convergence of a training whose optimum was solved for.
   *
   * @param rounding the gap up to which all is rounding
   */
  public static Convergence solved(
      double objective, double optimum, double constant, double rounding) {
    return new Convergence(objective, optimum, constant, rounding, Known.SOLVED);
  }

  /** J − J*, at least 0; NaN where the optimum is not known. */
  public double gap() {
    return Math.max(0, objective - optimum);
  }

  /** The gap as a share of what training could gain over the constant; 0 where that is nothing. */
  public double share() {
    double gain = Math.max(constant, objective) - optimum;
    if (Double.isNaN(gain)) {
      return gain;
    }
    return gain > Math.max(rounding, NOTHING * Math.abs(optimum)) ? gap() / gain : 0;
  }

  /**
   * The gap as a share of the optimum, infinite where that is 0; 0 where it is nothing of what
   * training could gain.
   */
  public double excess() {
    return share() > 0 ? gap() / Math.abs(optimum) : share();
  }

  /** Whether training ended short of the optimum as a share of what it could gain, too. */
  public boolean isShortOfGain(Loss loss) {
    return share() > bound(loss) && isShort(loss);
  }

  /** Whether the gap is too small to see: less than 5e-5 of the optimum or of the gain. */
  public boolean isReached() {
    return Math.min(excess(), share()) < UNSEEN;
  }

  /** Whether the optimum is known, and the training ended short of it. */
  public boolean isShort(Loss loss) {
    return lack(loss) > 1;
  }

  /**
   * How many times too large the gap is: more than 1 % of what training could gain over the
   * constant, or of the optimum itself, unless that is nearly 0; 2 % where the loss has kinks. NaN
   * where the optimum is not known.
   */
  public double lack(Loss loss) {
    if (isReached()) {
      return 0;
    }
    double ofOptimum = Math.min(excess() / bound(loss), share() / TINY);
    return Math.max(share() / bound(loss), ofOptimum);
  }

  private static double bound(Loss loss) {
    return Double.isNaN(loss.curvature()) ? KINKED : SMOOTH;
  }
}
