package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Assignment;
import io.foldwise.spark.data.schema.Numeral;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * See {@link FoldStrategy#time}: times are in order as numbers if all are, else as texts of dates
 * and times from the year down. Rows of one time share the fold of the first of them.
 *
 * @param purge the time before a fold whose rows are not trained on where it is scored: in the
 *     units of times that are numbers, in days where they are dates
 */
record TimeFolds(double purge) implements FoldStrategy {
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
    return purge > 0 ? Assignment.TrainedOn.EARLIER_PURGED : Assignment.TrainedOn.EARLIER;
  }

  @Override
  public FoldStrategy purged(double time) {
    if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "'purge' (%s) must be a number >= 0".formatted(Timeline.plain(time)));
    }
    return new TimeFolds(time);
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    Dealing.Runs runs = new Dealing.Runs(rows.folds(), all, 0);
    List<String> times =
        sorted(counts.keySet().stream().map(String.class::cast).toList(), rows.column());
    int[] folds = new int[times.size()];
    int dealt = 0;
    long before = 0;
    for (int at = 0; at < folds.length; at++) {
      folds[at] = runs.fold(before);
      dealt += at == 0 || folds[at] > folds[at - 1] ? 1 : 0;
      before += counts.get(times.get(at));
    }
    if (dealt < rows.folds()) {
      throw new InvalidInputException(
          "'folds' (%d) are too many for the %,d times of '%s', whose rows stay together: a fold would be empty"
              .formatted(rows.folds(), counts.size(), rows.column()));
    }
    if (purge == 0) {
      return new Dealing.ByValue(rows.folds(), byTime(times, folds));
    }
    Map<Object, Integer> pieces = byTime(times, pieces(Timeline.of(times, rows.column()), folds));
    return new Dealing.ByValue(rows.folds(), pieces, List.of(note(rows.folds(), pieces, counts)));
  }

  private static Map<Object, Integer> byTime(List<String> times, int[] numbers) {
    Map<Object, Integer> byTime = new HashMap<>();
    for (int at = 0; at < numbers.length; at++) {
      byTime.put(times.get(at), numbers[at]);
    }
    return byTime;
  }

  /** How many rows are left out, by which a purge in other units than the times' is seen. */
  private String note(int k, Map<Object, Integer> pieces, Map<Object, Long> counts) {
    long[] purged = new long[k - 1];
    pieces.forEach(
        (time, piece) -> {
          if (piece % 2 == 1) {
            purged[piece / 2] += counts.get(time);
          }
        });
    LongSummaryStatistics rows = LongStream.of(purged).summaryStatistics();
    boolean isSame = rows.getMin() == rows.getMax();
    return "'purge' (%s): the last %s%,d rows before a fold are not trained on where it is scored"
        .formatted(
            Timeline.plain(purge), isSame ? "" : "%,d to ".formatted(rows.getMin()), rows.getMax());
  }

  /**
   * The piece of each time: 2g + 1 where its fold is g and the next begins within the purge after
   * it, else 2g.
   *
   * @param folds the fold of each time, ascending, each of them met
   */
  private int[] pieces(Timeline line, int[] folds) {
    List<BigDecimal> starts = new ArrayList<>();
    for (int at = 0; at < folds.length; at++) {
      if (folds[at] == starts.size()) {
        starts.add(line.places().get(at));
      }
    }
    BigDecimal reach = line.units(purge);
    for (int fold = 0; fold + 1 < starts.size(); fold++) {
      BigDecimal length = starts.get(fold + 1).subtract(starts.get(fold));
      if (reach.compareTo(length) >= 0) {
        throw new InvalidInputException(
            "'purge' (%s) must be < %s, the %s from the start of fold %d to that of fold %d, of which nothing would be left: take less, or fewer folds"
                .formatted(Timeline.plain(purge), line.told(length), line.unit(), fold, fold + 1));
      }
    }
    int[] pieces = new int[folds.length];
    for (int at = 0; at < folds.length; at++) {
      int next = folds[at] + 1;
      boolean isNear =
          next < starts.size()
              && line.places().get(at).compareTo(starts.get(next).subtract(reach)) >= 0;
      pieces[at] = 2 * folds[at] + (isNear ? 1 : 0);
    }
    return pieces;
  }

  private static List<String> sorted(List<String> times, String name) {
    if (times.stream().allMatch(Numeral::is)) {
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
