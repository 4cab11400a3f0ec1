package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Softmax;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Decisions among several classes, against numbers of scikit-learn. */
final class ConfusionTest {
  private static final double[] LABELS = {0, 1, 2, 2, 1, 0, 1, 1, 0, 2, 0, 1};
  private static final int[] PREDICTED = {0, 1, 1, 2, 1, 0, 2, 1, 1, 2, 0, 0};
  private static final double[] WEIGHTS = {1, 2, 0.5, 1, 3, 1, 0.25, 2, 1.5, 1, 1, 2};

  private static MetricSums sums(double[] labels, double[] weights) {
    int n = labels.length;
    ScoredBlock block = new ScoredBlock(Collections.nCopies(2, new Softmax(3)), n);
    double[] z = new double[n * 6];
    for (int row = 0; row < n; row++) {
      z[row * 6] = 9;
      z[row * 6 + 3 + PREDICTED[row]] = 1;
    }
    block.fill(z, new ScoredBlock.Rows(labels, weights, n));
    MetricAccumulator sums = new MetricAccumulator(block);
    for (int row = 0; row < n; row++) {
      sums.add(row, 1, 2);
    }
    sums.settle();
    return sums.sums(1);
  }

  private static double[] ones() {
    double[] ones = new double[LABELS.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * scikit-learn 1.9.1: {@code accuracy_score}, {@code f1_score(average="macro")} and {@code
   * confusion_matrix}, then with {@code sample_weight}.
   */
  @Test
  void decisionsAreScikitLearns() {
    MetricSums plain = sums(LABELS, ones());
    assertEquals(0.6666666666666666, Metric.ACCURACY.of(plain), 1e-15);
    assertEquals(0.6722222222222222, Metric.MACRO_F1.of(plain), 1e-15);
    MetricSums weighted = sums(LABELS, WEIGHTS);
    assertEquals(0.7384615384615385, Metric.ACCURACY.of(weighted), 1e-15);
    assertEquals(0.7469358327325161, Metric.MACRO_F1.of(weighted), 1e-15);
    assertArrayEquals(
        new double[] {3, 1.5, 0, 2, 7, 0.25, 0, 0.5, 2}, weighted.confusion().cells(), 1e-15);
    MetricSums twice = weighted.merge(weighted);
    assertEquals(14, twice.confusion().cell(1, 1), 1e-15);
    assertTrue(plain.merge(weighted.withConfusion(Confusion.NONE)).confusion().isNone());
  }

  /** A class that is neither there nor predicted has no F1, as in scikit-learn. */
  @Test
  void aClassThatDoesNotOccurDoesNotCount() {
    assertEquals(0.75, new Confusion(new double[] {3, 1, 0, 1, 3, 0, 0, 0, 0}).macroF1(), 1e-15);
  }

  @Test
  void theFirstOfEqualValuesIsPredicted() {
    ScoredBlock block = new ScoredBlock(Collections.nCopies(1, new Softmax(3)), 2);
    double[] z = {0.5, 0.5 + 1e-14, 0.2, -1, -0.7, -0.7};
    double[] labels = {0, 1};
    block.fill(z, new ScoredBlock.Rows(labels, new double[] {1, 1}, 2));
    assertEquals(0, block.cell(0, 0));
    assertEquals(4, block.cell(1, 0));
  }

  @Test
  void aLabelThatIsNoClassAlarms() {
    double[] labels = LABELS.clone();
    labels[3] = 3;
    MetricSums sums = sums(labels, ones());
    assertTrue(Double.isNaN(Metric.ACCURACY.of(sums)));
    assertTrue(Double.isNaN(Metric.of(new Softmax(3)).of(sums)));
  }
}
