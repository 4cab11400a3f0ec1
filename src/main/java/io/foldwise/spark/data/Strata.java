package io.foldwise.spark.data;

import io.foldwise.input.InvalidInputException;
import java.util.Collections;
import java.util.Map;

/** What stratified folds ask of the labels. */
final class Strata {

  private Strata() {}

  /** Refuses labels of which no value fills k folds, as of a continuous label. */
  static void check(Map<Double, Long> counts, int k, String label) {
    long most = Collections.max(counts.values());
    if (most < k) {
      throw new InvalidInputException(
          "'fold-strategy' stratified needs a value of '%s' on at least %d rows, one a fold; of its %d values none is on more than %d: use random"
              .formatted(label, k, counts.size(), most));
    }
  }
}
