package io.foldwise.search.inference;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.Residuals;
import io.foldwise.search.Assignment;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Inference;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.Regrouping;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.TrainsFromMoments;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds what the scores of a search are worth, without a further pass over the rows unless the
 * errors of single rows are asked for.
 */
public final class Inferences {
  /**
   * Why models of other training sets than the folds' cannot be had, whose medians are not known.
   */
  static final String FILLED_WITH_MEDIANS = "missing cells are filled with medians";

  /** The fewest rows of a fold by which it is told how much choosing flatters. */
  private static final int FEWEST_ROWS = 10;

  private final SearchPlan plan;
  private final SearchResult result;
  private final CandidateSummary chosen;
  private final TrialEngine engine;
  private final Optional<Regrouping> regrouping;
  private final Optional<OverBlocks> blocks;

  private Inferences(
      SearchPlan plan, SearchResult result, TrialEngine engine, Optional<Regrouping> regrouping) {
    this.plan = plan;
    this.result = result;
    this.chosen = result.chosen().orElseThrow();
    this.engine = engine;
    this.regrouping = regrouping;
    this.blocks =
        isToldOfBlocks() && engine instanceof TrainsFromMoments keeper
            ? Optional.of(new OverBlocks(plan, result, keeper))
            : Optional.empty();
  }

  /** Whether moments of blocks have the errors that are asked for. */
  private boolean isToldOfBlocks() {
    return !plan.judging().interval().insistsOn(ScoreInterval.Method.NONE)
        && plan.objective().loss() instanceof Squared
        && plan.judging().metric() == Metric.MSE
        && isTrainedOnOthers();
  }

  private boolean isTrainedOnOthers() {
    return plan.assignment().trainedOn() == Assignment.TrainedOn.OTHERS;
  }

  /**
   * What the scores are worth; nothing where none were compared.
   *
   * @param engine the engine that found the result, still open
   */
  public static Inference of(SearchPlan plan, SearchResult result, TrialEngine engine) {
    return of(plan, result, engine, Optional.empty());
  }

  /**
   * What the scores are worth; nothing where none were compared.
   *
   * @param engine the engine that found the result, still open
   * @param regrouping trains without two folds, where a nested interval takes that; empty where
   *     rows have weights
   */
  public static Inference of(
      SearchPlan plan, SearchResult result, TrialEngine engine, Optional<Regrouping> regrouping) {
    return result.chosen().isEmpty()
        ? Inference.NONE
        : new Inferences(plan, result, engine, regrouping).found();
  }

  /**
   * Checks that the interval which is asked for can be had.
   *
   * @param strategy the name of the way in which rows are dealt
   * @param isByChance whether that is by chance, row by row, so that another dealing would do
   * @param trainedOn which folds a trial is trained on
   * @return how candidates are compared, where need be with an interval of another method
   * @throws InvalidInputException if a method was named that cannot be had
   */
  public static SearchPlan.Judging resolved(
      SearchPlan.Judging judging,
      Loss loss,
      String strategy,
      boolean isByChance,
      Assignment.TrainedOn trainedOn) {
    ScoreInterval.Request asked = judging.interval();
    if (asked.insistsOn(ScoreInterval.Method.CORRECTED)
        && trainedOn != Assignment.TrainedOn.OTHERS) {
      throw new InvalidInputException(
          "'interval' (corrected) needs folds that are trained on all others, not %s: take --interval none"
              .formatted(strategy));
    }
    if (!asked.mayRegroup()) {
      return judging;
    }
    String byChance =
        isByChance ? "" : "folds that are dealt row by row at random, not " + strategy;
    if (asked.insistsOn(ScoreInterval.Method.NESTED)) {
      String need =
          judging.metric() == Metric.of(loss) ? byChance : "metric " + Metric.of(loss).label();
      if (!need.isEmpty()) {
        throw new InvalidInputException(
            "'interval' (nested) needs %s: take --interval corrected".formatted(need));
      }
      return judging;
    }
    return loss instanceof Squared && judging.metric() == Metric.MSE && isByChance
        ? judging
        : judging.with(
            new ScoreInterval.Request(
                Optional.of(ScoreInterval.Method.CORRECTED), asked.confidence()));
  }

  private Inference found() {
    String lack =
        plan.regroups() ? blocks.map(OverBlocks::lack).orElse("the engine keeps no moments") : "";
    Optional<OverBlocks> anew = blocks.filter(all -> plan.regroups() && lack.isEmpty());
    return new Inference(
        anew.map(OverBlocks::nested)
            .or(this::overRows)
            .or(() -> corrected(reason(lack)))
            .map(this::bounded),
        selection(),
        anew.flatMap(OverBlocks::regrouped),
        anew.flatMap(OverBlocks::byRows),
        blocks.map(OverBlocks::columns).orElse(List.of()),
        predictions());
  }

  /** What the errors of held-out rows say of single predictions, where so many are asked for. */
  private PredictionIntervals predictions() {
    if (!plan.takesErrors(result.refit().model().basis().terms())) {
      return PredictionIntervals.NONE;
    }
    long rows = result.refit().scores().training().rows();
    List<TrialResult> trained = result.trialsOf(chosen);
    List<Residuals> residuals = engine.residuals(trained, PredictionIntervals.precision(rows));
    return new PredictionIntervals(
        IntStream.range(0, trained.size())
            .mapToObj(
                fold ->
                    new PredictionIntervals.Fold(trained.get(fold).model(), residuals.get(fold)))
            .toList());
  }

  /** The interval by training without each two folds, where that is asked for. */
  private Optional<ScoreInterval> overRows() {
    ScoreInterval.Request asked = plan.judging().interval();
    return asked.insistsOn(ScoreInterval.Method.NESTED) && lackOfRows().isEmpty()
        ? new NestedOverRows(result, engine, regrouping.orElseThrow(), plan.assignment().folds())
            .interval(asked.confidence())
        : Optional.empty();
  }

  /** Why no models can be trained without two folds; empty if they can. */
  private String lackOfRows() {
    int folds = plan.assignment().folds();
    if (regrouping.isEmpty()) {
      return "rows have weights";
    }
    if (!Regrouping.takes(folds)) {
      return "it takes %d to %d folds".formatted(Regrouping.FEWEST_FOLDS, Regrouping.MOST_FOLDS);
    }
    if (result.trialsOf(chosen).stream()
        .anyMatch(trial -> trial.scores().validation().rows() < 2)) {
      return "a fold has fewer than two rows";
    }
    return result.refit().model().basis().imputed().stream().anyMatch(Imputed::isByMedian)
        ? FILLED_WITH_MEDIANS
        : "";
  }

  /** Why the interval is not nested, where it may be. */
  private String reason(String lackOfBlocks) {
    ScoreInterval.Request asked = plan.judging().interval();
    if (!asked.mayRegroup()) {
      return "";
    }
    return asked.insistsOn(ScoreInterval.Method.NESTED) ? lackOfRows() : lackOfBlocks;
  }

  private Optional<ScoreInterval> corrected(String lack) {
    ScoreInterval.Request asked = plan.judging().interval();
    double[] folds = chosen.validation().folds();
    return asked.insistsOn(ScoreInterval.Method.NONE)
            || !isTrainedOnOthers()
            || Double.isNaN(chosen.validation().mean())
            || folds.length < 2
        ? Optional.empty()
        : Optional.of(CorrectedVariance.interval(folds, asked.confidence(), lack));
  }

  /** An interval within what the metric can be: losses are not below 0, the others not above 1. */
  private ScoreInterval bounded(ScoreInterval interval) {
    Metric metric = plan.judging().metric();
    double least = metric == Metric.R2 ? Double.NEGATIVE_INFINITY : 0;
    double most = metric.higherIsBetter() ? 1 : Double.POSITIVE_INFINITY;
    return new ScoreInterval(
        interval.method(),
        interval.confidence(),
        interval.estimate(),
        interval.standardError(),
        interval.range().within(least, most),
        interval.nested(),
        interval.reason());
  }

  private Inference.Selection selection() {
    double[] pValues = new double[result.ranked().size()];
    Arrays.fill(pValues, Double.NaN);
    List<CandidateSummary> competing =
        result.ranked().stream().filter(CandidateSummary::isEligible).toList();
    double[] best = competing.get(0).validation().folds();
    for (CandidateSummary each : competing) {
      pValues[each.index()] =
          best.length < 2 || !isTrainedOnOthers()
              ? Double.NaN
              : CorrectedVariance.pairedTest(each.validation().folds(), best);
    }
    return new Inference.Selection(bias(competing), pValues);
  }

  /**
   * The mean over folds of what the chosen lacks of the best candidate of the fold. Of folds of a
   * few rows, as in leave-one-out, that says more of the rows than of the choice.
   */
  private double bias(List<CandidateSummary> competing) {
    if (plan.assignment().rows() < (long) FEWEST_ROWS * plan.assignment().folds()) {
      return Double.NaN;
    }
    double sign = plan.judging().metric().higherIsBetter() ? -1 : 1;
    double[] own = chosen.validation().folds();
    double all = 0;
    for (int fold = 0; fold < own.length; fold++) {
      int at = fold;
      double least =
          competing.stream()
              .mapToDouble(each -> sign * each.validation().folds()[at])
              .reduce(Double.POSITIVE_INFINITY, Math::min);
      all += sign * own[fold] - least;
    }
    return all / own.length;
  }
}
