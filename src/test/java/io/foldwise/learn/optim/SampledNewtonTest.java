package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSumsAccumulator;
import io.foldwise.math.DenseRows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The search by samples against the one that looks at every Hessian. */
class SampledNewtonTest {
  private static final int ROWS = 60_000;
  private static final int D = 4;
  private static final int MOST = 200;
  private static final List<Penalty> PENALTIES =
      List.of(Penalty.NONE, new Penalty(0, 0.1), new Penalty(0.05, 0), new Penalty(0.01, 0.01));

  /** Rows, and their numbers. */
  private record Data(double[] x, LabelledRows rows) {}

  /** Labels by x; those of the first rows by another rule, so that a sample may mislead. */
  private static Data rows(double positives, int misleading) {
    Random random = new Random(3);
    double[] x = new double[ROWS * (D + 1)];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i * (D + 1)] = 1;
      double score = Math.log(positives / (1 - positives));
      for (int j = 0; j < D; j++) {
        double cell = random.nextGaussian();
        x[i * (D + 1) + 1 + j] = cell;
        score += cell * (j - 1) * (i % 64 < misleading ? -3 : 1);
      }
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    }
    return new Data(x, new LabelledRows(new DenseRows(D + 1, x), y, new double[0], new int[ROWS]));
  }

  private static Coordinates coordinates(Data data) {
    ColumnSumsAccumulator sums = new ColumnSumsAccumulator(D);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < D; j++) {
        sums.add(j, data.x[i * (D + 1) + 1 + j], 1);
      }
      sums.endRow(data.rows.labels()[i], 1);
    }
    return Coordinates.of(
        new ModelForm(1, true, true),
        sums.sums(),
        new Shift(new double[D + 1]),
        PolynomialBasis.power(List.of("a", "b", "c", "d"), 1));
  }

  private static void assertSameOptima(Data data, int every) {
    assertSameOptima(data, PENALTIES, every);
  }

  private static void assertSameOptima(Data data, List<Penalty> penalties, int every) {
    Coordinates coordinates = coordinates(data);
    int m = penalties.size();
    List<Loss> losses = penalties.stream().<Loss>map(penalty -> new Logistic()).toList();
    TrialColumns trials =
        new TrialColumns(
            penalties.stream().map(penalty -> coordinates).toList(),
            penalties.stream().map(penalty -> Split.NONE).toList(),
            losses,
            1);
    MinibatchRows all = new MinibatchRows(data.rows, new int[] {0, ROWS});
    double[] weights = new double[m];
    Arrays.fill(weights, ROWS);
    List<WeightColumn> columns =
        IntStream.range(0, m)
            .mapToObj(i -> new WeightColumn(i * (D + 1), D + 1, 1, penalties.get(i)))
            .toList();
    double[] expected = new double[m * (D + 1)];
    ProximalNewton exact = new ProximalNewton(columns, losses, expected);
    exact.run(new RowsObjective(trials, List.of(all), 1), weights, MOST);
    double[] found = new double[m * (D + 1)];
    List<ProximalNewton.Optimum> optima =
        new SampledNewton(columns, losses, found)
            .run(new RowsObjective(trials, List.of(all), 1), weights, MOST, every);
    assertArrayEquals(expected, found, 1e-6);
    for (int i = 0; i < m; i++) {
      assertTrue(optima.get(i).isReached());
      assertEquals(exact.optimum(i).objective(), optima.get(i).objective(), 1e-12);
      assertEquals(exact.optimum(i).start(), optima.get(i).start(), 1e-12);
    }
  }

  @Test
  void itFindsTheOptimumOfAllRows() {
    assertSameOptima(rows(0.4, 0), 16);
  }

  @Test
  void aSampleThatMisleadsCostsPassesAlone() {
    assertSameOptima(rows(0.4, 16), 4);
  }

  @Test
  void aSampleThatHasNoOptimumIsLeft() {
    assertSameOptima(rows(0.002, 0), 1000);
  }

  @Test
  void penaltiesOnAPathAreEachAtTheirOptimum() {
    List<Penalty> paths =
        Stream.of(0.0, 0.5)
            .flatMap(
                share ->
                    IntStream.range(0, 24)
                        .mapToDouble(i -> Math.pow(10, -4 + i / 6.0))
                        .mapToObj(size -> new Penalty(share * size, (1 - share) * size)))
            .toList();
    assertSameOptima(rows(0.4, 0), paths, 16);
  }

  @Test
  void fewRowsAreNotSampled() {
    assertEquals(1, SampledNewton.thinning(40_000, 5));
    assertEquals(5, SampledNewton.thinning(200_000, 5));
    assertEquals(1, SampledNewton.thinning(1_000_000, 1000));
  }
}
