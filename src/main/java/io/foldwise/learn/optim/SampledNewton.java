package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimum of a loss without kinks over many rows, for m columns side by side: it begins with
 * the optimum of a sample of the rows and goes on by passes that sum gradients alone.
 *
 * <p>Steps are by the Hessian of the sample, of n₀ rows, which brings the distance from the optimum
 * down by about 2√(d/n₀) a pass (Erdogdu and Montanari, NIPS 2015), and by what the gradients tell
 * of it on the way (Broyden, Fletcher, Goldfarb and Shanno). A pass that does not halve what a step
 * promises sends its column to {@link ProximalNewton}, as does a sample without an optimum.
 */
public final class SampledNewton {
  /** The least rows of a sample, and the least for each weight. */
  private static final long LEAST_ROWS = 20_000;

  private static final long ROWS_PER_WEIGHT = 1000;

  /** The gap to which a sample's optimum is worth finding, and the passes that it is worth. */
  private static final double GAP = 1e-7;

  private static final int SAMPLE_PASSES = 20;

  /** The share of what the last step promised that the next may promise. */
  private static final double SLOW = 0.5;

  private final List<WeightColumn> columns;
  private final List<Loss> losses;
  private final double[] w;
  private final ActiveColumns active;
  private final Column[] searches;

  /**
   * @param columns where each candidate's weights stand in {@code w}
   * @param losses one for each column, without kinks or corners
   * @param w where the searches begin, moved in place
   */
  public SampledNewton(List<WeightColumn> columns, List<Loss> losses, double[] w) {
    this.columns = columns;
    this.losses = losses;
    this.w = w;
    this.active = new ActiveColumns(columns.size());
    this.searches = new Column[columns.size()];
  }

  /**
   * The rows of which a search over n rows of d weights looks at one in so many: 1 where a sample
   * would be no better than all of them.
   */
  public static int thinning(long n, int d) {
    return (int) Math.max(1, n / Math.max(LEAST_ROWS, ROWS_PER_WEIGHT * d) / 2);
  }

  /**
   * Searches until every column has its optimum.
   *
   * @param weights the weight of all rows that each column is trained on
   * @param most the most passes over all rows
   * @param every of how many runs of rows the sample has one
   * @return the optimum of each column
   */
  public List<ProximalNewton.Optimum> run(
      SummedObjective objective, double[] weights, int most, int every) {
    LossSums first = objective.losses(w, active);
    double[] begun = w.clone();
    ProximalNewton sample = new ProximalNewton(columns, losses, w, GAP);
    sample.runOnSample(objective, SAMPLE_PASSES, every);
    for (int i = 0; i < searches.length; i++) {
      double start = first.training(i) / weights[i] + columns.get(i).penaltyOf(begun);
      searches[i] = new Column(columns.get(i).at(0), start, sample.hessian(i), sample.optimum(i));
    }
    active.stop(column -> searches[column].failed);
    for (int passes = 0; active.count() > 0 && passes < most; passes++) {
      GradientSums sums = objective.gradients(w, active);
      for (int i = 0; i < active.count(); i++) {
        step(objective.trials(), sums, i, weights[active.column(i)]);
      }
      active.stop(column -> searches[column].reached || searches[column].failed);
    }
    return optima(objective, weights, begun, most);
  }

  /** Moves a column's weights by a step from where they stand. */
  private void step(TrialColumns trials, GradientSums sums, int i, double weight) {
    int column = active.column(i);
    WeightColumn at = columns.get(column);
    double[] own = Arrays.copyOfRange(w, at.from(), at.end());
    double[] gradient = new double[own.length];
    trials
        .coordinates()
        .get(column)
        .gradientInto(sums.gradients(), i, active.count(), 1 / weight, gradient, 0);
    at.at(0).addRidge(own, gradient);
    searches[column].see(gradient, own);
    System.arraycopy(own, 0, w, at.from(), own.length);
  }

  /** The optima; columns that failed are searched for anew, from where they began. */
  private List<ProximalNewton.Optimum> optima(
      SummedObjective objective, double[] weights, double[] begun, int most) {
    LossSums last = objective.losses(w, new ActiveColumns(columns.size()));
    ProximalNewton.Optimum[] optima = new ProximalNewton.Optimum[searches.length];
    for (int i = 0; i < optima.length; i++) {
      double training = last.training(i) / weights[i];
      double value = training + columns.get(i).penaltyOf(w);
      optima[i] = searches[i].optimum(value, training, last.validation(i));
      searches[i].failed |= !optima[i].isReached();
    }
    if (IntStream.range(0, searches.length).anyMatch(i -> searches[i].failed)) {
      for (int i = 0; i < searches.length; i++) {
        WeightColumn own = columns.get(i);
        if (searches[i].failed) {
          System.arraycopy(begun, own.from(), w, own.from(), own.length());
        }
      }
      ProximalNewton again = new ProximalNewton(columns, losses, w);
      again.keep(column -> searches[column].failed);
      again.run(objective, weights, most);
      Arrays.setAll(optima, i -> searches[i].failed ? again.optimum(i) : optima[i]);
    }
    return List.of(optima);
  }

  /** The search of one column. */
  private static final class Column {
    private final WeightColumn at;
    private final double[] hessian;
    private final double start;
    private final double enough;
    private double[] gradient;
    private NewtonStep step;
    private boolean reached;
    private boolean failed;

    /**
     * @param at the column of its weights, from 0
     * @param start the objective where the search began
     * @param hessian the Hessian at the optimum of the sample
     */
    Column(WeightColumn at, double start, double[] hessian, ProximalNewton.Optimum ofSample) {
      this.at = at;
      this.start = start;
      this.hessian = hessian.clone();
      this.failed = !ofSample.isNear();
      double scale = Math.max(ofSample.objective(), ProximalNewton.LEAST * start);
      this.enough = ProximalNewton.SMOOTH * scale;
    }

    /** Looks at the gradient at its weights, and moves them by a step. */
    void see(double[] found, double[] own) {
      double before = step == null ? Double.POSITIVE_INFINITY : step.promise();
      if (step != null) {
        learn(found);
      }
      gradient = found;
      step = NewtonStep.of(at, own, gradient, hessian, 0);
      reached = step.promise() <= enough;
      failed = !reached && !(step.promise() <= SLOW * before);
      for (int j = 0; j < own.length && !failed && !reached; j++) {
        own[j] += step.direction()[j];
      }
    }

    /** Makes the Hessian tell of the last step what the gradients at its ends say. */
    private void learn(double[] found) {
      int d = found.length;
      double[] s = step.direction();
      double[] y = new double[d];
      double[] hs = new double[d];
      double ys = 0;
      double shs = 0;
      for (int i = 0; i < d; i++) {
        y[i] = found[i] - gradient[i];
        for (int j = 0; j < d; j++) {
          hs[i] += hessian[i * d + j] * s[j];
        }
        ys += y[i] * s[i];
        shs += s[i] * hs[i];
      }
      for (int i = 0; i < d && ys > 0 && shs > 0; i++) {
        for (int j = 0; j < d; j++) {
          hessian[i * d + j] += y[i] * y[j] / ys - hs[i] * hs[j] / shs;
        }
      }
    }

    ProximalNewton.Optimum optimum(double value, double training, double validation) {
      double gap = step == null ? Double.NaN : Math.max(0, step.promise());
      return new ProximalNewton.Optimum(start, value, training, validation, gap, reached);
    }
  }
}
