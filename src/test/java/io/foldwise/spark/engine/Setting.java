package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the plans of a test minimise, and from where. */
public record Setting(Loss loss, PolynomialBasis.Kind basis, InitialWeights initial) {
  /** Powers, from the best constant. */
  public static Setting of(Loss loss) {
    return new Setting(loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline());
  }

  static Setting squared() {
    return of(new Squared());
  }

  Setting in(PolynomialBasis.Kind kind) {
    return new Setting(loss, kind, initial);
  }

  Setting from(InitialWeights start) {
    return new Setting(loss, basis, start);
  }

  Setting fromZeros() {
    return from(new InitialWeights.Zeros());
  }

  /** The candidates of several grids, on the full batch where they name no other. */
  public SearchPlan plan(TrainingRows rows, String... grids) {
    Set<Candidate> candidates = new LinkedHashSet<>();
    for (String grid : grids) {
      String batches = grid.contains("batch-size") ? "" : "batch-size=full; ";
      candidates.addAll(Grid.parse(batches + grid).candidates(loss, rows.n()));
    }
    return plan(rows, List.copyOf(candidates));
  }

  public SearchPlan plan(TrainingRows rows, List<Candidate> candidates) {
    return new SearchPlan(
        new SearchPlan.Objective(loss, basis, initial, 42),
        rows.assignment(),
        candidates,
        new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
  }
}
