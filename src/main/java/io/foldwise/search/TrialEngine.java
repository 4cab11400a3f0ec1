package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Residuals;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains trials over rows that were given to it when it was opened. It is the port between what is
 * to be computed and how: every implementation gives the same numbers, whatever it moves where.
 */
public interface TrialEngine extends AutoCloseable {
  /**
   * Trains all trials and scores each by the loss's own sums.
   *
   * @return one result for each trial, in the order of the trials
   * @throws InvalidInputException if a cell is missing or infinite, or a trial asks for what this
   *     engine cannot do
   */
  List<TrialResult> train(List<Trial> trials);

  /**
   * Reads the rows, so that trials can be trained over them; asked again, it does nothing.
   *
   * @throws InvalidInputException if a cell is missing or infinite
   */
  Prepared prepare();

  /**
   * What was found when the rows were read.
   *
   * @param foldSizes the number of training rows in each fold, or in each piece of one
   * @param seconds the seconds that it took
   */
  record Prepared(long[] foldSizes, double seconds) {}

  /**
   * Scores every trained model on its training and its held-out rows, with every sum that the
   * metric needs, in one pass over the rows for all of them.
   *
   * @param trained the results, candidate after candidate, each with the same folds in the same
   *     order
   */
  Scored score(List<TrialResult> trained, Metric metric);

  /**
   * The errors of trained models on their held-out rows, by one pass over the rows.
   *
   * @return one for each result, in their order
   */
  default List<Residuals> residuals(List<TrialResult> trained, Residuals.Precision precision) {
    throw new UnsupportedOperationException("the errors of single rows are not taken here");
  }

  /**
   * The losses of trained models on their held-out rows, by one pass over the rows, whatever these
   * weigh.
   *
   * @return one for each result, in their order
   */
  default List<ErrorSpread> losses(List<TrialResult> trained) {
    throw new UnsupportedOperationException("the losses of single rows are not taken here");
  }

  /**
   * What a scoring pass finds.
   *
   * @param trials one pair for each result, in their order
   * @param pooled the sums over all held-out rows of a candidate together, in the order of the
   *     candidates
   */
  record Scored(List<TrialResult.Scores> trials, List<MetricSums> pooled) {

    /**
     * Scores of results, those of the held-out rows pooled for each candidate.
     *
     * @param trained the results, candidate after candidate
     */
    public static Scored of(List<TrialResult> trained, List<TrialResult.Scores> scores) {
      int[] candidates = candidates(trained);
      List<MetricSums> pooled = new ArrayList<>();
      for (int i = 0; i < candidates.length; i++) {
        boolean first = i == 0 || candidates[i] > candidates[i - 1];
        MetricSums before = first ? MetricSums.EMPTY : pooled.remove(pooled.size() - 1);
        pooled.add(before.merge(scores.get(i).validation()));
      }
      return new Scored(scores, pooled);
    }

    /** The number of each trial's candidate, of trials that come candidate after candidate. */
    public static int[] candidates(List<TrialResult> trained) {
      int[] candidates = new int[trained.size()];
      for (int i = 1; i < candidates.length; i++) {
        boolean same =
            trained.get(i).trial().candidate().equals(trained.get(i - 1).trial().candidate());
        candidates[i] = candidates[i - 1] + (same ? 0 : 1);
      }
      return candidates;
    }
  }

  /**
   * How near trainings came to the optima of their training sets, where that can be told at a cost
   * that is small beside the training.
   *
   * @return one for each result, in their order
   */
  List<Convergence> convergence(List<TrialResult> trained);

  /** Scores what was trained on the test rows; {@link MetricSums#EMPTY} where there are none. */
  MetricSums scoreTest(TrialResult trained);

  /** A report of what the engine has done so far. */
  EngineReport report();

  @Override
  void close();
}
