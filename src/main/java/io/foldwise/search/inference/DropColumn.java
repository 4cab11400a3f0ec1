package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.math.Moments;
import io.foldwise.math.PackedSymmetric;
import io.foldwise.search.Inference;
import io.foldwise.search.Spread;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a column is worth: the candidate is trained again without it, and scored on the rows of each
 * fold that is held out. In moments, a column that is zero everywhere is one that is not there: its
 * coefficient is zero, and the others are those of a training without it.
 */
record DropColumn(MomentsFit fit, Folding folds) {
  /** No feature. */
  static final int NONE = -1;

  /** The mean squared error of each held-out fold, without the terms of a feature, or of none. */
  double[] errors(int feature) {
    boolean[] dropped = new boolean[fit.terms()];
    for (int term = 0; term < dropped.length; term++) {
      dropped[term] = isOf(term, feature);
    }
    double[] errors = new double[folds.folds()];
    for (int fold = 0; fold < errors.length; fold++) {
      AffineFunction function = fit.train(without(folds.without(fold), dropped));
      Moments own = folds.own(fold);
      errors[fold] = own.squaredError(function.intercept(), function.coefficients()) / own.count();
    }
    return errors;
  }

  /** Whether a term is a power of a feature, or a product with one. */
  private boolean isOf(int term, int feature) {
    PolynomialBasis.Product product = fit.basis().product(term);
    return product.feature() == feature
        || (product.parent() >= 0 && isOf(product.parent(), feature));
  }

  /** By how much the error grows without a feature. */
  Inference.Worth worth(int feature, double[] with) {
    double[] without = errors(feature);
    double[] more = new double[with.length];
    Arrays.setAll(more, fold -> without[fold] - with[fold]);
    Spread spread = Spread.of(more);
    return new Inference.Worth(
        fit.basis().features().get(feature),
        spread.mean(),
        CorrectedVariance.standardError(spread),
        CorrectedVariance.pairedTest(without, with));
  }

  /** About how many operations all features take. */
  double operations() {
    double q = fit.terms() + 2.0;
    return (fit.basis().features().size() + 1.0) * folds.folds() * (fit.operations() + 6 * q * q);
  }

  private static Moments without(Moments all, boolean[] dropped) {
    double[] sums = all.packed();
    IntStream.range(0, dropped.length)
        .filter(term -> dropped[term])
        .forEach(
            term -> {
              for (int other = 0; other < all.features() + 2; other++) {
                sums[PackedSymmetric.index(term + 1, other)] = 0;
              }
            });
    return Moments.of(all.features(), all.rows(), sums);
  }
}
