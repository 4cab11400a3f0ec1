package io.foldwise.spark.data.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts rows of a small dataset that are equal in features and label, where one of them is to be
 * unseen: by their hashes, which the driver holds.
 */
final class EqualRows {

  private static final int SEVERAL_FOLDS = -1;

  private EqualRows() {}

  /**
   * What a person should know of equal rows, one line each.
   *
   * @param training the hashes of the training rows
   * @param folds the folds of the training rows
   * @param test the hashes of the test rows
   */
  static List<String> notes(long[] training, int[] folds, long[] test) {
    List<String> notes = new ArrayList<>();
    long tested = inTraining(training, test);
    if (tested > 0) {
      notes.add(
          "%,d of %,d test rows have the features and label of a training row: of these the test score says nothing new"
              .formatted(tested, test.length));
    }
    long shared = inSeveralFolds(training, folds);
    if (shared > 0) {
      notes.add(
          "%,d of %,d training rows have the features and label of a row in another fold: of these cross-validation says nothing new"
              .formatted(shared, training.length));
    }
    return notes;
  }

  private static long inTraining(long[] training, long[] test) {
    Set<Long> known = new HashSet<>();
    if (test.length > 0) {
      for (long row : training) {
        known.add(row);
      }
    }
    long count = 0;
    for (long row : test) {
      count += known.contains(row) ? 1 : 0;
    }
    return count;
  }

  private static long inSeveralFolds(long[] training, int[] folds) {
    Map<Long, Integer> fold = new HashMap<>();
    for (int i = 0; i < training.length; i++) {
      fold.merge(training[i], folds[i], (a, b) -> a.equals(b) ? a : SEVERAL_FOLDS);
    }
    long count = 0;
    for (long row : training) {
      count += fold.get(row) == SEVERAL_FOLDS ? 1 : 0;
    }
    return count;
  }
}
