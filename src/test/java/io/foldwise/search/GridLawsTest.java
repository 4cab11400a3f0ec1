package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.RowSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Grids and candidates in text and back, and what the order of folds does not change. */
final class GridLawsTest {
  private static final int ROWS = 500;
  private static final List<Loss> LOSSES = List.of(new Squared(), new Huber(1), new Quantile(0.5));

  /** One value on each axis. */
  @Provide
  Arbitrary<String> settings() {
    Arbitrary<String> optimizers =
        Arbitraries.of(
            "optimizer=sgd",
            "optimizer=momentum; momentum=0.75",
            "optimizer=nesterov; momentum=0",
            "optimizer=adagrad",
            "optimizer=rmsprop",
            "optimizer=adam",
            "optimizer=exact");
    Arbitrary<String> schedules =
        Arbitraries.of(
            "auto", "constant", "cosine", "inverse-scaling", "exponential", "exponential(0.5)");
    Arbitrary<String> rates =
        Arbitraries.oneOf(Arbitraries.just("auto"), numbers().map(v -> Double.toString(v)));
    Arbitrary<String> batches =
        Arbitraries.oneOf(
            Arbitraries.of("auto", "full"),
            Arbitraries.integers().between(1, 1000).map(v -> Integer.toString(v)));
    Arbitrary<String> flags = Arbitraries.of("true", "false");
    Arbitrary<String> forms =
        Combinators.combine(Arbitraries.integers().between(1, 9), flags, flags)
            .as("degree=%d; fit-intercept=%s; standardize=%s"::formatted);
    Arbitrary<String> penalties =
        Combinators.combine(numbers(), numbers()).as("l1=%s; l2=%s; delta=3; tau=0.25"::formatted);
    return Combinators.combine(optimizers, schedules, rates, batches, forms, penalties)
        .as("%s; schedule=%s; learning-rate=%s; batch-size=%s; %s; %s"::formatted);
  }

  private static Arbitrary<Double> numbers() {
    return Combinators.combine(
            Arbitraries.doubles().between(1, 10).ofScale(15),
            Arbitraries.integers().between(-300, 300))
        .as((digits, power) -> Double.parseDouble(digits + "e" + power));
  }

  @Property(seed = "1")
  void aCandidateReadsBackFromTheValuesThatItShows(@ForAll("settings") String settings) {
    for (Loss loss : LOSSES) {
      List<Candidate> candidates = Grid.parse(settings).candidates(loss, ROWS);
      String shown =
          candidates.get(0).values().entrySet().stream()
              .map(axis -> axis.getKey().label() + "=" + axis.getValue())
              .collect(Collectors.joining(";"));
      assertEquals(candidates, Grid.parse(shown).candidates(loss, ROWS), shown);
    }
  }

  @Property(seed = "2")
  void numbersOnAnAxisAreTheCandidatesOnceEachInOrder(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 1e9) Double> values) {
    String text = values.stream().map(v -> Double.toString(v)).collect(Collectors.joining(" , "));
    List<Double> read =
        Grid.parse(" l2 = " + text + " ; ").candidates(new Squared(), ROWS).stream()
            .map(candidate -> candidate.penalty().l2())
            .toList();
    assertEquals(values.stream().distinct().toList(), read);
  }

  @Property(seed = "3")
  void aRangeIsTheListOfItsNumbers(
      @ForAll @IntRange(min = 1, max = 50) int from, @ForAll @IntRange(max = 30) int more) {
    List<String> listed = new ArrayList<>();
    for (int value = from; value <= from + more; value++) {
      listed.add(Integer.toString(value));
    }
    assertEquals(
        Grid.parse("degree=" + String.join(",", listed)).candidates(new Squared(), ROWS),
        Grid.parse("degree=%d .. %d".formatted(from, from + more)).candidates(new Squared(), ROWS));
  }

  /** Twelve digits are kept of a fold's score; a last one of them may round either way. */
  @Property(seed = "4")
  void theOrderOfFoldsChangesNoSummary(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int folds) {
    Random random = new Random(seed);
    List<MetricSums> sums = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      sums.add(RowSums.of(random.doubles(5, -3, 3).toArray(), random.doubles(5, -3, 3).toArray()));
    }
    List<MetricSums> shuffled = new ArrayList<>(sums);
    Collections.shuffle(shuffled, random);
    for (Metric metric : List.of(Metric.MSE, Metric.MAE, Metric.R2)) {
      CandidateSummary.FoldScores one = scores(metric, sums);
      CandidateSummary.FoldScores other = scores(metric, shuffled);
      double rounding = 1e-11 * (1 + Math.abs(one.mean()));
      assertEquals(one.mean(), other.mean(), rounding);
      assertEquals(one.sd(), other.sd(), rounding);
      assertEquals(one.standardError(), other.standardError(), rounding);
      assertEquals(one.pooled(), other.pooled(), rounding);
    }
  }

  private static CandidateSummary.FoldScores scores(Metric metric, List<MetricSums> sums) {
    return CandidateSummary.FoldScores.of(
        metric, sums, sums.stream().reduce(MetricSums.EMPTY, MetricSums::merge));
  }
}
