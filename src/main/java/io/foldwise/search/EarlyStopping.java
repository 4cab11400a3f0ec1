package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import java.util.List;

/**
 * Reads the number of epochs off the mean validation curve over the folds, like one more axis: the
 * epoch of the best mean before {@code patience} epochs have passed without an improvement by more
 * than {@code tolerance}. On curves thinned to fewer points than epochs it sees those points.
 *
 * @param patience the epochs to wait for an improvement, ≥ 1
 * @param tolerance the least improvement, ≥ 0, in units of the loss
 */
public record EarlyStopping(long patience, double tolerance) {
  public EarlyStopping {
    if (patience < 1) {
      throw new InvalidInputException("'patience' (" + patience + ") must be >= 1");
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new InvalidInputException("'tolerance' (" + tolerance + ") must be a number >= 0");
    }
  }

  /**
   * The number of epochs to train.
   *
   * @param curves one for each fold, of the same candidate; that of a diverged trial ends early
   * @return 0 if the curves have no common finite point
   */
  long epochs(List<LearningCurve> curves) {
    long best = 0;
    double bestMean = Double.POSITIVE_INFINITY;
    LearningCurve all = LearningCurve.mean(curves);
    long[] epochs = all.epochs();
    for (int point = 0; point < epochs.length; point++) {
      double mean = CandidateSummary.rounded(all.validation()[point]);
      if (!Double.isFinite(mean) || (best > 0 && epochs[point] - best > patience)) {
        break;
      }
      if (best == 0 || mean < bestMean - tolerance) {
        best = epochs[point];
        bestMean = mean;
      }
    }
    return best;
  }
}
