package io.foldwise.search;

import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.MetricSums;
import java.io.Serializable;

/**
 * What became of a trial.
 *
 * @param model in the data's units, as the last epoch left it
 * @param rate the learning rate used, and the advice where it was too large
 * @param diverged whether the weights or the loss left all bounds: no score counts
 * @param scores of the rows trained on and of the held-out rows
 * @param curve the mean loss by epoch
 * @param seconds of descent, shared evenly among trials that descended side by side
 */
public record TrialResult(
    Trial trial,
    LinearModel model,
    Rate rate,
    boolean diverged,
    Scores scores,
    LearningCurve curve,
    double seconds)
    implements Serializable {
  /**
   * η₀; NaN where the optimiser takes no steps.
   *
   * @param used by the trial
   * @param auto what {@code auto} takes on the training set of a trial that diverged; else NaN
   */
  public record Rate(double used, double auto) implements Serializable {
    /** Of an optimum that was solved for. */
    public static final Rate NONE = new Rate(Double.NaN, Double.NaN);
  }

  /**
   * Sums for the metrics.
   *
   * @param training of the rows trained on
   * @param validation of the held-out rows; {@link MetricSums#EMPTY} where there are none
   */
  public record Scores(MetricSums training, MetricSums validation) implements Serializable {}

  TrialResult withScores(Scores other) {
    return new TrialResult(trial, model, rate, diverged, other, curve, seconds);
  }
}
