package io.foldwise.browser;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.EpochOrder;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CrossValidation;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.RowsEngine;
import io.foldwise.search.training.RowsInMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.teavm.jso.JSExport;

/** Rows in the page, some two thousand at most, on which it trains any loss. */
public final class PageRows {
  private static final int POINTS = 1000;

  private final RowsInMemory rows;
  private final RowsEngine engine;
  private final SearchPlan.Objective objective;

  private PageRows(RowsInMemory rows, SearchPlan.Objective objective) {
    this.rows = rows;
    this.engine = new RowsEngine(rows);
    this.objective = objective;
  }

  /**
   * Takes rows.
   *
   * @param x features, one row after the other
   * @param labels the label of each row
   * @param folds the fold of each row, from 0; all 0 where none is ever held out
   * @param loss the name of the loss
   * @param degree the highest degree that will be asked for
   * @param seed the seed of the order of rows and of minibatches
   */
  static PageRows of(
      double[] x, double[] labels, double[] folds, String loss, double degree, double seed) {
    int n = labels.length;
    int d = x.length / n;
    List<String> names = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
    double[] low = new double[d];
    double[] high = new double[d];
    Arrays.setAll(low, j -> feature(x, d, j).min().orElse(0));
    Arrays.setAll(high, j -> feature(x, d, j).max().orElse(0));
    PolynomialBasis basis =
        degree == 1
            ? PolynomialBasis.power(names, 1)
            : PolynomialBasis.chebyshev(names, (int) degree, low, high);
    SearchPlan.Objective objective =
        new SearchPlan.Objective(
            Loss.kind(loss).orElseThrow(),
            basis.kind(),
            new InitialWeights.Baseline(),
            (long) seed);
    RowsInMemory.Dealt dealt =
        new RowsInMemory.Dealt(
            Arrays.stream(folds).mapToInt(fold -> (int) fold).toArray(),
            new EpochOrder((long) seed, n).of(1).clone(),
            Assignment.TrainedOn.OTHERS);
    RowsInMemory.Setting setting =
        new RowsInMemory.Setting(
            basis, objective.loss(), objective.initialWeights(), objective.seed(), POINTS);
    return new PageRows(new RowsInMemory(x, labels, dealt, setting), objective);
  }

  private static DoubleStream feature(double[] x, int d, int j) {
    return IntStream.range(0, x.length / d).mapToDouble(row -> x[row * d + j]);
  }

  /**
   * Cross-validates a candidate by its loss, and trains it on all rows unless a fold diverged.
   *
   * @param candidate its values, written as a grid of one
   * @throws io.foldwise.input.InvalidInputException if an axis or a value is not one
   */
  @JSExport
  public CrossValidated crossValidate(String candidate) {
    SearchPlan plan =
        new SearchPlan(
            objective,
            rows.assignment(),
            List.of(candidate(candidate)),
            new SearchPlan.Judging(
                Metric.of(objective.loss()), SelectionRule.BEST, Optional.empty()));
    CrossValidation validation = new CrossValidation(plan, engine);
    CandidateSummary summary = validation.run().get(0);
    Optional<TrialResult> trained =
        summary.isEligible()
            ? Optional.of(engine.train(List.of(Trial.of(summary.candidate(), Split.NONE))).get(0))
            : Optional.empty();
    return new CrossValidated(summary, validation.trials(), trained, engine);
  }

  /**
   * The road of a candidate's weights.
   *
   * @param candidate its values, written as a grid of one
   * @param heldOut the fold that is left out; −1 for none
   */
  @JSExport
  public Road road(String candidate, int heldOut) {
    Split split = heldOut < 0 ? Split.NONE : Split.without(heldOut);
    return new Road(engine.trainer(Trial.of(candidate(candidate), split)));
  }

  private Candidate candidate(String grid) {
    return Grid.parse(grid).candidates(objective.loss(), rows.assignment().rows()).get(0);
  }
}
