package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search whose queries are asked about.
 *
 * @param name what it shows
 * @param objective loss and basis
 * @param shape of its rows
 * @param grid its candidates
 * @param metric that it is judged by
 */
record GpuPlanCase(
    String name, SearchPlan.Objective objective, Shape shape, String grid, Metric metric) {

  /**
   * What is read of the rows.
   *
   * @param features how many
   * @param weighted whether rows have weights
   * @param movement auto or reduce
   */
  record Shape(int features, boolean weighted, String movement) {}

  private static final Shape NARROW = new Shape(4, false, "auto");
  private static final Shape WIDE = new Shape(30, false, "auto");
  private static final Shape WEIGHTED = new Shape(4, true, "auto");

  /** Of everything that a search can ask. */
  static List<GpuPlanCase> all() {
    Loss squared = new Squared();
    List<GpuPlanCase> cases = new ArrayList<>();
    String batches = "batch-size=300,500,full";
    cases.add(of("moments", squared, NARROW, batches));
    cases.add(of("moments, wide", squared, WIDE, ""));
    cases.add(of("moments, weights", squared, WEIGHTED, batches));
    cases.add(of("moments, degree 3", squared, NARROW, "degree=1..3"));
    cases.add(
        new GpuPlanCase(
            "moments, powers, other scores",
            objective(squared, PolynomialBasis.Kind.POWER),
            WEIGHTED,
            "degree=1..3; optimizer=exact",
            Metric.MAE));
    for (Loss loss : Loss.kinds()) {
      if (loss.target() == TargetType.MULTICLASS) {
        continue;
      }
      cases.add(of(loss.label() + " gradients, weights", loss, reducing(WEIGHTED), batches));
    }
    // How sums are divided among queries, and terms made, is the same for all losses.
    for (Loss loss : List.of(squared, new Logistic())) {
      String label = loss.label();
      cases.add(of(label + " gradients", loss, reducing(NARROW), batches));
      cases.add(of(label + " gradients, wide", loss, reducing(WIDE), "batch-size=full"));
      cases.add(of(label + " gradients, degree 3", loss, reducing(WEIGHTED), "degree=3"));
    }
    cases.add(scored("other scores of classes", new Logistic(), Metric.F1));
    cases.add(scored("other scores of numbers", new Huber(1), Metric.MAX_ERROR));
    return cases;
  }

  private static Shape reducing(Shape shape) {
    return new Shape(shape.features, shape.weighted, "reduce");
  }

  private static GpuPlanCase of(String name, Loss loss, Shape shape, String grid) {
    return new GpuPlanCase(
        name, objective(loss, PolynomialBasis.Kind.CHEBYSHEV), shape, grid, Metric.of(loss));
  }

  private static GpuPlanCase scored(String name, Loss loss, Metric metric) {
    SearchPlan.Objective objective = objective(loss, PolynomialBasis.Kind.CHEBYSHEV);
    return new GpuPlanCase(name, objective, reducing(WEIGHTED), "batch-size=full", metric);
  }

  private static SearchPlan.Objective objective(Loss loss, PolynomialBasis.Kind basis) {
    return new SearchPlan.Objective(loss, basis, new InitialWeights.Baseline(), 42);
  }

  /** One epoch of each candidate. */
  SearchPlan plan(Assignment assignment) {
    String all = grid.isEmpty() ? "epochs=1" : grid + "; epochs=1";
    return new SearchPlan(
        objective,
        assignment,
        Grid.parse(all).candidates(objective.loss(), assignment.rows()),
        new SearchPlan.Judging(metric, SelectionRule.BEST, Optional.empty()));
  }
}
