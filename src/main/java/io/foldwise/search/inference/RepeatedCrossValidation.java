package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.ExactSolver;
import io.foldwise.math.Moments;
import io.foldwise.search.Inference;
import io.foldwise.search.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cross-validation of all candidates over many dealings of the blocks into folds, in the place of
 * one: each candidate's mean score over a dealing's folds, and which candidate had the least.
 */
final class RepeatedCrossValidation {
  private final Blocks blocks;
  private final double[][] sums;
  private final List<MomentsFit> fits;
  private final int folds;
  private final List<double[]> scores = new ArrayList<>();

  /**
   * @param blocks blocks of the terms of the highest degree
   * @param fits one for each candidate
   * @param folds k ≥ 2, at most the number of blocks
   */
  RepeatedCrossValidation(Blocks blocks, List<MomentsFit> fits, int folds) {
    this.blocks = blocks;
    this.sums = blocks.sums();
    this.fits = List.copyOf(fits);
    this.folds = folds;
  }

  /** Adds foldings, each given by the fold of each block. */
  void add(List<int[]> dealings) {
    dealings.parallelStream().map(this::means).forEachOrdered(scores::add);
  }

  private double[] means(int[] dealt) {
    Folding folding = new Folding(blocks, sums, folds, dealt);
    double[] means = new double[fits.size()];
    for (int fold = 0; fold < folds; fold++) {
      Moments training = folding.without(fold);
      Moments own = folding.own(fold);
      Map<ModelForm, ExactSolver> solvers = new HashMap<>();
      for (int candidate = 0; candidate < means.length; candidate++) {
        MomentsFit fit = fits.get(candidate);
        Moments seen = training.leading(fit.terms());
        ExactSolver solver =
            solvers.computeIfAbsent(fit.candidate().form(), form -> fit.solver(seen));
        AffineFunction function = fit.solved(solver, seen);
        double squared =
            own.leading(fit.terms()).squaredError(function.intercept(), function.coefficients());
        means[candidate] += squared / own.rows() / folds;
      }
    }
    return means;
  }

  /** About how many operations a folding takes. */
  double operations() {
    double all = blocks.count() * (double) sums[0].length;
    for (MomentsFit fit : fits) {
      double q = fit.terms() + 2.0;
      all += folds * (fit.operations() + 5 * q * q);
    }
    return all;
  }

  /** What the foldings so far found, for each candidate in its place. */
  Inference.Regrouped found() {
    int[] wins = new int[fits.size()];
    for (double[] means : scores) {
      double least = Arrays.stream(means).min().orElse(Double.NaN);
      for (int candidate = 0; candidate < wins.length; candidate++) {
        if (means[candidate] == least) {
          wins[candidate]++;
          break;
        }
      }
    }
    double[] mean = new double[fits.size()];
    double[] sd = new double[fits.size()];
    for (int candidate = 0; candidate < mean.length; candidate++) {
      int at = candidate;
      Spread spread = Spread.of(scores.stream().mapToDouble(means -> means[at]).toArray());
      mean[candidate] = spread.mean();
      sd[candidate] = spread.sd();
    }
    return new Inference.Regrouped(scores.size(), mean, sd, wins);
  }
}
