package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Assignment;
import io.foldwise.spark.data.schema.Numeral;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * See {@link FoldStrategy#time}: times are in order as numbers if all are, else as texts of dates
 * and times from the year down. Rows of one time share the fold of the first of them.
 */
record TimeFolds() implements FoldStrategy {
  private static final String FROM_THE_YEAR = "\\d{4}-\\d{2}.*";

  @Override
  public String option() {
    return "time";
  }

  @Override
  public String about() {
    return "by the column of --time, trained on earlier folds alone";
  }

  @Override
  public RowTrait trait() {
    return RowTrait.TIME;
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public Assignment.TrainedOn trainedOn() {
    return Assignment.TrainedOn.EARLIER;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    Dealing.Runs runs = new Dealing.Runs(rows.folds(), all);
    Map<Object, Integer> folds = new HashMap<>();
    long before = 0;
    for (String time :
        sorted(counts.keySet().stream().map(String.class::cast).toList(), rows.column())) {
      folds.put(time, runs.fold(before));
      before += counts.get(time);
    }
    long dealt = folds.values().stream().distinct().count();
    if (dealt < rows.folds()) {
      throw new InvalidInputException(
          "'folds' (%d) are too many for the %,d times of '%s', whose rows stay together: a fold would be empty"
              .formatted(rows.folds(), counts.size(), rows.column()));
    }
    return new Dealing.ByValue(rows.folds(), folds);
  }

  private static List<String> sorted(List<String> times, String name) {
    if (times.stream().allMatch(time -> Numeral.of(time).isPresent())) {
      return times.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList();
    }
    times.stream()
        .filter(time -> !time.matches(FROM_THE_YEAR))
        .sorted()
        .findFirst()
        .ifPresent(
            other -> {
              throw new InvalidInputException(
                  "'time' (%s) holds '%s': times must be numbers, or dates from the year down, such as 2020-12-31 23:59"
                      .formatted(name, other));
            });
    return times.stream().sorted().toList();
  }
}
