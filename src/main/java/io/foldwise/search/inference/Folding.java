package io.foldwise.search.inference;

import io.foldwise.math.Moments;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One dealing of blocks into K folds, and the moments of all rows without one fold or without two.
 * Folds are added up, prefix and suffix, and never subtracted from a total, which would cancel.
 */
final class Folding {
  private final int features;
  private final int[][] blocks;
  private final long[] rows;
  private final double[][] own;
  private final double[][] before;
  private final double[][] after;
  private final long all;

  /**
   * @param sums the packed sums of each block
   * @param dealt the fold of each block, 0 to K − 1; −1 where it is in none
   */
  Folding(Blocks of, double[][] sums, int folds, int[] dealt) {
    this.features = of.moments().get(0).features();
    this.blocks = new int[folds][];
    this.rows = new long[folds];
    this.own = new double[folds][];
    double[] rest = new double[sums[0].length];
    for (int fold = 0; fold < folds; fold++) {
      int number = fold;
      blocks[fold] = IntStream.range(0, dealt.length).filter(b -> dealt[b] == number).toArray();
      own[fold] = new double[rest.length];
      for (int block : blocks[fold]) {
        add(own[fold], sums[block]);
        rows[fold] += of.moments().get(block).rows();
      }
    }
    for (int block = 0; block < dealt.length; block++) {
      if (dealt[block] < 0) {
        add(rest, sums[block]);
      }
    }
    this.all = of.rows();
    this.before = new double[folds + 1][];
    this.after = new double[folds + 1][];
    before[0] = rest;
    after[folds] = new double[rest.length];
    for (int fold = 0; fold < folds; fold++) {
      before[fold + 1] = plus(before[fold], own[fold]);
      int last = folds - 1 - fold;
      after[last] = plus(after[last + 1], own[last]);
    }
  }

  private static void add(double[] to, double[] more) {
    for (int at = 0; at < to.length; at++) {
      to[at] += more[at];
    }
  }

  private static double[] plus(double[] one, double[] other) {
    double[] sum = one.clone();
    add(sum, other);
    return sum;
  }

  /** K. */
  int folds() {
    return blocks.length;
  }

  /** The blocks of a fold. */
  int[] blocks(int fold) {
    return blocks[fold];
  }

  /** The number of rows of a fold. */
  long rows(int fold) {
    return rows[fold];
  }

  /** The moments of a fold. */
  Moments own(int fold) {
    return Moments.of(features, rows[fold], own[fold]);
  }

  /** The moments of all rows that are not in a fold. */
  Moments without(int fold) {
    return Moments.of(features, all - rows[fold], plus(before[fold], after[fold + 1]));
  }

  /**
   * The moments of all rows that are in neither of two folds.
   *
   * @param second above {@code first}
   */
  Moments without(int first, int second) {
    double[] sum = plus(before[first], after[second + 1]);
    for (int between = first + 1; between < second; between++) {
      add(sum, own[between]);
    }
    return Moments.of(features, all - rows[first] - rows[second], sum);
  }

  /** The number of rows in folds. */
  long rowsInFolds() {
    return Arrays.stream(rows).sum();
  }
}
