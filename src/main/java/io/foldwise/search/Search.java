package io.foldwise.search;

import io.foldwise.learn.Metric;
import io.foldwise.learn.MetricSums;
import io.foldwise.learn.Optimizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    List<TrialResult> trained = stopped(engine.train(crossValidation()));
    TrialEngine.Scored scores = scored(trained);
    List<TrialResult> trials = withScores(trained, scores.trials());
    double aggregating = engine.report().aggregateSeconds() - aggregatedBefore;
    double trialSeconds = secondsSince(start) - aggregating;
    List<CandidateSummary> summaries = summaries(trials, scores.pooled());
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
    MetricSums test = engine.scoreTest(refit);
    return new SearchResult(
        chosen,
        ranked,
        trials,
        refit,
        test.rows() > 0 ? Optional.of(test) : Optional.empty(),
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

  /** Scores for the metric: those of training, or those of a pass where they do not suffice. */
  private TrialEngine.Scored scored(List<TrialResult> results) {
    Metric metric = plan.judging().metric();
    if (metric.needsRows(plan.objective().loss())) {
      return engine.score(results, metric);
    }
    int folds = plan.assignment().folds();
    List<TrialResult.Scores> scores = results.stream().map(TrialResult::scores).toList();
    List<MetricSums> pooled = new ArrayList<>();
    for (int first = 0; first < scores.size(); first += folds) {
      pooled.add(
          scores.subList(first, first + folds).stream()
              .map(TrialResult.Scores::validation)
              .reduce(MetricSums.EMPTY, MetricSums::merge));
    }
    return new TrialEngine.Scored(scores, pooled);
  }

  private static List<TrialResult> withScores(
      List<TrialResult> results, List<TrialResult.Scores> scores) {
    return IntStream.range(0, results.size())
        .mapToObj(i -> results.get(i).withScores(scores.get(i)))
        .toList();
  }

  private List<CandidateSummary> summaries(List<TrialResult> trials, List<MetricSums> pooled) {
    int folds = plan.assignment().folds();
    return IntStream.range(0, pooled.size())
        .mapToObj(
            index ->
                CandidateSummary.of(
                    index,
                    trials.subList(index * folds, (index + 1) * folds),
                    pooled.get(index),
                    plan.judging().metric()))
        .toList();
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
        "'metric' (%s) is undefined for every candidate: the held-out labels do not vary; take %s"
            .formatted(plan.judging().metric().label(), plan.objective().loss().metric().label()));
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
