package io.foldwise.search.inference;

import io.foldwise.search.ScoreInterval;
import io.foldwise.search.Spread;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The variance of a mean over folds, corrected for the training rows that the models of the folds
 * share (C. Nadeau and Y. Bengio, Inference for the generalization error, Mach. Learn. 52, 2003):
 * s²·(1/k + n₂/n₁) in the place of s²/k, with s² the variance of the folds' values, n₁ the rows
 * that a model is trained on and n₂ those that it is scored on; in k-fold cross-validation n₂/n₁ =
 * 1/(k − 1). Quantiles are Student's with k − 1 degrees of freedom.
 */
final class CorrectedVariance {
  private static final double ACCURACY = 1e-14;

  private CorrectedVariance() {}

  /** √(s²·(1/k + 1/(k − 1))). */
  static double standardError(Spread folds) {
    double k = folds.count();
    return folds.sd() * Math.sqrt(1 / k + 1 / (k - 1));
  }

  /**
   * The interval of a mean over folds.
   *
   * @param folds the value of each fold, at least two
   * @param reason why not nested cross-validation
   */
  static ScoreInterval interval(double[] folds, double confidence, String reason) {
    Spread spread = Spread.of(folds);
    double error = standardError(spread);
    double t = quantile(folds.length, confidence);
    return new ScoreInterval(
        ScoreInterval.Method.CORRECTED,
        confidence,
        spread.mean(),
        error,
        new ScoreInterval.Range(spread.mean() - t * error, spread.mean() + t * error),
        Optional.empty(),
        reason);
  }

  /**
   * The corrected resampled t-test of two candidates over the same folds: the chance of a mean
   * difference at least as large, to either side, if both were as good; 1 where they are equal on
   * every fold, 0 where they differ by the same on every fold, NaN where a value is undefined.
   */
  static double pairedTest(double[] one, double[] other) {
    double[] differences = new double[one.length];
    Arrays.setAll(differences, fold -> one[fold] - other[fold]);
    Spread spread = Spread.of(differences);
    if (spread.mean() == 0 && spread.sd() == 0) {
      return 1;
    }
    double t = Math.abs(spread.mean()) / standardError(spread);
    return Double.isNaN(t) ? t : 2 * student(one.length).cumulativeProbability(-t);
  }

  /**
   * The t between whose negative and itself Student's distribution of k − 1 degrees has a share.
   */
  static double quantile(int folds, double share) {
    return student(folds).inverseCumulativeProbability((1 + share) / 2);
  }

  private static TDistribution student(int folds) {
    return new TDistribution(null, folds - 1.0, ACCURACY);
  }
}
