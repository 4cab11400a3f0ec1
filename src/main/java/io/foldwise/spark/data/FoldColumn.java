package io.foldwise.spark.data;

import io.foldwise.input.InvalidInputException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Folds that a column names: its distinct values, sorted, are folds 0 to k−1. */
final class FoldColumn {

  private FoldColumn() {}

  /**
   * The values in the order of their folds: as numbers if all are, else as text.
   *
   * @param distinct the distinct values as text, numbers as doubles
   */
  static List<String> sorted(Collection<String> distinct, String name) {
    if (distinct.size() < 2) {
      throw new InvalidInputException(
          "'fold-column' (%s) has one value, %s: at least two are needed"
              .formatted(name, distinct.iterator().next()));
    }
    if (!distinct.stream().allMatch(value -> Numeral.of(value).isPresent())) {
      return distinct.stream().sorted().toList();
    }
    for (String value : distinct) {
      if (Double.parseDouble(value) % 1 != 0) {
        throw new InvalidInputException(
            "'fold-column' (%s) holds %s: folds must be whole numbers or text"
                .formatted(name, value));
      }
    }
    return distinct.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList();
  }
}
