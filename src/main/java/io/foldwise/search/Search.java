package io.foldwise.search;

import io.foldwise.learn.Metric;
import io.foldwise.learn.MetricSums;
import io.foldwise.learn.Optimizer;
import java.util.ArrayList;
import java.util.Comparator;
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
    this.engine = engine;
  }

  /**
   * Runs the whole search.
   *
   * @throws SearchFailedException if every candidate diverges, or the chosen one does in the end
   */
  public SearchResult run() {
    double aggregatedBefore = engine.report().aggregateSeconds();
    long start = System.nanoTime();
    List<TrialResult> trials = scored(stopped(engine.train(crossValidation())));
    double aggregating = engine.report().aggregateSeconds() - aggregatedBefore;
    double trialSeconds = secondsSince(start) - aggregating;
    List<CandidateSummary> summaries = summaries(trials);
    List<CandidateSummary> eligible = summaries.stream().filter(s -> !s.diverged()).toList();
    CandidateSummary chosen =
        plan.judging()
            .rule()
            .choose(eligible, plan.judging().metric())
            .orElseThrow(() -> eligible.isEmpty() ? failure(trials) : undefined());
    Trial refit = new Trial(chosen.candidate(), Trial.NONE, chosen.epochs());
    return finish(Optional.of(chosen), ranked(summaries), trials, refit, trialSeconds);
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
    Trial trial = Trial.of(plan.candidates().get(0), Trial.NONE);
    return finish(Optional.empty(), List.of(), List.of(), trial, 0);
  }

  private SearchResult finish(
      Optional<CandidateSummary> chosen,
      List<CandidateSummary> ranked,
      List<TrialResult> trials,
      Trial trial,
      double trialSeconds) {
    double aggregatedBefore = engine.report().aggregateSeconds();
    long start = System.nanoTime();
    TrialResult refit = engine.train(List.of(trial)).get(0);
    double aggregate = engine.report().aggregateSeconds();
    double refitSeconds = secondsSince(start) - (aggregate - aggregatedBefore);
    if (refit.diverged()) {
      throw failure(List.of(refit));
    }
    long testStart = System.nanoTime();
    MetricSums test = engine.scoreTest(refit.model());
    return new SearchResult(
        chosen,
        ranked,
        trials,
        refit,
        test.count() > 0 ? Optional.of(test) : Optional.empty(),
        engine.report(),
        new SearchResult.Seconds(
            trialSeconds, refitSeconds, secondsSince(testStart), aggregate + refitSeconds));
  }

  private List<Trial> crossValidation() {
    List<Trial> trials = new ArrayList<>();
    for (Candidate candidate : plan.candidates()) {
      for (int fold = 0; fold < plan.assignment().folds(); fold++) {
        trials.add(Trial.of(candidate, fold));
      }
    }
    return trials;
  }

  /** Where early stopping cuts a candidate short, its trials run again up to there. */
  private List<TrialResult> stopped(List<TrialResult> results) {
    if (plan.judging().earlyStopping().isEmpty()) {
      return results;
    }
    EarlyStopping rule = plan.judging().earlyStopping().get();
    int folds = plan.assignment().folds();
    List<TrialResult> kept = new ArrayList<>(results);
    List<Trial> again = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int first = 0; first < results.size(); first += folds) {
      List<LearningCurve> curves =
          results.subList(first, first + folds).stream().map(TrialResult::curve).toList();
      long epochs = isExact(results.get(first)) ? 0 : rule.epochs(curves);
      for (int at = first; at < first + folds && epochs > 0; at++) {
        Trial trial = results.get(at).trial();
        if (epochs < trial.epochs()) {
          again.add(new Trial(trial.candidate(), trial.heldOut(), epochs));
          places.add(at);
        }
      }
    }
    List<TrialResult> shorter = again.isEmpty() ? List.of() : engine.train(again);
    for (int i = 0; i < shorter.size(); i++) {
      kept.set(places.get(i), shorter.get(i));
    }
    return kept;
  }

  private List<TrialResult> scored(List<TrialResult> results) {
    if (!plan.judging().metric().needsRows()) {
      return results;
    }
    List<TrialResult.Scores> scores = engine.score(results);
    List<TrialResult> scored = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      scored.add(results.get(i).withScores(scores.get(i)));
    }
    return scored;
  }

  private List<CandidateSummary> summaries(List<TrialResult> trials) {
    int folds = plan.assignment().folds();
    List<CandidateSummary> summaries = new ArrayList<>();
    for (int first = 0; first < trials.size(); first += folds) {
      summaries.add(
          CandidateSummary.of(
              first / folds, trials.subList(first, first + folds), plan.judging().metric()));
    }
    return summaries;
  }

  private List<CandidateSummary> ranked(List<CandidateSummary> summaries) {
    Metric metric = plan.judging().metric();
    double sign = metric.higherIsBetter() ? -1 : 1;
    return summaries.stream()
        .sorted(
            Comparator.comparing(CandidateSummary::diverged)
                .thenComparing(summary -> sign * summary.validation().ranking()))
        .toList();
  }

  private static boolean isExact(TrialResult result) {
    return result.trial().candidate().optimizer() instanceof Optimizer.Exact;
  }

  private InvalidInputException undefined() {
    return new InvalidInputException(
        "'metric' (%s) is undefined for every candidate: the held-out labels do not vary; take mse"
            .formatted(plan.judging().metric().label()));
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
            .distinct()
            .sorted()
            .limit(5)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    boolean above = trials.stream().anyMatch(result -> result.rate().used() > auto);
    String advice = above ? "'auto', which would be %.3g here, or ".formatted(auto) : "";
    return new SearchFailedException(
        "every candidate diverged at 'learning-rate' (%s): take %sa smaller number"
            .formatted(rates, advice));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
