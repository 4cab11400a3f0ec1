package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Numeral;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** See {@link FoldStrategy#column}: values are sorted as numbers if all are, else as text. */
record ColumnFolds() implements FoldStrategy {
  @Override
  public String option() {
    return "column";
  }

  @Override
  public String about() {
    return "as a column says";
  }

  @Override
  public RowTrait trait() {
    return RowTrait.FOLD_VALUE;
  }

  @Override
  public boolean takesCount() {
    return false;
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    List<String> order =
        sorted(counts.keySet().stream().map(String.class::cast).toList(), rows.column());
    Map<Object, Integer> folds = new HashMap<>();
    order.forEach(value -> folds.put(value, folds.size()));
    return new Dealing.ByValue(order.size(), folds);
  }

  private static List<String> sorted(Collection<String> distinct, String name) {
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
