package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSumsAccumulator;
import io.foldwise.math.SparseStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search by gradients alone, against other programs' optima and against Newton's. */
class QuasiNewtonTest {
  private static final int MOST = 1000;
  private static final int ROWS = 1500;
  private static final int D = 60;
  private static final int FOLDS = 2;

  static Stream<ProximalNewtonTest.Case> optima() throws IOException {
    return ProximalNewtonTest.optima().filter(each -> each.loss().isSmooth());
  }

  /** The optima of SciPy, scikit-learn and Clarabel in optima.json, see optima/make.py. */
  @ParameterizedTest
  @MethodSource("optima")
  void theObjectiveIsThatOfAnotherSolver(ProximalNewtonTest.Case each) throws IOException {
    double[][] rows = ProximalNewtonTest.rows(each.data());
    var problem = ProximalNewtonTest.Problem.of(rows, each.loss(), each.penalty());
    ProximalNewton.Optimum found =
        new QuasiNewton(List.of(problem.column()), List.of(each.loss()), problem.w())
            .run(problem.objective(), new double[] {problem.weight()}, MOST)
            .get(0);
    assertTrue(found.isReached());
    assertEquals(each.objective(), found.objective(), 1e-8 * each.objective());
    double above = found.objective() - each.objective();
    assertTrue(above <= found.gap() + 1e-10 * each.objective(), above + " above");
    double size = Arrays.stream(each.weights()).map(Math::abs).max().orElse(0);
    for (int j = 0; j < each.weights().length; j++) {
      assertEquals(each.weights()[j], problem.w()[j], 1e-5 * size, "weight " + j);
    }
  }

  /** Sparse weighted rows in two folds, of features whose deviations are far apart. */
  private static LabelledRows rows() {
    Random random = new Random(5);
    SparseStore store = new SparseStore(D + 1);
    double[] labels = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double score = -0.5;
      for (int j = 1; j <= D; j++) {
        if (random.nextInt(D) < 8) {
          double cell = random.nextGaussian() + 0.5;
          store.add(j, cell * (1 + j % 5));
          score += cell * (j % 3 - 1);
        }
      }
      store.endRow();
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    }
    return new LabelledRows(
        store.gather(IntStream.range(0, ROWS).toArray(), 0, ROWS),
        labels,
        random.doubles(ROWS, 0.2, 2).toArray(),
        IntStream.range(0, ROWS).map(i -> i % FOLDS).toArray());
  }

  /** Columns of each penalty with each fold held out. */
  private static final class Run {
    private final LabelledRows rows = rows();
    private final List<Loss> losses = new ArrayList<>();
    private final List<WeightColumn> columns = new ArrayList<>();
    private final double[] weights;
    private final TrialColumns trials;

    Run(List<Penalty> penalties, boolean intercept, boolean standardize) {
      int length = intercept ? D + 1 : D;
      List<Coordinates> coordinates = new ArrayList<>();
      List<Split> splits = new ArrayList<>();
      weights = new double[FOLDS * penalties.size()];
      for (int fold = 0; fold < FOLDS; fold++) {
        ColumnSumsAccumulator training = training(fold);
        Coordinates own =
            Coordinates.of(
                new ModelForm(1, intercept, standardize),
                training.sums(),
                new Shift(new double[D + 1]),
                PolynomialBasis.power(IntStream.range(0, D).mapToObj(j -> "x" + j).toList(), 1));
        for (Penalty penalty : penalties) {
          weights[columns.size()] = training.sums().weight();
          columns.add(
              new WeightColumn(columns.size() * length, length, intercept ? 1 : 0, penalty));
          coordinates.add(own);
          splits.add(Split.without(fold));
          losses.add(new Logistic());
        }
      }
      trials = new TrialColumns(coordinates, splits, losses, FOLDS);
    }

    private ColumnSumsAccumulator training(int heldOut) {
      ColumnSumsAccumulator sums = new ColumnSumsAccumulator(D);
      double[] cells = new double[D + 1];
      for (int i = 0; i < ROWS; i++) {
        if (rows.folds()[i] != heldOut) {
          rows.x().scaledInto(i, 1, D + 1, new double[] {1}, 1, 0, cells);
          for (int j = 0; j < D; j++) {
            sums.add(j, cells[j + 1], rows.weight(i));
          }
          sums.endRow(rows.labels()[i], rows.weight(i));
        }
      }
      return sums;
    }

    RowsObjective objective() {
      return new RowsObjective(trials, List.of(new MinibatchRows(rows, new int[] {0, ROWS})), 1);
    }

    double[] start() {
      return new double[columns.size() * columns.get(0).length()];
    }
  }

  private static void assertSameOptima(Run run) {
    double[] expected = run.start();
    ProximalNewton exact = new ProximalNewton(run.columns, run.losses, expected);
    exact.run(run.objective(), run.weights, MOST);
    double[] found = run.start();
    List<ProximalNewton.Optimum> optima =
        new QuasiNewton(run.columns, run.losses, found).run(run.objective(), run.weights, MOST);
    double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected, found, 1e-5 * size);
    for (int column = 0; column < optima.size(); column++) {
      ProximalNewton.Optimum own = optima.get(column);
      ProximalNewton.Optimum other = exact.optimum(column);
      assertTrue(own.isReached(), run.columns.get(column) + ": " + own);
      assertEquals(other.start(), own.start(), 1e-12);
      assertEquals(other.objective(), own.objective(), own.gap() + 1e-12);
      assertEquals(other.training(), own.training(), 1e-6);
      assertEquals(other.validation(), own.validation(), 1e-6 * other.validation());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyPenaltyComesToNewtonsOptimum(boolean intercept) {
    List<Penalty> penalties =
        List.of(
            Penalty.NONE,
            new Penalty(0, 0.1),
            new Penalty(0, 1e-4),
            new Penalty(0.02, 0),
            new Penalty(0.01, 0.005),
            new Penalty(5, 0));
    assertSameOptima(new Run(penalties, intercept, true));
    assertSameOptima(new Run(penalties, intercept, false));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void columnsOfAPathGoOnFromTheirNeighbours(double share) {
    List<Penalty> path =
        IntStream.range(0, 26)
            .mapToDouble(i -> Math.pow(10, -4 + i / 8.0))
            .mapToObj(size -> new Penalty(share * size, (1 - share) * size))
            .toList();
    assertSameOptima(new Run(path, true, true));
  }

  @Test
  void tooFewPassesAreNoOptimum() {
    Run run = new Run(List.of(new Penalty(0, 1e-4)), true, true);
    ProximalNewton.Optimum found =
        new QuasiNewton(run.columns, run.losses, run.start())
            .run(run.objective(), run.weights, 5)
            .get(0);
    assertFalse(found.isReached());
    assertFalse(found.isNear());
    assertTrue(found.objective() < found.start());
  }
}
