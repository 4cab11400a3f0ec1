package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.search.ScoreInterval;
import java.util.Arrays;
import java.util.Optional;

/**
 * Nested cross-validation of one candidate (S. Bates, T. Hastie and R. Tibshirani,
 * Cross-validation: what does it estimate and how well does it do it?, J. Am. Stat. Assoc. 119,
 * 2024, arXiv:2104.00673), from moments of blocks of rows in the place of rows.
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
 * ({@code submit/benchmark coverage}). Where blocks have several rows, a variance over rows is
 * estimated by Σ m (ē − mean)²/(blocks − 1) over blocks of m rows and mean error ē, which is the
 * variance itself at m = 1.
 */
final class NestedCrossValidation {
  private final Blocks blocks;
  private final double[][] sums;
  private final MomentsFit fit;
  private final int folds;
  private final BlockErrors pairs = new BlockErrors();
  private double means;
  private double pivots;
  private int foldings;

  /**
   * @param blocks blocks of the candidate's own terms
   * @param folds K ≥ 3
   */
  NestedCrossValidation(Blocks blocks, MomentsFit fit, int folds) {
    this.blocks = blocks;
    this.sums = blocks.sums();
    this.fit = fit;
    this.folds = folds;
  }

  /** Adds a folding, given by the fold of each block; see {@link Blocks#dealt}. */
  void add(int[] dealt) {
    Folding folding = new Folding(blocks, sums, folds, dealt);
    double[] inner = new double[folds];
    for (int first = 0; first < folds; first++) {
      for (int second = first + 1; second < folds; second++) {
        AffineFunction without = fit.train(folding.without(first, second));
        inner[second] += score(folding, first, without, pairs);
        inner[first] += score(folding, second, without, pairs);
      }
    }
    double outer = 0;
    for (int fold = 0; fold < folds; fold++) {
      BlockErrors own = new BlockErrors();
      outer += score(folding, fold, fit.train(folding.without(fold)), own);
      double apart = inner[fold] / (folding.rowsInFolds() - folding.rows(fold)) - own.mean();
      pivots += apart * apart - own.variance() / folding.rows(fold);
    }
    means += outer / folding.rowsInFolds();
    foldings++;
  }

  /** Adds the errors of a function on a fold, and gives their sum over rows. */
  private double score(Folding folding, int fold, AffineFunction function, BlockErrors to) {
    double[] u = Arrays.copyOf(function.coefficients(), fit.terms() + 2);
    System.arraycopy(function.coefficients(), 0, u, 1, fit.terms());
    u[0] = function.intercept();
    u[fit.terms() + 1] = -1;
    double all = 0;
    for (int block : folding.blocks(fold)) {
      double sum = blocks.squaredError(block, sums[block], u);
      to.add(sum, blocks.moments().get(block).rows());
      all += sum;
    }
    return all;
  }

  /** About how many operations a folding takes. */
  static double operations(Blocks blocks, MomentsFit fit, int folds) {
    double q = fit.terms() + 2.0;
    double fits = folds * (folds + 1.0) / 2;
    double squares = blocks.rows() > blocks.count() ? q * q : 2 * q;
    return fits * (fit.operations() + folds * q * q / 4)
        + folds * (double) blocks.count() * squares
        + blocks.count() * q * q / 2;
  }

  /** The interval that the foldings so far make. */
  ScoreInterval interval(double confidence) {
    double n = blocks.rows();
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
        Optional.of(new ScoreInterval.Nested(inflation, folds, foldings, blocks.count())),
        "");
  }

  /** Mean and variance over rows of errors that are known as sums over blocks (West 1979). */
  private static final class BlockErrors {
    private long blocks;
    private double rows;
    private double mean;
    private double squares;

    void add(double sum, long more) {
      double own = sum / more;
      double apart = own - mean;
      rows += more;
      mean += apart * more / rows;
      squares += more * apart * (own - mean);
      blocks++;
    }

    double mean() {
      return mean;
    }

    double variance() {
      return squares / (blocks - 1);
    }
  }
}
