package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.RowHash;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * See {@link FoldStrategy#group}: the largest group first, each into the smallest fold; among
 * groups of one size the seed decides, among folds of one size the lowest number.
 */
record GroupFolds() implements FoldStrategy {
  private record Fold(int number, long rows) {}

  @Override
  public String option() {
    return "group";
  }

  @Override
  public String about() {
    return "rows of a group together";
  }

  @Override
  public RowTrait trait() {
    return RowTrait.GROUP;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    if (counts.size() < rows.folds()) {
      throw new InvalidInputException(
          "'folds' (%d) must be <= groups (%d): a fold would be empty"
              .formatted(rows.folds(), counts.size()));
    }
    PriorityQueue<Fold> smallest =
        new PriorityQueue<>(Comparator.comparingLong(Fold::rows).thenComparingInt(Fold::number));
    for (int fold = 0; fold < rows.folds(); fold++) {
      smallest.add(new Fold(fold, 0));
    }
    Map<Object, Integer> folds = new HashMap<>();
    for (Object group : largestFirst(counts, rows.seed())) {
      Fold fold = smallest.remove();
      folds.put(group, fold.number());
      smallest.add(new Fold(fold.number(), fold.rows() + counts.get(group)));
    }
    return new Dealing.ByValue(rows.folds(), folds);
  }

  private static List<Object> largestFirst(Map<Object, Long> counts, long seed) {
    return counts.keySet().stream()
        .sorted(
            Comparator.<Object>comparingLong(group -> -counts.get(group))
                .thenComparingLong(group -> RowHash.Draw.FOLD.of((Long) group, seed)))
        .toList();
  }
}
