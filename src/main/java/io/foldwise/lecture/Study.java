package io.foldwise.lecture;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CrossValidation;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.Grid;
import io.foldwise.search.Halving;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.RowsEngine;
import io.foldwise.search.training.RowsInMemory;
import io.foldwise.search.training.SnapshotEngine;
import io.foldwise.search.training.TrialTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Points, how they are dealt, and what is minimised over them: what a section trains on. Squared
 * loss is trained from moments, the others over rows.
 *
 * @param folds the fold of each row
 * @param degree the highest degree that is asked for
 * @param seed the seed of the order of rows and minibatches
 */
record Study(
    Points points,
    int[] folds,
    Assignment.TrainedOn trainedOn,
    Loss loss,
    PolynomialBasis.Kind basis,
    int degree,
    InitialWeights start,
    long seed) {
  private static final int POINTS = 1000;

  /** Points of squared loss in one fold. */
  static Study of(Points points) {
    return new Study(
        points,
        new int[points.rows()],
        Assignment.TrainedOn.OTHERS,
        new Squared(),
        PolynomialBasis.Kind.CHEBYSHEV,
        1,
        new InitialWeights.Baseline(),
        42);
  }

  /** The same, dealt into k folds at random. */
  Study folds(int k) {
    int[] order = Draw.order(points.rows(), seed + 1);
    int[] dealt = new int[order.length];
    IntStream.range(0, order.length).forEach(i -> dealt[order[i]] = i % k);
    return dealt(dealt);
  }

  /** The same, in folds that are given. */
  Study dealt(int... dealt) {
    return new Study(points, dealt, trainedOn, loss, basis, degree, start, seed);
  }

  /** The same, in k folds of neighbouring rows, each scored on what the earlier ones trained. */
  Study forward(int k) {
    int n = points.rows();
    int[] dealt = IntStream.range(0, n).map(row -> row * k / n).toArray();
    return new Study(points, dealt, Assignment.TrainedOn.EARLIER, loss, basis, degree, start, seed);
  }

  Study loss(Loss other) {
    return new Study(points, folds, trainedOn, other, basis, degree, start, seed);
  }

  Study degree(int highest) {
    return new Study(points, folds, trainedOn, loss, basis, highest, start, seed);
  }

  /** The same with raw powers. */
  Study powers() {
    PolynomialBasis.Kind powers = PolynomialBasis.Kind.POWER;
    return new Study(points, folds, trainedOn, loss, powers, degree, start, seed);
  }

  /** The same from weights of zero. */
  Study fromZeros() {
    return from(new InitialWeights.Zeros());
  }

  Study from(InitialWeights other) {
    return new Study(points, folds, trainedOn, loss, basis, degree, other, seed);
  }

  Study seed(long other) {
    return new Study(points, folds, trainedOn, loss, basis, degree, start, other);
  }

  private RowsInMemory rows() {
    int d = points.features();
    List<String> names =
        d == 1 ? List.of("x") : IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
    double[] low = IntStream.range(0, d).mapToDouble(points::low).toArray();
    double[] high = IntStream.range(0, d).mapToDouble(points::high).toArray();
    PolynomialBasis terms =
        basis == PolynomialBasis.Kind.POWER || degree == 1
            ? PolynomialBasis.power(names, degree)
            : PolynomialBasis.chebyshev(names, degree, low, high);
    return new RowsInMemory(
        points.x(),
        points.y(),
        new RowsInMemory.Dealt(folds, Draw.order(points.rows(), seed), trainedOn),
        new RowsInMemory.Setting(terms, loss, start, seed, POINTS));
  }

  /** The candidates of a grid. */
  List<Candidate> candidates(String grid) {
    return Grid.parse(grid).candidates(loss, points.rows());
  }

  /**
   * What cross-validation found.
   *
   * @param trials candidate after candidate, fold after fold
   */
  record Validated(List<CandidateSummary> summaries, List<TrialResult> trials) {
    /** The mean of the metric over the folds, of each candidate. */
    double[] means() {
      return summaries.stream().mapToDouble(each -> each.validation().mean()).toArray();
    }

    /** The mean of the metric over the rows trained on, of each candidate. */
    double[] training() {
      return summaries.stream().mapToDouble(CandidateSummary::meanTrain).toArray();
    }
  }

  /** Cross-validates the candidates of a grid by their loss. */
  Validated validate(String grid) {
    return validate(grid, Optional.empty(), Optional.empty());
  }

  Validated validate(String grid, Optional<EarlyStopping> stopping, Optional<Halving> halving) {
    List<Candidate> candidates = candidates(grid);
    RowsInMemory rows = rows();
    SearchPlan plan =
        new SearchPlan(
            new SearchPlan.Objective(loss, basis, start, seed),
            rows.assignment(),
            candidates,
            new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, stopping, halving));
    CrossValidation validation = new CrossValidation(plan, engine(rows, candidates));
    return new Validated(validation.run(), validation.trials());
  }

  private TrialEngine engine(RowsInMemory rows, List<Candidate> candidates) {
    return loss instanceof Squared ? moments(rows, candidates) : new RowsEngine(rows);
  }

  private static SnapshotEngine moments(RowsInMemory rows, List<Candidate> candidates) {
    List<Integer> minibatches =
        candidates.stream()
            .map(
                each ->
                    each.isExact()
                        ? 1
                        : rows.assignment().minibatches(each.descending().batchSize()))
            .distinct()
            .toList();
    return new SnapshotEngine(rows.snapshot(minibatches));
  }

  /** Trains each candidate of a grid on all rows. */
  List<TrialResult> fits(String grid) {
    List<Candidate> candidates = candidates(grid);
    List<Trial> trials = candidates.stream().map(each -> Trial.of(each, Split.NONE)).toList();
    return engine(rows(), candidates).train(trials);
  }

  /** Trains the only candidate of a grid on all rows. */
  TrialResult fit(String grid) {
    return fits(grid).get(0);
  }

  /** The trainer of the only candidate of a grid, on all rows. */
  TrialTrainer road(String grid) {
    List<Candidate> candidates = candidates(grid);
    Trial trial = Trial.of(candidates.get(0), Split.NONE);
    return loss instanceof Squared
        ? moments(rows(), candidates).trainer(trial)
        : new RowsEngine(rows()).trainer(trial);
  }

  /** Predictions of a model of one feature. */
  static double[] predictions(LinearModel model, double[] x) {
    return Arrays.stream(x).map(each -> model.predict(new double[] {each})).toArray();
  }

  /** The mean squared error of a model over points. */
  static double squaredError(LinearModel model, Points points) {
    Loss squared = new Squared();
    return IntStream.range(0, points.rows())
        .mapToDouble(i -> squared.value(model.predict(points.row(i)), points.y()[i]))
        .average()
        .orElse(Double.NaN);
  }
}
