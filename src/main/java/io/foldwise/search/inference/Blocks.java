package io.foldwise.search.inference;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import io.foldwise.search.training.MomentsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Blocks of rows, each with its moments, as exchangeable as the rows are: any dealing of them into
 * folds is as good as any other.
 *
 * @param moments the moments of each block, none without rows
 */
record Blocks(List<Moments> moments) {
  private static final int ODD = 0x9E3779B9;

  Blocks {
    moments = List.copyOf(moments);
  }

  /**
   * The blocks of a table, neighbours put together where there are more than so many.
   *
   * @param most the most blocks, ≥ 1
   */
  static Blocks of(MomentsTable table, int most) {
    List<Moments> all = new ArrayList<>();
    for (int segment = 0; segment < table.borders().segments(); segment++) {
      table.segment(segment).stream()
          .map(MomentsTable.Block::moments)
          .filter(block -> block.rows() > 0)
          .forEach(all::add);
    }
    if (all.size() <= most) {
      return new Blocks(all);
    }
    List<Moments> merged = new ArrayList<>();
    for (int block = 0; block < most; block++) {
      int from = (int) ((long) block * all.size() / most);
      int to = (int) ((block + 1L) * all.size() / most);
      merged.add(sum(table.features(), all.subList(from, to)));
    }
    return new Blocks(merged);
  }

  private static Moments sum(int features, List<Moments> some) {
    MomentsAccumulator sum = new MomentsAccumulator(features);
    some.forEach(sum::add);
    return sum.moments();
  }

  int count() {
    return moments.size();
  }

  /** The number of rows. */
  long rows() {
    return moments.stream().mapToLong(Moments::rows).sum();
  }

  /** Whether every row counts as one, so that blocks of as many rows are alike. */
  boolean isUnweighted() {
    return moments.stream().allMatch(block -> block.count() == block.rows());
  }

  /** The first p features of the blocks, and the label. */
  Blocks leading(int p) {
    return new Blocks(moments.stream().map(block -> block.leading(p)).toList());
  }

  /**
   * Deals the blocks into K folds of ⌊N/K⌋ blocks. What is left over is in no fold, and so always
   * trained on, as in the package nestedcv of R.
   *
   * @param draw which of the dealings of a seed
   * @return the fold of each block; −1 where it is left over
   */
  int[] dealt(int folds, long seed, int draw) {
    int[] dealt = new int[count()];
    int size = count() / folds;
    for (int block = 0; block < dealt.length; block++) {
      dealt[block] = block < size * folds ? block % folds : -1;
    }
    Random random = new Random(seed ^ (((draw + 1L) * ODD) << 16));
    for (int last = dealt.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int held = dealt[last];
      dealt[last] = dealt[other];
      dealt[other] = held;
    }
    return dealt;
  }

  /**
   * Σ (ŷ − y)² over the rows of a block: of a single row z without a sum that could cancel, since
   * its moments hold the row itself; of several as the quadratic form of the moments, in plain
   * doubles, about a tenth of the time of {@link Moments#squaredError}.
   *
   * @param sums the packed sums of the block
   * @param u the function about the shift of the moments: its constant, its coefficients, and −1
   */
  double squaredError(int block, double[] sums, double[] u) {
    return moments.get(block).rows() == 1 ? ofRow(sums, u) : Math.max(0, quadratic(sums, u));
  }

  private static double ofRow(double[] sums, double[] u) {
    double error = 0;
    for (int i = 0, at = 0; i < u.length; i++) {
      error += u[i] * sums[at];
      at += i + 1;
    }
    return error * error;
  }

  /** uᵀSu of a packed S. */
  private static double quadratic(double[] sums, double[] u) {
    double all = 0;
    for (int i = 0, at = 0; i < u.length; i++) {
      double inner = 0;
      for (int j = 0; j < i; j++) {
        inner += sums[at + j] * u[j];
      }
      all += u[i] * (2 * inner + sums[at + i] * u[i]);
      at += i + 1;
    }
    return all;
  }

  /** The packed sums of each block; not to be written to. */
  double[][] sums() {
    return moments.stream().map(Moments::packed).toArray(double[][]::new);
  }
}
