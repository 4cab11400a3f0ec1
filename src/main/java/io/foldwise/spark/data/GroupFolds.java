package io.foldwise.spark.data;

import io.foldwise.input.InvalidInputException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Groups into folds, as scikit-learn's GroupKFold: the largest group first, each into the smallest
 * fold; among groups of one size the seed decides, among folds of one size the lowest number.
 */
final class GroupFolds {

  private record Fold(int number, long rows) {}

  private GroupFolds() {}

  /**
   * The fold of every group.
   *
   * @param sizes rows of each group, by its hash
   */
  static Map<Long, Integer> deal(Map<Long, Long> sizes, int k, long seed) {
    if (sizes.size() < k) {
      throw new InvalidInputException(
          "'folds' (" + k + ") must be <= groups (" + sizes.size() + "): a fold would be empty");
    }
    PriorityQueue<Fold> smallest =
        new PriorityQueue<>(Comparator.comparingLong(Fold::rows).thenComparingInt(Fold::number));
    for (int fold = 0; fold < k; fold++) {
      smallest.add(new Fold(fold, 0));
    }
    Map<Long, Integer> folds = new HashMap<>();
    for (long group : largestFirst(sizes, seed)) {
      Fold fold = smallest.remove();
      folds.put(group, fold.number());
      smallest.add(new Fold(fold.number(), fold.rows() + sizes.get(group)));
    }
    return folds;
  }

  private static List<Long> largestFirst(Map<Long, Long> sizes, long seed) {
    return sizes.keySet().stream()
        .sorted(
            Comparator.<Long>comparingLong(group -> -sizes.get(group))
                .thenComparingLong(group -> RowHash.Draw.FOLD.of(group, seed)))
        .toList();
  }
}
