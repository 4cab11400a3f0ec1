package io.foldwise.search.training;

import java.util.List;

/**
 * Trains one trial, and tells of the road that its weights take, in the coordinates of training.
 */
public interface TrialTrainer {
  /**
   * Weights on their way.
   *
   * @param epoch the epochs passed, with the part of one that its minibatches make
   */
  record Waypoint(double epoch, double[] weights) {
    Waypoint with(double[] shown) {
      return new Waypoint(epoch, shown);
    }
  }

  /** The names of the weights, as {@link #path} shows them. */
  List<String> weightNames();

  /**
   * The weights on their way: where they start, then after each step, or, where these are more than
   * a number of points, after each epoch, thinned to so many.
   *
   * @param points the most points, ≥ 2
   */
  List<Waypoint> path(int points);

  /** The weights of {@link #path} alone. */
  default List<double[]> weights(int points) {
    return path(points).stream().map(Waypoint::weights).toList();
  }

  /** The learning rate η₀. */
  double rate();

  /**
   * The objective on the rows trained on.
   *
   * @param weights as {@link #path} shows them
   */
  double objective(double[] weights);

  /** The weights of the optimum, as {@link #path} shows weights. */
  double[] optimum();
}
