package io.foldwise.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the scores of a search are worth.
 *
 * @param interval an interval of the chosen candidate's score; empty where none was asked for or
 *     can be had
 * @param selection what choosing the best of several candidates does to its score
 * @param regrouped cross-validation over many dealings of the rows; empty where it cannot be had
 * @param byRows the chosen candidate's error by the rows that it is trained on; empty where it
 *     cannot be had
 * @param columns what each feature is worth to the chosen candidate, those that are worth most
 *     first; empty where it cannot be had
 * @param predictions what the errors of held-out rows say of single predictions; none where they
 *     were not asked for
 */
public record Inference(
    Optional<ScoreInterval> interval,
    Selection selection,
    Optional<Regrouped> regrouped,
    Optional<ByRows> byRows,
    List<Worth> columns,
    PredictionIntervals predictions) {
  /** What is known where nothing was cross-validated. */
  public static final Inference NONE =
      new Inference(
          Optional.empty(),
          Selection.NONE,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          PredictionIntervals.NONE);

  public Inference {
    columns = List.copyOf(columns);
  }

  /**
   * The mean squared errors of the first candidates by rank over many dealings of the rows into as
   * many folds as the search has.
   *
   * @param foldings the number of dealings
   * @param mean the mean over the dealings, by rank
   * @param sd the deviation over the dealings (÷(foldings − 1)), by rank
   * @param wins in how many of them the candidate was the best, by rank
   */
  public record Regrouped(int foldings, double[] mean, double[] sd, int[] wins) {
    /** The rank, from 1, of the candidate that was the best most often; of several the first. */
    public int winner() {
      int first = 0;
      for (int at = 1; at < wins.length; at++) {
        first = wins[at] > wins[first] ? at : first;
      }
      return first + 1;
    }
  }

  /**
   * The mean squared error on rows not seen, by the number of rows that are trained on.
   *
   * @param rows the mean numbers of rows
   * @param errors the mean errors
   * @param atAll the error that an inverse power law through them has at all rows; NaN where it
   *     does not account for nine tenths of their spread, or there are fewer than four
   * @param atTwice what it has at twice the rows
   */
  public record ByRows(double[] rows, double[] errors, double atAll, double atTwice) {
    /** By what share twice the rows would bring the error down; NaN where that cannot be told. */
    public double gain() {
      return 1 - atTwice / atAll;
    }
  }

  /**
   * What a feature is worth: the candidate is trained again without it on each training set.
   *
   * @param more by how much the mean squared error of the held-out folds is larger without it
   * @param standardError the standard error of that, by the corrected variance
   * @param pValue of the corrected paired t-test over folds
   */
  public record Worth(String feature, double more, double standardError, double pValue) {}

  /**
   * What choosing does to a score.
   *
   * @param bias by how much the chosen candidate's mean score flatters it, ≥ 0 (R. J. Tibshirani
   *     and R. Tibshirani, A bias correction for the minimum error rate in cross-validation, Ann.
   *     Appl. Stat. 3, 2009); NaN where a fold has no score, or has fewer than ten rows
   * @param pValues of each candidate in grid order, the p-value of the corrected paired t-test
   *     against that of rank 1; NaN for those that were not trained to the end, and where models
   *     are trained on earlier folds alone
   */
  public record Selection(double bias, double[] pValues) {
    /** The level below which a candidate counts as worse than that of rank 1. */
    public static final double LEVEL = 0.05;

    static final Selection NONE = new Selection(Double.NaN, new double[0]);

    /** How many candidates, that of rank 1 included, are not worse than it at {@link #LEVEL}. */
    public long asGood() {
      return Arrays.stream(pValues).filter(p -> p >= LEVEL).count();
    }

    /** The mean score without what flatters it. */
    public double corrected(double mean, boolean higherIsBetter) {
      return higherIsBetter ? mean - bias : mean + bias;
    }
  }
}
