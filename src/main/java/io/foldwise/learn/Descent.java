package io.foldwise.learn;

import java.util.List;

/**
 * Minibatch gradient descent: <em>the</em> loop. It trains m candidates side by side on one
 * training set, as columns of a d × m matrix of weights, and does not know where gradients come
 * from.
 *
 * <p>An epoch visits each minibatch once in the order of {@link EpochOrder}. A minibatch without
 * training rows is skipped (no update, no penalty), yet the step counter t advances.
 */
public final class Descent {
  /** Watches a run; epochs count from 1. */
  public interface Monitor {
    /** Whether {@link #epochEnded} is to be called after this epoch. */
    boolean wants(long epoch);

    /**
     * Sees the weights after an epoch.
     *
     * @return whether to go on
     */
    boolean epochEnded(long epoch, double[] w);
  }

  /**
   * A candidate's way of stepping.
   *
   * @param rate η₀, already resolved to a number
   * @param horizon the epochs that the schedule is stretched over
   */
  public record Stepper(
      Optimizer.Stepping optimizer, Schedule schedule, double rate, long horizon) {}

  private final Objective objective;
  private final List<WeightColumn> columns;
  private final List<Stepper> steppers;
  private final OptimizerState[] states;
  private final double[] w;
  private final double[] points;
  private final double[] gradient;

  /**
   * @param columns where each candidate's weights stand in {@code w}
   * @param steppers one for each column
   * @param w the initial weights, d × m; moved in place by {@link #run}
   */
  public Descent(
      Objective objective, List<WeightColumn> columns, List<Stepper> steppers, double[] w) {
    this.objective = objective;
    this.columns = columns;
    this.steppers = steppers;
    this.w = w;
    this.states = new OptimizerState[columns.size()];
    boolean ahead = false;
    for (int column = 0; column < states.length; column++) {
      states[column] = steppers.get(column).optimizer().start(w, columns.get(column));
      ahead |= states[column].looksAhead();
    }
    this.points = ahead ? w.clone() : w;
    this.gradient = new double[w.length];
  }

  /**
   * Runs the epochs 1 … {@code epochs}, or fewer if the monitor ends them.
   *
   * @param seed of the order of minibatches
   */
  public void run(long epochs, long seed, Monitor monitor) {
    int m = objective.minibatches();
    EpochOrder order = new EpochOrder(seed, m);
    long t = 0;
    for (long epoch = 1; epoch <= epochs; epoch++) {
      for (int b : order.of(epoch)) {
        t++;
        if (!objective.isEmpty(b)) {
          step(b, t, m);
        }
      }
      if (monitor.wants(epoch) && !monitor.epochEnded(epoch, w)) {
        return;
      }
    }
  }

  private void step(int b, long t, int m) {
    if (points != w) {
      for (int column = 0; column < states.length; column++) {
        pointInto(column);
      }
    }
    objective.gradientInto(b, points, gradient);
    for (int column = 0; column < states.length; column++) {
      addRidge(columns.get(column));
      Stepper stepper = steppers.get(column);
      double factor =
          stepper.schedule.isConstant() ? 1 : stepper.schedule.factor(t, m, stepper.horizon);
      states[column].step(w, gradient, stepper.rate * factor, t);
    }
  }

  private void pointInto(int column) {
    if (states[column].looksAhead()) {
      states[column].pointInto(w, points);
    } else {
      WeightColumn at = columns.get(column);
      System.arraycopy(w, at.from(), points, at.from(), at.length());
    }
  }

  private void addRidge(WeightColumn column) {
    double twice = 2 * column.penalty().l2();
    if (twice != 0) {
      for (int at = column.penalizedFrom(); at < column.end(); at++) {
        gradient[at] += twice * points[at];
      }
    }
  }
}
