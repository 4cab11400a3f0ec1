package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import java.util.Collections;
import java.util.Map;

/**
 * See {@link FoldStrategy#stratified}.
 *
 * @param required whether labels of which no value fills the folds are refused; else these are
 *     dealt by chance
 */
record StratifiedFolds(boolean required) implements FoldStrategy {
  @Override
  public String option() {
    return "stratified";
  }

  @Override
  public String about() {
    return "each label's share the same";
  }

  @Override
  public RowTrait trait() {
    return RowTrait.LABEL;
  }

  /** By chance alone every class has its share of each fold, and need not be counted. */
  @Override
  public FoldStrategy ofMany() {
    return required ? this : FoldStrategy.random();
  }

  /** Refuses labels of which no value fills k folds, as those of a continuous label. */
  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    long most = Collections.max(counts.values());
    if (most < rows.folds() && !required) {
      return new RandomFolds().dealing(rows, counts);
    }
    if (most < rows.folds()) {
      throw new InvalidInputException(
          "'fold-strategy' stratified needs a value of '%s' on at least %d rows, one a fold; of its %d values none is on more than %d: use random"
              .formatted(rows.column(), rows.folds(), counts.size(), most));
    }
    return new Dealing.Spread(rows.folds(), true);
  }
}
