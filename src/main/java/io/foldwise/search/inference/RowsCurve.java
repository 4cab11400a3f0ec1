package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.math.Moments;
import io.foldwise.search.Inference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The error of one candidate by the number of rows that it is trained on: each fold is scored by
 * models of the first blocks of all others, more and more of them, in the order in which they were
 * dealt.
 *
 * <p>Through the means goes an inverse power law, error = a + b·rows^−c (C. Cortes et al., Learning
 * curves: asymptotic values and rate of convergence, NIPS 1993), with a, b ≥ 0 by weighted least
 * squares, each size weighing as its rows, for each c of 0.3, 0.35, …, 2, of which the best is
 * taken.
 */
final class RowsCurve {
  /** The sizes, each 2^½ of the one before, the last being all rows outside of a fold. */
  private static final int SIZES = 6;

  private static final int FEWEST = 4;

  /**
   * The least share of the spread of the means, over sizes, that the power law must account for.
   */
  private static final double EXPLAINED = 0.9;

  private final Blocks blocks;
  private final MomentsFit fit;
  private final int folds;
  private final double[] errors = new double[SIZES];
  private final double[] rows = new double[SIZES];
  private double scored;
  private int trained;

  /**
   * @param blocks blocks of the candidate's own terms
   * @param folds k ≥ 2, at most the number of blocks
   */
  RowsCurve(Blocks blocks, MomentsFit fit, int folds) {
    this.blocks = blocks;
    this.fit = fit;
    this.folds = folds;
  }

  /** About how many operations a folding takes. */
  double operations() {
    double q = fit.terms() + 2.0;
    return folds * (SIZES * fit.operations() + (blocks.count() / 2.0 + 5 * SIZES) * q * q);
  }

  /** What a folding tells of each size: Σ (ŷ − y)² and the rows trained on, over its folds. */
  private record Sized(double[] errors, double[] rows, long scored) {}

  /** Adds foldings, each given by the fold of each block. */
  void add(List<int[]> dealings) {
    double[][] sums = blocks.sums();
    dealings.parallelStream().map(dealt -> sized(dealt, sums)).forEachOrdered(this::add);
  }

  private void add(Sized more) {
    add(errors, more.errors);
    add(rows, more.rows);
    scored += more.scored;
    trained += folds;
  }

  private Sized sized(int[] dealt, double[][] sums) {
    double[] squares = new double[SIZES];
    double[] seen = new double[SIZES];
    long held = 0;
    for (int fold = 0; fold < folds; fold++) {
      int own = fold;
      int[] others = IntStream.range(0, dealt.length).filter(b -> dealt[b] != own).toArray();
      double[] scoredSums =
          sum(sums, IntStream.range(0, dealt.length).filter(b -> dealt[b] == own));
      long scoredRows = rows(IntStream.range(0, dealt.length).filter(b -> dealt[b] == own));
      Moments ofFold = Moments.of(fit.terms(), scoredRows, scoredSums);
      double[] prefix = new double[scoredSums.length];
      long prefixRows = 0;
      int at = 0;
      for (int size = 0; size < SIZES; size++) {
        for (int end = blocks(others.length, size); at < end; at++) {
          add(prefix, sums[others[at]]);
          prefixRows += blocks.moments().get(others[at]).rows();
        }
        AffineFunction function = fit.train(Moments.of(fit.terms(), prefixRows, prefix.clone()));
        squares[size] += ofFold.squaredError(function.intercept(), function.coefficients());
        seen[size] += prefixRows;
      }
      held += scoredRows;
    }
    return new Sized(squares, seen, held);
  }

  /** How many of so many blocks a size takes. */
  private static int blocks(int all, int size) {
    return (int) Math.round(all * Math.pow(2, (size - SIZES + 1) / 2.0));
  }

  private long rows(IntStream some) {
    return some.mapToLong(block -> blocks.moments().get(block).rows()).sum();
  }

  private static double[] sum(double[][] sums, IntStream some) {
    double[] sum = new double[sums[0].length];
    some.forEach(block -> add(sum, sums[block]));
    return sum;
  }

  private static void add(double[] to, double[] more) {
    for (int at = 0; at < to.length; at++) {
      to[at] += more[at];
    }
  }

  /**
   * What the foldings so far found. Sizes below twice the weights, where the error of least squares
   * follows other laws, are left out; by fewer than four sizes nothing is told of more rows.
   */
  Inference.ByRows found() {
    int first = 0;
    while (first < SIZES && rows[first] / trained < 2 * (fit.terms() + 1.0)) {
      first++;
    }
    double[] sizes = Arrays.stream(rows, first, SIZES).map(sum -> sum / trained).toArray();
    double[] mean = Arrays.stream(errors, first, SIZES).map(error -> error / scored).toArray();
    double n = blocks.rows();
    if (sizes.length < FEWEST || !(mean[0] > mean[mean.length - 1])) {
      return new Inference.ByRows(sizes, mean, Double.NaN, Double.NaN);
    }
    PowerLaw law = PowerLaw.through(sizes, mean);
    return law.explained() < EXPLAINED
        ? new Inference.ByRows(sizes, mean, Double.NaN, Double.NaN)
        : new Inference.ByRows(sizes, mean, law.at(n), law.at(2 * n));
  }

  /**
   * error = a + b·rows^−c.
   *
   * @param explained the share of the weighted squares about their mean that it accounts for
   */
  record PowerLaw(double a, double b, double c, double explained) {
    private static final double FIRST = 0.3;
    private static final double LAST = 2;
    private static final double STEP = 0.05;

    double at(double size) {
      return a + b * Math.pow(size, -c);
    }

    static PowerLaw through(double[] sizes, double[] errors) {
      PowerLaw best = new PowerLaw(Double.NaN, Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY);
      for (double c = FIRST; c < LAST + STEP / 2; c += STEP) {
        PowerLaw one = through(sizes, errors, c);
        best = one.explained > best.explained ? one : best;
      }
      return best;
    }

    private static PowerLaw through(double[] sizes, double[] errors, double c) {
      double weight = Arrays.stream(sizes).sum();
      double meanPower = 0;
      double meanError = 0;
      for (int i = 0; i < sizes.length; i++) {
        meanPower += sizes[i] / weight * Math.pow(sizes[i], -c);
        meanError += sizes[i] / weight * errors[i];
      }
      double powers = 0;
      double both = 0;
      double all = 0;
      double squares = 0;
      for (int i = 0; i < sizes.length; i++) {
        double power = Math.pow(sizes[i], -c) - meanPower;
        double error = errors[i] - meanError;
        powers += sizes[i] * power * power;
        both += sizes[i] * power * error;
        all += sizes[i] * error * error;
      }
      double b = Math.max(0, both / powers);
      double a = meanError - b * meanPower;
      if (a < 0) {
        a = 0;
        b = ratio(sizes, errors, c);
      }
      for (int i = 0; i < sizes.length; i++) {
        double off = errors[i] - a - b * Math.pow(sizes[i], -c);
        squares += sizes[i] * off * off;
      }
      return new PowerLaw(a, b, c, all > 0 ? 1 - squares / all : Double.NEGATIVE_INFINITY);
    }

    /** The b of a = 0. */
    private static double ratio(double[] sizes, double[] errors, double c) {
      double powers = 0;
      double both = 0;
      for (int i = 0; i < sizes.length; i++) {
        double power = Math.pow(sizes[i], -c);
        powers += sizes[i] * power * power;
        both += sizes[i] * power * errors[i];
      }
      return both / powers;
    }
  }
}
