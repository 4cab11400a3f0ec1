package io.foldwise.search.inference;

import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.search.ScoreInterval;
import java.util.Optional;

/**
 * Nested cross-validation of one candidate (S. Bates, T. Hastie and R. Tibshirani,
 * Cross-validation: what does it estimate and how well does it do it?, J. Am. Stat. Assoc. 119,
 * 2024, arXiv:2104.00673).
 *
 * <p>The errors of different folds are not independent, since their models share training rows; by
 * how much the usual standard error is too small is measured. Each folding has K folds. For each
 * fold f, with e(f) the mean error on f of the model without f, and ē(f) the mean error on the
 * other folds g of the models without f and g,
 *
 * <pre>
 * a(f) = ē(f) − e(f)      b(f) = var of the errors in e(f) / rows of f
 * MSE  = mean of a² − b over all folds of all foldings
 * q    = √max(0, MSE) / (s/√n'), between 1 and √K;   n' = ⌊n (K − 1)/K⌋
 * Err  = μ − (μ − CV)·(1 + ((K − 2)/K)^1.5);         interval Err ± t·q·s/√n
 * </pre>
 *
 * where μ and s are the mean and the deviation of the errors of all models without two folds, CV
 * the mean error of the models without one. This is what the package nestedcv of R computes, except
 * that its CV comes from further foldings and this from the same ones, and that its t is the normal
 * quantile and this Student's with K − 1 degrees of freedom, as q is estimated from K folds: with
 * the normal one, intervals of 90 % hold the error of data with heavy tails 85 % of the time
 * ({@code submit/benchmark coverage}).
 */
final class NestedCrossValidation {
  private final int folds;
  private final ErrorSpread pairs = new ErrorSpread();
  private double means;
  private double pivots;
  private int foldings;

  /**
   * @param folds K ≥ 3
   */
  NestedCrossValidation(int folds) {
    this.folds = folds;
  }

  /**
   * Adds a folding.
   *
   * @param errors at [f][g] the errors on fold f of the model without f and g, at [f][f] of the
   *     model without f
   */
  void add(ErrorSpread[][] errors) {
    ErrorSpread outer = new ErrorSpread();
    for (int fold = 0; fold < folds; fold++) {
      ErrorSpread own = errors[fold][fold];
      double sum = 0;
      long rows = 0;
      for (int other = 0; other < folds; other++) {
        if (other != fold) {
          sum += errors[other][fold].mean() * errors[other][fold].rows();
          rows += errors[other][fold].rows();
          pairs.merge(errors[other][fold]);
        }
      }
      double apart = sum / rows - own.mean();
      pivots += apart * apart - own.variance() / own.rows();
      outer.merge(own);
    }
    means += outer.mean();
    foldings++;
  }

  /**
   * The interval that the foldings so far make.
   *
   * @param rows the number of rows, n
   * @param blocks the number of blocks of rows that were dealt
   */
  ScoreInterval interval(long rows, int blocks, double confidence) {
    double n = rows;
    double deviation = Math.sqrt(pairs.variance());
    double unlike = Math.sqrt(Math.max(0, pivots / (foldings * (double) folds)));
    double kept = Math.floor(n * (folds - 1) / folds);
    double inflation = unlike / (deviation / Math.sqrt(kept));
    inflation = Math.max(1, Math.min(Math.sqrt(folds), inflation));
    double k = folds;
    double estimate =
        pairs.mean() - (pairs.mean() - means / foldings) * (1 + Math.pow((k - 2) / k, 1.5));
    double error = deviation / Math.sqrt(n) * inflation;
    double t = CorrectedVariance.quantile(folds, confidence);
    return new ScoreInterval(
        ScoreInterval.Method.NESTED,
        confidence,
        estimate,
        error,
        new ScoreInterval.Range(estimate - t * error, estimate + t * error),
        Optional.of(new ScoreInterval.Nested(inflation, folds, foldings, blocks)),
        "");
  }
}
