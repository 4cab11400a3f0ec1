package io.foldwise.ml;

import io.foldwise.learn.loss.Loss;
import io.foldwise.search.Convergence;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import java.util.List;

/**
 * How a model was trained.
 *
 * @param curve the mean loss over the rows trained on, by epoch
 * @param convergence how near the training came to the optimum that it headed for
 * @param learningRate the learning rate at the start; NaN of an optimum that was solved for
 * @param notes what a person should know, each one line
 */
public record SGDSummary(
    LearningCurve curve, Convergence convergence, double learningRate, List<String> notes) {
  public SGDSummary {
    notes = List.copyOf(notes);
  }

  static SGDSummary of(SearchResult result) {
    TrialResult refit = result.refit();
    return new SGDSummary(
        refit.curve(), result.convergences().refit(), refit.rate().used(), result.engine().notes());
  }

  /** The epochs that {@link #objectiveHistory} is of, from 1. */
  public long[] epochs() {
    return curve.epochs().clone();
  }

  /** The mean loss over the rows trained on after each of {@link #epochs}, penalties left out. */
  public double[] objectiveHistory() {
    return curve.training().clone();
  }

  /** The number of epochs. */
  public long totalIterations() {
    long[] epochs = curve.epochs();
    return epochs.length == 0 ? 0 : epochs[epochs.length - 1];
  }

  /** The objective that training ended with, penalties included. */
  public double objective() {
    return convergence.objective();
  }

  /** The least objective that there is; NaN where it was not looked for. */
  public double optimum() {
    return convergence.optimum();
  }

  /** The objective of the best constant; NaN where the optimum was not looked for. */
  public double bestConstant() {
    return convergence.constant();
  }

  /** Whether training ended short of the optimum by more than 1 %, of a loss with kinks 2 %. */
  public boolean isShort(Loss loss) {
    return convergence.isShort(loss);
  }
}
