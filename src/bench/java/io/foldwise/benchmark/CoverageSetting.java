package io.foldwise.benchmark;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Grid;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.inference.Inferences;
import io.foldwise.search.training.BlockSums;
import io.foldwise.search.training.FinerCut;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.search.training.SnapshotEngine;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Data of which the truth is known, y = Σ of the first five features + noise, and a search over
 * them.
 *
 * @param rows n
 * @param features p
 * @param noise what is added to the labels
 * @param correlation ρ: the correlation of features j and k is ρ^|j − k|
 * @param grid the candidates
 */
record CoverageSetting(int rows, int features, Noise noise, double correlation, String grid) {
  private static final int FOLDS = 5;
  private static final int BEARING = 5;

  /** What is added to the labels, of known mean square. */
  enum Noise {
    GAUSSIAN("Gaussian, sd 1", 1),
    LOUD("Gaussian, sd 3", 9),
    LAPLACE("Laplace", 2),
    STUDENT_5("Student t, 5 degrees", 5.0 / 3),
    STUDENT_4("Student t, 4 degrees", 2),
    UNEVEN("Gaussian, sd abs(x1)", 1);

    private final String label;
    private final double variance;

    Noise(String label, double variance) {
      this.label = label;
      this.variance = variance;
    }

    private double draw(Random random, double first) {
      return switch (this) {
        case GAUSSIAN -> random.nextGaussian();
        case LOUD -> 3 * random.nextGaussian();
        case LAPLACE -> -Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
        case STUDENT_5 -> student(random, 5);
        case STUDENT_4 -> student(random, 4);
        case UNEVEN -> Math.abs(first) * random.nextGaussian();
      };
    }

    private static double student(Random random, int degrees) {
      double squares = 0;
      for (int i = 0; i < degrees; i++) {
        squares += Math.pow(random.nextGaussian(), 2);
      }
      return random.nextGaussian() / Math.sqrt(squares / degrees);
    }
  }

  /**
   * What a search over one set of data came to.
   *
   * @param truth the mean squared error of the final model over all rows that there could be
   * @param usual mean ± z standard errors of the folds
   * @param corrected the interval of the corrected variance
   * @param nested the interval of nested cross-validation
   */
  record Drawn(
      double truth,
      ScoreInterval.Range usual,
      ScoreInterval.Range corrected,
      ScoreInterval.Range nested) {}

  String label() {
    return "%,d | %d | %s%s | `%s`"
        .formatted(
            rows,
            features,
            noise.label,
            correlation > 0 ? "; features correlated, %s".formatted(correlation) : "",
            grid);
  }

  /** Draws data, searches over them, and has both intervals at 90 %. */
  Drawn draw(long seed) {
    Random random = new Random(seed);
    double[][] z = new double[rows][features + 2];
    for (double[] row : z) {
      row[0] = 1;
      double mean = 0;
      for (int j = 1; j <= features; j++) {
        double own = random.nextGaussian();
        row[j] =
            j == 1
                ? own
                : correlation * row[j - 1] + Math.sqrt(1 - correlation * correlation) * own;
        mean += j <= BEARING ? row[j] : 0;
      }
      row[features + 1] = mean + noise.draw(random, row[1]);
    }
    SearchPlan plan = plan(seed);
    SnapshotEngine engine = engine(plan, z);
    SearchResult result = new Search(plan, engine).run();
    double mean = result.chosen().orElseThrow().validation().mean();
    double error = result.chosen().orElseThrow().validation().standardError();
    return new Drawn(
        truth(result.refit().model()),
        new ScoreInterval.Range(mean - 1.645 * error, mean + 1.645 * error),
        range(plan(seed), ScoreInterval.Method.CORRECTED, result, engine),
        range(plan(seed), ScoreInterval.Method.NESTED, result, engine));
  }

  private static ScoreInterval.Range range(
      SearchPlan plan, ScoreInterval.Method method, SearchResult result, SnapshotEngine engine) {
    ScoreInterval.Request request = new ScoreInterval.Request(Optional.of(method), 0.9);
    SearchPlan asked =
        new SearchPlan(
            plan.objective(), plan.assignment(), plan.candidates(), plan.judging().with(request));
    ScoreInterval interval = Inferences.of(asked, result, engine).interval().orElseThrow();
    if (interval.method() != method) {
      throw new IllegalStateException(interval.toString());
    }
    return interval.range();
  }

  private SearchPlan plan(long seed) {
    Squared loss = new Squared();
    Assignment assignment = new Assignment(rows, FOLDS, rows);
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.CHEBYSHEV, new InitialWeights.Baseline(), seed),
        assignment,
        Grid.parse(grid).candidates(loss, rows),
        new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty())
            .with(ScoreInterval.Request.AUTO));
  }

  /** The moments of rows, as a search has them; their order is as good as a shuffled one. */
  private SnapshotEngine engine(SearchPlan plan, double[][] z) {
    List<Integer> minibatches =
        plan.candidates().stream()
            .filter(candidate -> !candidate.isExact())
            .map(c -> plan.assignment().minibatches(c.descending().batchSize()))
            .distinct()
            .toList();
    List<Integer> training = minibatches.isEmpty() ? List.of(1) : minibatches;
    MinibatchBorders borders =
        new MinibatchBorders(plan.assignment(), FinerCut.withSegments(plan, training, features));
    BlockSums sums = new BlockSums(features);
    for (int row = 0; row < rows; row++) {
      sums.addRows(borders.block(row, row % FOLDS), z[row], 0, 1);
    }
    MomentsTable blocks = new MomentsTable(borders, features, List.of(sums));
    List<String> names = IntStream.rangeClosed(1, features).mapToObj(j -> "x" + j).toList();
    MomentsSnapshot snapshot =
        new MomentsSnapshot(
            PolynomialBasis.power(names, 1),
            new Shift(new double[features + 1]),
            plan.objective().initialWeights(),
            plan.objective().seed(),
            plan.curvePoints(),
            blocks.cutInto(training));
    return new SnapshotEngine(snapshot, blocks);
  }

  /** Noise, b² and (w − w₀)ᵀ Σ (w − w₀). */
  private double truth(LinearModel model) {
    double[] off = model.function().coefficients().clone();
    for (int j = 0; j < BEARING; j++) {
      off[j] -= 1;
    }
    double error = noise.variance + Math.pow(model.function().intercept(), 2);
    for (int j = 0; j < features; j++) {
      for (int k = 0; k < features; k++) {
        error += off[j] * off[k] * Math.pow(correlation, Math.abs(j - k));
      }
    }
    return error;
  }
}
