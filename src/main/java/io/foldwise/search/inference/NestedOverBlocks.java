package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.search.ScoreInterval;
import java.util.Arrays;
import java.util.List;

/**
 * {@link NestedCrossValidation} of a candidate of squared loss from moments of blocks of rows, in
 * the place of rows, over as many foldings as are added.
 */
final class NestedOverBlocks {
  private final Blocks blocks;
  private final double[][] sums;
  private final MomentsFit fit;
  private final int folds;
  private final NestedCrossValidation nested;

  /**
   * @param blocks blocks of the candidate's own terms
   * @param folds K ≥ 3
   */
  NestedOverBlocks(Blocks blocks, MomentsFit fit, int folds) {
    this.blocks = blocks;
    this.sums = blocks.sums();
    this.fit = fit;
    this.folds = folds;
    this.nested = new NestedCrossValidation(folds);
  }

  /** Adds foldings, each given by the fold of each block; see {@link Blocks#dealt}. */
  void add(List<int[]> dealings) {
    dealings.parallelStream().map(this::errors).forEachOrdered(nested::add);
  }

  private ErrorSpread[][] errors(int[] dealt) {
    Folding folding = new Folding(blocks, sums, folds, dealt);
    ErrorSpread[][] errors = new ErrorSpread[folds][folds];
    for (int first = 0; first < folds; first++) {
      errors[first][first] = errors(folding, first, fit.train(folding.without(first)));
      for (int second = first + 1; second < folds; second++) {
        AffineFunction without = fit.train(folding.without(first, second));
        errors[first][second] = errors(folding, first, without);
        errors[second][first] = errors(folding, second, without);
      }
    }
    return errors;
  }

  /** The errors of a function on a fold. */
  private ErrorSpread errors(Folding folding, int fold, AffineFunction function) {
    double[] u = Arrays.copyOf(function.coefficients(), fit.terms() + 2);
    System.arraycopy(function.coefficients(), 0, u, 1, fit.terms());
    u[0] = function.intercept();
    u[fit.terms() + 1] = -1;
    ErrorSpread errors = new ErrorSpread();
    for (int block : folding.blocks(fold)) {
      double sum = blocks.squaredError(block, sums[block], u);
      errors.add(sum, blocks.moments().get(block).rows());
    }
    return errors;
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
    return nested.interval(blocks.rows(), blocks.count(), confidence);
  }
}
