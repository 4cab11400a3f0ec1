package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cross-validates every candidate, chooses one, trains it on all training rows and scores the test
 * rows, which nothing else has seen.
 */
public final class Search {
  private final SearchPlan plan;
  private final TrialEngine engine;

  public Search(SearchPlan plan, TrialEngine engine) {
    this.plan = plan;
    this.engine = Backtracking.over(engine, plan.objective().loss());
  }

  /** Trains trials of a plan, at slower rates where a loss needs it. */
  public static List<TrialResult> trained(SearchPlan plan, TrialEngine engine, List<Trial> trials) {
    return Backtracking.over(engine, plan.objective().loss()).train(trials);
  }

  /**
   * Runs the whole search.
   *
   * @throws SearchFailedException if every candidate diverges, or the chosen one does in the end
   */
  public SearchResult run() {
    engine.prepare();
    long start = System.nanoTime();
    CrossValidation validation = new CrossValidation(plan, engine);
    List<CandidateSummary> summaries = validation.run();
    double trialSeconds = secondsSince(start);
    List<CandidateSummary> eligible =
        summaries.stream().filter(CandidateSummary::isEligible).toList();
    CandidateSummary chosen =
        plan.judging()
            .rule()
            .choose(eligible, plan.judging().metric())
            .orElseThrow(() -> eligible.isEmpty() ? failure(validation.trials()) : undefined());
    Trial refit = new Trial(chosen.candidate(), Split.NONE, chosen.epochs());
    return finish(Optional.of(chosen), ranked(summaries), validation.trials(), refit, trialSeconds);
  }

  /**
   * Trains the plan's only candidate on all rows, without folds.
   *
   * @throws InvalidInputException if the plan has several candidates
   * @throws SearchFailedException if it diverges
   */
  public SearchResult fit() {
    if (plan.candidates().size() != 1) {
      throw new InvalidInputException(
          "'fit' takes one value an axis, and these make "
              + plan.candidates().size()
              + " candidates: use search");
    }
    Trial trial = Trial.of(plan.candidates().get(0), Split.NONE);
    return finish(Optional.empty(), List.of(), List.of(), trial, 0);
  }

  private SearchResult finish(
      Optional<CandidateSummary> chosen,
      List<CandidateSummary> ranked,
      List<TrialResult> trials,
      Trial trial,
      double trialSeconds) {
    double aggregate = engine.prepare().seconds();
    long start = System.nanoTime();
    TrialResult refit = engine.train(List.of(trial)).get(0);
    double refitSeconds = secondsSince(start);
    if (refit.diverged()) {
      throw failure(List.of(refit));
    }
    if (chosen.isEmpty()) {
      refit = judged(refit);
    }
    long testStart = System.nanoTime();
    MetricSums test = engine.scoreTest(refit);
    double testSeconds = secondsSince(testStart);
    return new SearchResult(
        chosen,
        ranked,
        trials,
        refit,
        test.rows() > 0 ? Optional.of(test) : Optional.empty(),
        convergences(trials, refit),
        engine.report(),
        new SearchResult.Seconds(trialSeconds, refitSeconds, testSeconds, aggregate + refitSeconds),
        Inference.NONE);
  }

  /**
   * The fit with what its metrics need of the rows trained on, which a search has from its trials.
   */
  private TrialResult judged(TrialResult fitted) {
    List<TrialResult> one = List.of(fitted);
    return fitted.withScores(CrossValidation.scored(plan, engine, one, 1).trials().get(0));
  }

  private SearchResult.Convergences convergences(List<TrialResult> trials, TrialResult refit) {
    List<TrialResult> all = new ArrayList<>(trials);
    all.add(refit);
    List<Convergence> convergence = engine.convergence(all);
    return new SearchResult.Convergences(
        convergence.subList(0, trials.size()), convergence.get(trials.size()));
  }

  private List<CandidateSummary> ranked(List<CandidateSummary> summaries) {
    return summaries.stream().sorted(CandidateSummary.better(plan.judging().metric())).toList();
  }

  private InvalidInputException undefined() {
    return new InvalidInputException(
        "'metric' (%s) is undefined for every candidate: the held-out labels do not vary; take %s"
            .formatted(
                plan.judging().metric().label(), Metric.of(plan.objective().loss()).label()));
  }

  private static SearchFailedException failure(List<TrialResult> trials) {
    double auto =
        trials.stream()
            .mapToDouble(result -> result.rate().auto())
            .filter(Double::isFinite)
            .min()
            .orElse(Double.NaN);
    String rates =
        trials.stream()
            .map(result -> result.rate().used())
            .sorted()
            .map(Figures::brief)
            .distinct()
            .limit(5)
            .collect(Collectors.joining(", "));
    boolean above = trials.stream().anyMatch(result -> result.rate().used() > auto);
    String advice =
        above ? "'auto', which would be %s here, or ".formatted(Figures.brief(auto)) : "";
    return new SearchFailedException(
        "every candidate diverged at 'learning-rate' (%s): take %sa smaller number"
            .formatted(rates, advice));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
