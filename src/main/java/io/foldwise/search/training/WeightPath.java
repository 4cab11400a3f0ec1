package io.foldwise.search.training;

import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.EpochOrder;
import io.foldwise.learn.optim.Objective;
import io.foldwise.search.LearningCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weights of a descent of one column on their way: see {@link TrialTrainer#path}. */
public final class WeightPath {
  private WeightPath() {}

  /**
   * Runs a descent that has not begun.
   *
   * @param seed the seed of the order of minibatches
   * @param points the most points, ≥ 2
   * @return the weights at the start, then after each step or epoch, until they are not finite
   */
  public static List<TrialTrainer.Waypoint> of(
      Descent descent, Objective objective, long epochs, long seed, int points) {
    int m = objective.minibatches();
    double[] w = descent.weights();
    List<TrialTrainer.Waypoint> path = new ArrayList<>();
    path.add(new TrialTrainer.Waypoint(0, w.clone()));
    EpochOrder order = new EpochOrder(seed, m);
    boolean eachStep = m * (double) epochs < points;
    for (long epoch = 1; epoch <= epochs && Arrays.stream(w).allMatch(Double::isFinite); epoch++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted before epoch " + epoch);
      }
      int visits = 0;
      for (int b : order.of(epoch)) {
        descent.visit(objective, b);
        visits++;
        if (eachStep && !objective.isEmpty(b, 0)) {
          path.add(new TrialTrainer.Waypoint(epoch - 1 + (double) visits / m, w.clone()));
        }
      }
      if (!eachStep && LearningCurve.includes(epoch, epochs, points - 1)) {
        path.add(new TrialTrainer.Waypoint(epoch, w.clone()));
      }
    }
    return path;
  }
}
