package io.foldwise.search.inference;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import java.util.ArrayList;
import java.util.List;

/** The 63 rows of nested_cv.py, y = 1 + 2 x₀ − x₁ and something like noise. */
final class InferenceRows {
  static final int N = 63;
  static final int P = 3;
  static final List<String> FEATURES = List.of("a", "b", "c");

  /** Sums are about a point that is not 0, as they are in a run. */
  private static final double[] SHIFT = {0.1, -0.2, 0.05, 1.5};

  private InferenceRows() {}

  static double feature(int i, int j) {
    return ((i * i * (j + 3) + 7 * i + 13 * j) % 29) / 29.0 - 0.5;
  }

  static double label(int i) {
    return 1 + 2 * feature(i, 0) - feature(i, 1) + (17 * i * i + 5 * i) % 23 / 23.0;
  }

  /** The moments of rows from one to before another. */
  static Moments moments(int from, int to) {
    MomentsAccumulator sums = new MomentsAccumulator(P);
    double[] scratch = new double[MomentsAccumulator.scratchLength(P)];
    for (int i = from; i < to; i++) {
      double[] z = new double[P + 2];
      z[0] = 1;
      for (int j = 0; j < P; j++) {
        z[j + 1] = feature(i, j) - SHIFT[j];
      }
      z[P + 1] = label(i) - SHIFT[P];
      sums.addRows(z, 0, 1, scratch);
    }
    return sums.moments();
  }

  /** The rows in blocks of these sizes, again and again. */
  static Blocks blocks(int... sizes) {
    List<Moments> blocks = new ArrayList<>();
    for (int from = 0, block = 0; from < N; block++) {
      int to = from + sizes[block % sizes.length];
      blocks.add(moments(from, to));
      from = to;
    }
    return new Blocks(blocks);
  }

  /**
   * The fold of each row: (i + 1)·factor mod modulus mod folds for the first, −1 for the others.
   */
  static int[] dealt(int inFolds, int factor, int modulus, int folds) {
    int[] dealt = new int[N];
    for (int i = 0; i < N; i++) {
      dealt[i] = i < inFolds ? (i + 1) * factor % modulus % folds : -1;
    }
    return dealt;
  }

  static Candidate exact(String axes) {
    return Grid.parse("optimizer=exact; " + axes).candidates(new Squared(), N).get(0);
  }

  static MomentsFit fit(String axes) {
    return new MomentsFit(exact(axes), PolynomialBasis.power(FEATURES, 1), new Shift(SHIFT));
  }
}
