package io.foldwise.search;

import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.MetricSums;
import java.io.Serializable;

/**
 * What became of a trial.
 *
 * @param model the model in the data's units, as the last epoch left it
 * @param rate the learning rate used, and the advice where it was too large
 * @param diverged whether the weights or the loss left all bounds: no score counts
 * @param scores the scores of the rows trained on and of the held-out rows
 * @param curve the mean loss by epoch
 * @param seconds the seconds of descent, shared evenly among trials that descended side by side
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
   * The learning rate η₀; NaN where the optimiser takes no steps.
   *
   * @param used the rate that the trial used
   * @param auto what {@code auto} takes on the training set of a trial that diverged; else NaN
   */
  public record Rate(double used, double auto) implements Serializable {
    /** The rate of an optimum that was solved for. */
    public static final Rate NONE = new Rate(Double.NaN, Double.NaN);
  }

  /**
   * The sums that metrics are formulas of.
   *
   * @param training the sums of the rows trained on
   * @param validation the sums of the held-out rows; {@link MetricSums#EMPTY} where there are none
   */
  public record Scores(MetricSums training, MetricSums validation) implements Serializable {}

  /** The trial of the optimum that it headed for. */
  public Trial optimum() {
    return Trial.of(trial.candidate().optimum(), trial.split());
  }

  /** This result as that of another trial, which came to it in another way. */
  public TrialResult of(Trial other) {
    return new TrialResult(other, model, rate, diverged, scores, curve, seconds);
  }

  TrialResult withScores(Scores other) {
    return new TrialResult(trial, model, rate, diverged, other, curve, seconds);
  }
}
