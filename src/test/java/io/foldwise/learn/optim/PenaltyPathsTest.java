package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSumsAccumulator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PenaltyPathsTest {
  private static final Coordinates COORDINATES =
      Coordinates.of(
          new ModelForm(1, false, false),
          new ColumnSumsAccumulator(1).sums(),
          new Shift(new double[2]),
          PolynomialBasis.power(List.of("a"), 1));

  /** Columns of one weight, all over the same rows. */
  private static PenaltyPaths paths(List<Penalty> penalties) {
    int m = penalties.size();
    return new PenaltyPaths(
        new TrialColumns(
            penalties.stream().map(any -> COORDINATES).toList(),
            penalties.stream().map(any -> Split.NONE).toList(),
            penalties.stream().<Loss>map(any -> new Logistic()).toList(),
            1),
        IntStream.range(0, m).mapToObj(i -> new WeightColumn(i, 1, 0, penalties.get(i))).toList(),
        new double[m]);
  }

  private static List<Penalty> sizes(int count, double step, double shareOfL1) {
    return IntStream.range(0, count)
        .mapToDouble(i -> Math.exp(i * step))
        .mapToObj(size -> new Penalty(shareOfL1 * size, (1 - shareOfL1) * size))
        .toList();
  }

  /** The largest distance from a curve of columns that begin from those which lie on it. */
  private static double apart(List<Penalty> penalties, DoubleUnaryOperator curve) {
    PenaltyPaths paths = paths(penalties);
    double[] exact = IntStream.range(0, penalties.size()).asDoubleStream().map(curve).toArray();
    double largest = 0;
    for (int column = 0; column < exact.length; column++) {
      double[] w = exact.clone();
      if (paths.level(column) > 0) {
        for (int other = 0; other < exact.length; other++) {
          w[other] = paths.level(other) < paths.level(column) ? exact[other] : Double.NaN;
        }
        paths.begin(column, w);
      }
      largest = Math.max(largest, Math.abs(w[column] - exact[column]));
    }
    return largest;
  }

  @Test
  void everyLevelDoublesTheDensity() {
    PenaltyPaths paths = paths(sizes(45, 0.1, 0));
    assertEquals(3, paths.levels());
    int[] counts = new int[3];
    IntStream.range(0, 45).forEach(column -> counts[paths.level(column)]++);
    assertEquals(List.of(12, 11, 22), IntStream.of(counts).boxed().toList());
    assertEquals(new PenaltyPaths.Between(2, 4, paths.between(3).share()), paths.between(3));
    assertEquals(0.5, paths.between(3).share(), 1e-12);
  }

  @Test
  void withoutL1SevenPowersOfTheLogarithmAreExact() {
    DoubleUnaryOperator powers = i -> Math.pow(i / 40 - 0.4, 7) - 3 * Math.pow(i / 40, 5);
    assertEquals(0, apart(sizes(52, 0.1, 0), powers), 1e-10);
  }

  @Test
  void withL1OrWideStepsOnlyLinesAre() {
    assertEquals(0, apart(sizes(52, 0.1, 0.5), i -> 3 - i), 1e-10);
    assertEquals(0, apart(sizes(52, 3, 0), i -> 3 - i), 1e-10);
    assertEquals(1, apart(sizes(26, 0.1, 0.5), i -> i * i), 1e-10);
  }

  @Test
  void aPenaltyOfNothingIsOnNoPath() {
    PenaltyPaths paths =
        paths(Stream.concat(sizes(45, 0.1, 0).stream(), Stream.of(Penalty.NONE)).toList());
    assertEquals(3, paths.levels());
    assertEquals(45, paths.first(45));
    assertEquals(0, paths.level(45));
  }

  @Test
  void aPathOnWhichTwoAreTheSameIsNotInterpolated() {
    List<Penalty> sizes = sizes(45, 0.1, 0);
    PenaltyPaths paths = paths(Stream.concat(sizes.stream(), Stream.of(sizes.get(7))).toList());
    assertEquals(1, paths.levels());
  }

  @Test
  void penaltiesOfOtherSharesAreOtherPaths() {
    List<Penalty> both =
        Stream.concat(sizes(30, 0.1, 0).stream(), sizes(30, 0.1, 0.2).stream()).toList();
    PenaltyPaths paths = paths(both);
    assertEquals(0, paths.first(29));
    assertEquals(30, paths.first(59));
    assertTrue(paths.between(31).lower() >= 30);
  }
}
