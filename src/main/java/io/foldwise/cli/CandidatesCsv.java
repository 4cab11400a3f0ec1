package io.foldwise.cli;

import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CandidateSummary.FoldScores;
import io.foldwise.search.Convergence;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The text of {@code candidates.csv}: one row for each candidate, best first, the diverged last.
 * Without folds the one candidate has a row without validation.
 */
record CandidatesCsv(Run run) {
  /** Objective, optimum, and how far short of it as a share of what training could gain. */
  private static final List<ToDoubleFunction<Convergence>> CONVERGENCE =
      List.of(Convergence::objective, Convergence::optimum, Convergence::share);

  private static final int MOST_FOLDS = 10;

  /** Mean, deviation and standard error of a fit, which has no folds. */
  private static final List<Double> NO_FOLDS = List.of(Double.NaN, Double.NaN, Double.NaN);

  void write(CsvText out) throws IOException {
    out.row(header());
    int rank = 1;
    for (CandidateSummary summary : run.result().ranked()) {
      out.row(row(rank++, summary));
    }
    if (!run.isSearch()) {
      out.row(fitted());
    }
  }

  private List<Object> header() {
    String metric = run.plan().judging().metric().label();
    List<Object> names = new ArrayList<>(List.of("rank"));
    for (Axis axis : Axis.values()) {
      names.add(axis.label());
    }
    names.add("mean_learning_rate_used");
    for (String statistic :
        List.of("mean_validation_", "sd_validation_", "se_validation_", "mean_train_")) {
      names.add(statistic + metric);
    }
    for (Metric also : run.plan().judging().also()) {
      for (String statistic : List.of("mean_validation_", "sd_validation_", "se_validation_")) {
        names.add(statistic + also.label());
      }
    }
    names.addAll(
        List.of(
            "p_value",
            "mean_regrouped",
            "sd_regrouped",
            "regrouped_wins",
            "mean_objective",
            "mean_optimum",
            "short_of_optimum",
            "diverged"));
    scoredFolds().forEach(fold -> names.add("fold_" + fold));
    names.add("seconds");
    return names;
  }

  /** The first of the folds that trials are scored on. */
  private List<Integer> scoredFolds() {
    return run.isSearch()
        ? run.data().assignment().splits().stream().limit(MOST_FOLDS).map(Split::fold).toList()
        : List.of();
  }

  private List<Object> row(int rank, CandidateSummary summary) {
    FoldScores scores = summary.validation();
    List<Object> cells = axes(rank, summary.candidate(), summary.epochs());
    cells.add(run.result().meanRate(summary));
    cells.addAll(List.of(scores.mean(), scores.sd(), scores.standardError(), summary.meanTrain()));
    for (Metric also : run.plan().judging().also()) {
      FoldScores told = run.result().scoresOf(summary, also);
      cells.addAll(List.of(told.mean(), told.sd(), told.standardError()));
    }
    cells.add(run.result().inference().selection().pValues()[summary.index()]);
    cells.addAll(regrouped(rank));
    SearchResult.Convergences convergences = run.result().convergences();
    CONVERGENCE.forEach(value -> cells.add(convergences.mean(summary, value)));
    cells.add(summary.diverged());
    for (int i = 0; i < scoredFolds().size(); i++) {
      cells.add(scores.folds()[i]);
    }
    cells.add(summary.seconds());
    return cells;
  }

  /** What the candidate of a rank, from 1, came to over other dealings into folds. */
  private List<Object> regrouped(int rank) {
    return run.result()
        .inference()
        .regrouped()
        .filter(all -> rank <= all.mean().length)
        .map(all -> List.<Object>of(all.mean()[rank - 1], all.sd()[rank - 1], all.wins()[rank - 1]))
        .orElse(Collections.nCopies(3, Double.NaN));
  }

  private List<Object> fitted() {
    TrialResult refit = run.result().refit();
    List<Object> cells = axes(1, refit.trial().candidate(), refit.trial().epochs());
    double train = run.plan().judging().metric().of(refit.scores().training());
    cells.addAll(List.of(refit.rate().used(), Double.NaN, Double.NaN, Double.NaN, train));
    run.plan().judging().also().forEach(also -> cells.addAll(NO_FOLDS));
    cells.addAll(Collections.nCopies(4, Double.NaN));
    Convergence convergence = run.result().convergences().refit();
    CONVERGENCE.forEach(value -> cells.add(value.applyAsDouble(convergence)));
    cells.addAll(List.of(refit.diverged(), refit.seconds()));
    return cells;
  }

  private static List<Object> axes(int rank, Candidate candidate, long epochs) {
    Map<Axis, Object> values = candidate.values();
    List<Object> cells = new ArrayList<>(List.of(rank));
    for (Axis axis : Axis.values()) {
      boolean counted = axis == Axis.EPOCHS && values.containsKey(axis);
      cells.add(counted ? (Object) epochs : values.get(axis));
    }
    return cells;
  }
}
