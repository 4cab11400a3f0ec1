package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.List;

/**
 * Minibatch gradient descent: <em>the</em> loop. It trains m candidates side by side, as columns of
 * one matrix of weights, and does not know where gradients come from.
 *
 * <p>An epoch visits each minibatch once. A minibatch without training rows of a column is skipped
 * by it (no update, no penalty), yet the step counter t advances.
 *
 * <p>Between minibatches a descent is a value that can be sent elsewhere, to go on over other rows.
 */
public final class Descent implements Serializable {
  /** Watches a run; epochs count from 1. */
  public interface Monitor {
    /** Whether {@link #epochEnded} is to be called after this epoch. */
    boolean wants(long epoch);

    /**
     * Sees the weights after an epoch, and stops columns that are not to go on.
     *
     * @param w the matrix of weights
     */
    void epochEnded(long epoch, double[] w, ActiveColumns active);
  }

  /**
   * A candidate's way of stepping.
   *
   * @param rate η₀, already resolved to a number
   * @param epochs the epochs after which its column stops
   * @param horizon the epochs that the schedule is stretched over
   */
  public record Stepper(
      Optimizer.Stepping optimizer, Schedule schedule, double rate, long epochs, long horizon)
      implements Serializable {

    private boolean sharesSchedule(Stepper other) {
      return horizon == other.horizon && schedule.equals(other.schedule);
    }
  }

  private final List<WeightColumn> columns;
  private final List<Stepper> steppers;
  private final OptimizerState[] states;
  private final ActiveColumns active;
  private final double[] w;
  private final double[] points;
  private transient double[] gradient;
  private long t;

  /**
   * @param columns where each candidate's weights stand in {@code w}
   * @param steppers one for each column
   * @param w the initial weights, moved in place
   */
  public Descent(List<WeightColumn> columns, List<Stepper> steppers, double[] w) {
    this.columns = columns;
    this.steppers = steppers;
    this.w = w;
    this.active = new ActiveColumns(columns.size());
    this.states = new OptimizerState[columns.size()];
    boolean ahead = false;
    for (int column = 0; column < states.length; column++) {
      states[column] = steppers.get(column).optimizer().start(w, columns.get(column));
      ahead |= states[column].looksAhead();
    }
    this.points = ahead ? w.clone() : w;
  }

  /**
   * Runs every column's epochs, or fewer where the monitor stops it.
   *
   * @param seed the seed of the order of minibatches
   */
  public void run(Objective objective, long seed, Monitor monitor) {
    EpochOrder order = new EpochOrder(seed, objective.minibatches());
    for (long epoch = 1; active.count() > 0; epoch++) {
      for (int b : order.of(epoch)) {
        visit(objective, b);
      }
      endEpoch(epoch, monitor);
    }
  }

  /**
   * Ends an epoch: the monitor looks, then columns that have run all their epochs stop.
   *
   * @throws IllegalStateException if the thread was interrupted: nobody waits for the end any more
   */
  public void endEpoch(long epoch, Monitor monitor) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted after epoch " + epoch);
    }
    if (monitor.wants(epoch)) {
      monitor.epochEnded(epoch, w, active);
    }
    active.stop(column -> steppers.get(column).epochs <= epoch);
  }

  /** Visits a minibatch: every active column that has rows in it takes a step. */
  public void visit(Objective objective, int b) {
    t++;
    if (gradient == null) {
      gradient = new double[w.length];
    }
    lookAhead();
    boolean some = false;
    for (int i = 0; i < active.count(); i++) {
      some |= !objective.isEmpty(b, active.column(i));
    }
    if (some) {
      objective.gradientInto(b, points, active, gradient);
      stepAll(objective, b);
    }
  }

  private void stepAll(Objective objective, int b) {
    int m = objective.minibatches();
    Stepper before = null;
    double factor = 1;
    for (int i = 0; i < active.count(); i++) {
      int column = active.column(i);
      if (!objective.isEmpty(b, column)) {
        columns.get(column).addRidge(points, gradient);
        Stepper stepper = steppers.get(column);
        if (before == null || !stepper.sharesSchedule(before)) {
          factor = stepper.schedule.factor(t, m, stepper.horizon);
        }
        states[column].step(w, gradient, stepper.rate * factor, t);
        before = stepper;
      }
    }
  }

  private void lookAhead() {
    for (int i = 0; points != w && i < active.count(); i++) {
      int column = active.column(i);
      if (states[column].looksAhead()) {
        states[column].pointInto(w, points);
      } else {
        WeightColumn at = columns.get(column);
        System.arraycopy(w, at.from(), points, at.from(), at.length());
      }
    }
  }

  /** The matrix of weights as it stands. */
  public double[] weights() {
    return w;
  }

  /** The columns that still move. */
  public ActiveColumns active() {
    return active;
  }
}
