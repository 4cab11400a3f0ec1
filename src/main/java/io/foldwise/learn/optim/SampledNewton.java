package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import java.util.Arrays;
import java.util.List;

/**
 * The optimum of a loss without kinks over many rows, for m columns side by side: it begins with
 * the optimum of a sample of the rows and goes on by passes that sum gradients alone.
 *
 * <p>Steps are by the Hessian of the sample, of n₀ rows, which brings the distance from the optimum
 * down by about 2√(d/n₀) a pass (Erdogdu and Montanari, NIPS 2015), and by what the gradients tell
 * of it on the way (Broyden, Fletcher, Goldfarb and Shanno). A pass that does not halve what a step
 * promises sends its column to {@link ProximalNewton}, as does a sample without an optimum. Where
 * many columns differ in their penalty alone, most begin between others ({@link PenaltyPaths}).
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
   * @param most the most passes over all rows for a level of {@link PenaltyPaths}
   * @param every of how many runs of rows the sample has one
   * @return the optimum of each column
   */
  public List<ProximalNewton.Optimum> run(
      SummedObjective objective, double[] weights, int most, int every) {
    double[] begun = w.clone();
    PenaltyPaths paths = new PenaltyPaths(objective.trials(), columns, begun);
    double[] starts = paths.starts(objective, weights, begun);
    for (int level = 0; level < paths.levels(); level++) {
      ActiveColumns active = paths.active(level);
      if (level == 0) {
        sample(objective, every, active, starts);
      } else {
        for (int i = 0; i < active.count(); i++) {
          between(paths, active.column(i), starts);
        }
      }
      active.stop(column -> searches[column].failed);
      for (int passes = 0; active.count() > 0 && passes < most; passes++) {
        GradientSums sums = objective.gradients(w, active);
        for (int i = 0; i < active.count(); i++) {
          step(objective.trials(), sums, i, active, weights[active.column(i)]);
        }
        active.stop(column -> searches[column].reached || searches[column].failed);
      }
      end(objective, weights, begun, paths.active(level), most);
    }
    return Arrays.stream(searches).map(search -> search.optimum).toList();
  }

  /** Moves columns to the optimum of a sample. */
  private void sample(SummedObjective objective, int every, ActiveColumns own, double[] starts) {
    ProximalNewton sample = new ProximalNewton(columns, losses, w, GAP);
    sample.keep(own::contains);
    sample.runOnSample(objective, SAMPLE_PASSES, every);
    for (int i = 0; i < own.count(); i++) {
      int column = own.column(i);
      ProximalNewton.Optimum optimum = sample.optimum(column);
      searches[column] =
          new Column(
              columns.get(column).at(0),
              starts[column],
              sample.hessian(column).clone(),
              optimum.objective());
      searches[column].failed = !optimum.isNear();
    }
  }

  /** Moves a column to where the optima beside it on its path put its own. */
  private void between(PenaltyPaths paths, int column, double[] starts) {
    paths.begin(column, w);
    PenaltyPaths.Between between = paths.between(column);
    Column lower = searches[between.lower()];
    Column upper = searches[between.upper()];
    double share = between.share();
    double[] hessian = new double[lower.hessian.length];
    Arrays.setAll(hessian, cell -> (1 - share) * lower.hessian[cell] + share * upper.hessian[cell]);
    WeightColumn at = columns.get(column).at(0);
    double l2 = (1 - share) * lower.at.penalty().l2() + share * upper.at.penalty().l2();
    for (int j = at.unpenalized(); j < at.length(); j++) {
      hessian[j * at.length() + j] += 2 * (at.penalty().l2() - l2);
    }
    searches[column] = new Column(at, starts[column], hessian, lower.optimum.objective());
  }

  /** Moves a column's weights by a step from where they stand. */
  private void step(
      TrialColumns trials, GradientSums sums, int i, ActiveColumns active, double weight) {
    int column = active.column(i);
    WeightColumn at = columns.get(column);
    double[] own = Arrays.copyOfRange(w, at.from(), at.end());
    double[] gradient = trials.gradient(column, sums.gradients(), i, active.count(), weight);
    at.at(0).addRidge(own, gradient);
    searches[column].see(gradient, own);
    System.arraycopy(own, 0, w, at.from(), own.length);
  }

  /** Ends some columns; those that failed are searched for anew, from where they began. */
  private void end(
      SummedObjective objective, double[] weights, double[] begun, ActiveColumns own, int most) {
    LossSums last = objective.losses(w, own);
    for (int i = 0; i < own.count(); i++) {
      int column = own.column(i);
      searches[column].end(
          last.training(i) / weights[column], columns.get(column).penaltyOf(w), last.validation(i));
    }
    own.stop(column -> !searches[column].failed);
    if (own.count() == 0) {
      return;
    }
    for (int i = 0; i < own.count(); i++) {
      WeightColumn at = columns.get(own.column(i));
      System.arraycopy(begun, at.from(), w, at.from(), at.length());
    }
    ProximalNewton again = new ProximalNewton(columns, losses, w);
    again.keep(own::contains);
    again.run(objective, weights, most);
    for (int i = 0; i < own.count(); i++) {
      Column search = searches[own.column(i)];
      search.optimum = again.optimum(own.column(i));
      search.hessian = again.hessian(own.column(i));
    }
  }

  /** The search of one column. */
  private static final class Column {
    private final WeightColumn at;
    private final double start;
    private final double enough;
    private double[] hessian;
    private double[] gradient;
    private NewtonStep step;
    private boolean reached;
    private boolean failed;
    private ProximalNewton.Optimum optimum;

    /**
     * @param at the column of its weights, from 0
     * @param start the objective where the search began
     * @param hessian about the Hessian at its optimum
     * @param objective about the objective there
     */
    Column(WeightColumn at, double start, double[] hessian, double objective) {
      this.at = at;
      this.start = start;
      this.hessian = hessian;
      this.enough = ProximalNewton.SMOOTH * Math.max(objective, ProximalNewton.LEAST * start);
    }

    /**
     * Looks at the gradient at its weights, and moves them by a step: by the last one too, which
     * takes them nearer than was asked for, so that others can be interpolated from them.
     */
    void see(double[] found, double[] own) {
      double before = step == null ? Double.POSITIVE_INFINITY : step.promise();
      if (step != null) {
        learn(found);
      }
      gradient = found;
      step = NewtonStep.of(at, own, gradient, hessian, 0);
      reached = step.promise() <= enough;
      failed = !reached && !(step.promise() <= SLOW * before);
      for (int j = 0; j < own.length && !failed; j++) {
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

    /** Ends where the mean loss over the rows trained on and the penalty are these. */
    void end(double training, double penalty, double validation) {
      double gap = step == null ? Double.NaN : Math.max(0, step.promise());
      optimum =
          new ProximalNewton.Optimum(start, training + penalty, training, validation, gap, reached);
      failed |= !reached;
    }
  }
}
