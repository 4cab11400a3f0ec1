package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.search.ScoreInterval;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The formulas of the package nestedcv of R, on the same foldings. The constants are printed by
 * src/test/python/nested_cv.py, which has the rows and knows no moments (NumPy 2.4.6, SciPy
 * 1.17.1).
 */
final class NestedCrossValidationTest {
  private static final int K = 10;
  private static final double CLOSE = 1e-10;

  /** SciPy 1.17.1: stats.t.ppf(0.95, 9); R takes the normal quantile. */
  private static final double STUDENT = 1.833112932656237;

  private static ScoreInterval ofRows(String axes) {
    NestedOverBlocks validation =
        new NestedOverBlocks(InferenceRows.blocks(1), InferenceRows.fit(axes), K);
    for (int factor : new int[] {1, 7, 23}) {
      validation.add(List.of(dealt(InferenceRows.N, 60, factor, 61)));
    }
    return validation.interval(0.9);
  }

  private static int[] dealt(int blocks, int inFolds, int factor, int modulus) {
    int[] dealt = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      dealt[block] = block < inFolds ? (block + 1) * factor % modulus % K : -1;
    }
    return dealt;
  }

  @Test
  void overRowsItIsThatOfR() {
    ScoreInterval least = ofRows("l2=0");
    assertEquals(0.10914353957562915, least.estimate(), CLOSE);
    assertEquals(0.02050964852325037, least.standardError(), CLOSE);
    assertEquals(1.3462264488032873, least.nested().orElseThrow().inflation(), CLOSE);
    double half = STUDENT * 0.02050964852325037;
    assertEquals(0.10914353957562915 - half, least.range().low(), CLOSE);
    assertEquals(0.10914353957562915 + half, least.range().high(), CLOSE);
  }

  @Test
  void thePenaltyIsThatOfTheCandidate() {
    ScoreInterval ridge = ofRows("l2=0.05");
    assertEquals(0.10951299741447315, ridge.estimate(), CLOSE);
    assertEquals(1.398469579673295, ridge.nested().orElseThrow().inflation(), CLOSE);
    assertEquals(0.02134974673272018, ridge.standardError(), CLOSE);
  }

  @Test
  void overBlocksOfSeveralRowsVariancesAreOfTheirMeans() {
    NestedOverBlocks validation =
        new NestedOverBlocks(InferenceRows.blocks(2, 3, 4), InferenceRows.fit("l2=0.05"), K);
    for (int factor : new int[] {3, 6, 16}) {
      validation.add(List.of(dealt(21, 20, factor, 31)));
    }
    ScoreInterval interval = validation.interval(0.9);
    assertEquals(0.11032890266271138, interval.estimate(), CLOSE);
    assertEquals(0.01541922205493016, interval.standardError(), CLOSE);
    assertEquals(1.1042268083524664, interval.nested().orElseThrow().inflation(), CLOSE);
  }
}
