package io.foldwise.search.training;

import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.search.Candidate;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;

/**
 * How a trial steps.
 *
 * @param penalty the trial's penalty on its training set
 * @param training what automatic rates look at
 */
public record Stepping(Trial trial, Penalty penalty, LearningRate.Training training) {
  /** The trial's steps, with the rate resolved on its training set. */
  public Descent.Stepper stepper() {
    Candidate candidate = trial.candidate();
    return new Descent.Stepper(
        (Optimizer.Stepping) candidate.optimizer(),
        candidate.descending().schedule(),
        resolved(candidate.descending().learningRate()),
        trial.epochs(),
        candidate.descending().epochs());
  }

  /**
   * The rate that the trial used and, where it diverged on a loss without kinks, the one that
   * {@code auto} takes.
   */
  public TrialResult.Rate rate(boolean diverged) {
    LearningRate given = trial.candidate().descending().learningRate();
    boolean told = diverged && !Double.isNaN(trial.candidate().loss().curvature());
    LearningRate auto = given instanceof LearningRate.Auto ? given : new LearningRate.Auto();
    return new TrialResult.Rate(resolved(given), told ? resolved(auto) : Double.NaN);
  }

  private double resolved(LearningRate rate) {
    Candidate candidate = trial.candidate();
    return rate.resolve(
        (Optimizer.Stepping) candidate.optimizer(),
        penalty.l2(),
        candidate.descending().schedule(),
        training);
  }
}
