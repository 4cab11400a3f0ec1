package io.foldwise.oracle;

import io.foldwise.learn.optim.Adagrad;
import io.foldwise.learn.optim.Adam;
import io.foldwise.learn.optim.Momentum;
import io.foldwise.learn.optim.Nesterov;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Rmsprop;

/** One optimiser's steps on one vector of weights, each written out from its definition. */
final class RowStepper {
  private final Optimizer optimizer;
  private final Penalty penalty;
  private final int leading;
  private final double[] w;
  private final double[] last;
  private final double[] first;
  private final double[] second;

  RowStepper(Optimizer optimizer, Penalty penalty, int leading, double[] w) {
    this.optimizer = optimizer;
    this.penalty = penalty;
    this.leading = leading;
    this.w = w;
    this.last = w.clone();
    this.first = new double[w.length];
    this.second = new double[w.length];
  }

  /** Where the gradient is wanted. */
  double[] point() {
    double mu = optimizer instanceof Nesterov nesterov ? nesterov.mu() : 0;
    double[] point = new double[w.length];
    for (int j = 0; j < w.length; j++) {
      point[j] = w[j] + mu * (w[j] - last[j]);
    }
    return point;
  }

  /** Moves w along the gradient g of the batch's loss and l2, taken at {@link #point}. */
  void step(double[] g, double rate, long t) {
    double[] point = point();
    for (int j = 0; j < w.length; j++) {
      double before = w[j];
      double effective = effectiveRate(j, g[j], rate, t);
      double moved;
      if (optimizer instanceof Momentum heavyBall) {
        moved = w[j] - rate * g[j] + heavyBall.mu() * (w[j] - last[j]);
      } else if (optimizer instanceof Adam) {
        moved = w[j] - effective * first[j] / (1 - Math.pow(0.9, (double) t));
      } else {
        moved = point[j] - effective * g[j];
      }
      w[j] = j < leading ? moved : shrink(moved, effective * penalty.l1());
      last[j] = before;
    }
  }

  private double effectiveRate(int j, double g, double rate, long t) {
    if (optimizer instanceof Adagrad) {
      second[j] += g * g;
      return rate / (Math.sqrt(second[j]) + 1e-10);
    } else if (optimizer instanceof Rmsprop) {
      second[j] = 0.9 * second[j] + 0.1 * g * g;
      return rate / (Math.sqrt(second[j]) + 1e-8);
    } else if (optimizer instanceof Adam) {
      first[j] = 0.9 * first[j] + 0.1 * g;
      second[j] = 0.999 * second[j] + 0.001 * g * g;
      return rate / (Math.sqrt(second[j] / (1 - Math.pow(0.999, (double) t))) + 1e-8);
    }
    return rate;
  }

  private static double shrink(double w, double threshold) {
    return Math.signum(w) * Math.max(0, Math.abs(w) - threshold);
  }
}
