package io.foldwise.search;

import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a search found.
 *
 * @param chosen the candidate chosen; empty where nothing was compared, as in a single fit
 * @param ranked all candidates, best first, the diverged last
 * @param trials every trial of cross-validation, candidate after candidate, fold after fold
 * @param refit the chosen candidate trained on all training rows
 * @param test the refit model on the test rows, where there are any
 * @param convergences how near all trainings came to their optima
 * @param engine how it was computed
 * @param seconds what took how long
 * @param inference what the scores are worth
 */
public record SearchResult(
    Optional<CandidateSummary> chosen,
    List<CandidateSummary> ranked,
    List<TrialResult> trials,
    TrialResult refit,
    Optional<MetricSums> test,
    Convergences convergences,
    EngineReport engine,
    Seconds seconds,
    Inference inference) {
  public SearchResult {
    ranked = List.copyOf(ranked);
    trials = List.copyOf(trials);
  }

  /** This result with another report of the engine. */
  public SearchResult with(EngineReport other) {
    return new SearchResult(
        chosen, ranked, trials, refit, test, convergences, other, seconds, inference);
  }

  /** This result with what its scores are worth. */
  public SearchResult with(Inference other) {
    return new SearchResult(
        chosen, ranked, trials, refit, test, convergences, engine, seconds, other);
  }

  /** The trials of a candidate, fold after fold. */
  public List<TrialResult> trialsOf(CandidateSummary candidate) {
    return candidate.own(trials);
  }

  /**
   * A metric of a candidate's held-out folds, of those that were judged or told. The pooled value
   * is NaN where it is of ranks, which sums of folds do not tell.
   */
  public CandidateSummary.FoldScores scoresOf(CandidateSummary candidate, Metric metric) {
    List<MetricSums> folds =
        trialsOf(candidate).stream().map(trial -> trial.scores().validation()).toList();
    MetricSums pooled = folds.stream().reduce(MetricSums.EMPTY, MetricSums::merge);
    return CandidateSummary.FoldScores.of(metric, folds, pooled);
  }

  /** The learning curves of a candidate's trials, fold after fold. */
  public List<LearningCurve> curvesOf(CandidateSummary candidate) {
    return trialsOf(candidate).stream().map(TrialResult::curve).toList();
  }

  /**
   * The mean over the folds of the learning rates that a candidate used; NaN where it takes no
   * steps.
   */
  public double meanRate(CandidateSummary candidate) {
    return trialsOf(candidate).stream()
        .mapToDouble(trial -> trial.rate().used())
        .average()
        .orElse(Double.NaN);
  }

  /**
   * How near trainings came to the optima of their training sets.
   *
   * @param trials one for each trial of cross-validation, in their order
   * @param refit the convergence of the final model
   */
  public record Convergences(List<Convergence> trials, Convergence refit) {
    public Convergences {
      trials = List.copyOf(trials);
    }

    /** The mean over a candidate's trials of something that convergence tells; NaN if any is. */
    public double mean(CandidateSummary candidate, ToDoubleFunction<Convergence> value) {
      return of(candidate).stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** The convergences of a candidate's trials, fold after fold. */
    public List<Convergence> of(CandidateSummary candidate) {
      return candidate.own(trials);
    }
  }

  /**
   * Wall-clock seconds.
   *
   * @param trials the seconds of cross-validation, the aggregate left out
   * @param fit the seconds of one fit on loaded data: the aggregate and the descent of the refit
   */
  public record Seconds(double trials, double refit, double test, double fit) {}
}
