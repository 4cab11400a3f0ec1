package io.foldwise.search;

import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/**
 * A candidate's cross-validation.
 *
 * @param index its place in grid order, from 0
 * @param epochs the epochs trained: the candidate's, or fewer where early stopping cut them
 * @param validation the scores of the held-out folds
 * @param meanTrain the mean over the folds of the metric on the rows trained on
 * @param ending how its training ended
 * @param seconds the seconds of descent over all folds
 */
public record CandidateSummary(
    int index,
    Candidate candidate,
    long epochs,
    FoldScores validation,
    double meanTrain,
    Ending ending,
    double seconds) {
  private static final MathContext TWELVE_DIGITS = new MathContext(12);

  /** How a candidate's training ended. */
  public enum Ending {
    /** It ran all epochs, or those that early stopping left. */
    TRAINED,
    /** Successive halving left it behind, so that it is never chosen. */
    DROPPED,
    /** A fold diverged, so that it is never chosen. */
    DIVERGED
  }

  /**
   * A metric over the folds, rounded to 12 digits before anything ranks it.
   *
   * @param mean the mean over the folds; NaN where it is undefined for a fold
   * @param sd the deviation over the folds, ÷(k − 1); NaN for one fold
   * @param standardError sd/√k
   * @param pooled the metric over all held-out rows together
   * @param folds the own value of each fold that is scored
   */
  public record FoldScores(
      double mean, double sd, double standardError, double pooled, double[] folds) {
    static FoldScores of(Metric metric, List<MetricSums> sums, MetricSums pooled) {
      double[] folds = sums.stream().mapToDouble(fold -> rounded(metric.of(fold))).toArray();
      Spread spread = Spread.of(folds);
      return new FoldScores(
          rounded(spread.mean()),
          rounded(spread.sd()),
          rounded(spread.standardError()),
          rounded(metric.of(pooled)),
          folds);
    }

    /** The value that ranks: the mean, or the pooled value where a fold's own is undefined. */
    public double ranking() {
      return Double.isNaN(mean) ? pooled : mean;
    }
  }

  /** This candidate's part of a list with one entry for each trial, candidate after candidate. */
  <T> List<T> own(List<T> ofTrials) {
    int folds = validation.folds.length;
    return ofTrials.subList(index * folds, (index + 1) * folds);
  }

  static CandidateSummary of(int index, List<TrialResult> folds, MetricSums pooled, Metric metric) {
    return new CandidateSummary(
        index,
        folds.get(0).trial().candidate(),
        folds.get(0).trial().epochs(),
        FoldScores.of(metric, folds.stream().map(r -> r.scores().validation()).toList(), pooled),
        rounded(
            folds.stream()
                .mapToDouble(r -> metric.of(r.scores().training()))
                .average()
                .orElse(Double.NaN)),
        folds.stream().anyMatch(TrialResult::diverged) ? Ending.DIVERGED : Ending.TRAINED,
        folds.stream().mapToDouble(TrialResult::seconds).sum());
  }

  /** This candidate, marked as left behind by halving. */
  CandidateSummary dropped() {
    Ending end = ending == Ending.DIVERGED ? ending : Ending.DROPPED;
    return new CandidateSummary(index, candidate, epochs, validation, meanTrain, end, seconds);
  }

  /** Whether a fold diverged. */
  public boolean diverged() {
    return ending == Ending.DIVERGED;
  }

  /** Whether it may be chosen. */
  public boolean isEligible() {
    return ending == Ending.TRAINED;
  }

  /**
   * Orders candidates best first: those trained to the end, those dropped late, then early, and the
   * diverged.
   */
  static Comparator<CandidateSummary> better(Metric metric) {
    double sign = metric.higherIsBetter() ? -1 : 1;
    return Comparator.comparing(CandidateSummary::ending)
        .thenComparing(s -> s.ending == Ending.DROPPED ? -s.epochs : 0)
        .thenComparing(s -> sign * s.validation().ranking());
  }

  static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(TWELVE_DIGITS).doubleValue()
        : value;
  }
}
