package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Smoothed;
import io.foldwise.learn.model.Coordinates;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The optimum of any {@link Loss} with penalties, for m columns side by side: damped Newton steps
 * on the objective, each by one pass over the rows for all columns (Lee, Sun and Saunders, SIAM J.
 * Optim. 24, 2014, with l1).
 *
 * <p>The kinks of a loss are rounded off over a width γ ({@link Smoothed}). Once a step promises
 * less than {@value #CENTRED} of the duality gap that γ leaves, it is taken and γ shrinks by
 * {@value #SHRINK}: the path-following of interior-point methods. The search ends when what a step
 * promises and the gap are both below the loss's tolerance, relative to the objective (or to
 * {@value #LEAST} of that at the start, where the optimum is next to zero or lies at infinity).
 *
 * <p>A step that does not lower the rounded objective (Armijo) is shortened; where none does, the
 * Hessian's diagonal is raised (Levenberg and Marquardt).
 */
public final class ProximalNewton {
  /**
   * The tolerance for losses without kinks; the next two are for corners of the derivative and for
   * kinks.
   */
  static final double SMOOTH = 1e-14;

  private static final double CORNERED = 1e-11;
  private static final double KINKED = 1e-9;

  private static final double CENTRED = 0.3;
  private static final double SHRINK = 0.2;
  static final double LEAST = 1e-4;
  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 1e-10;

  /** The share of an objective that rounding alone may add to it. */
  private static final double ROUNDING = 1e-14;

  private final List<WeightColumn> columns;
  private final Column[] searches;
  private final ActiveColumns active;
  private final double[] points;
  private int passes;

  /**
   * What a search ended with.
   *
   * @param start the objective where the search began
   * @param objective mean loss over the rows trained on and penalties
   * @param training mean loss over the rows trained on
   * @param validation sum of the losses over the held-out rows
   * @param gap about how far the objective is above its minimum: the duality gap of the rows and
   *     what one more Newton step promised
   * @param isReached whether the gap is within the tolerance
   */
  public record Optimum(
      double start,
      double objective,
      double training,
      double validation,
      double gap,
      boolean isReached)
      implements Serializable {
    private static final double NEAR = 1e-6;

    /** What searches ended with whose objectives add up. */
    public static Optimum sum(List<Optimum> each) {
      return new Optimum(
          each.stream().mapToDouble(Optimum::start).sum(),
          each.stream().mapToDouble(Optimum::objective).sum(),
          each.stream().mapToDouble(Optimum::training).sum(),
          each.stream().mapToDouble(Optimum::validation).sum(),
          each.stream().mapToDouble(Optimum::gap).sum(),
          each.stream().allMatch(Optimum::isReached));
    }

    /** Whether the gap is within the tolerance, or within 1e-6 where rounding ended the search. */
    public boolean isNear() {
      return isReached || gap <= NEAR * Math.max(Math.abs(objective), LEAST * start);
    }
  }

  /**
   * @param columns where each candidate's weights stand in {@code w}
   * @param losses one for each column
   * @param w where the searches begin, moved in place
   */
  public ProximalNewton(List<WeightColumn> columns, List<Loss> losses, double[] w) {
    this(columns, losses, w, 0);
  }

  /**
   * @param leastTolerance the least relative gap that is worth a pass
   */
  ProximalNewton(List<WeightColumn> columns, List<Loss> losses, double[] w, double leastTolerance) {
    this.columns = columns;
    this.active = new ActiveColumns(columns.size());
    this.points = w;
    this.searches = new Column[columns.size()];
    for (int i = 0; i < searches.length; i++) {
      WeightColumn own = columns.get(i);
      double[] start = Arrays.copyOfRange(w, own.from(), own.end());
      if (own.isScaled()) {
        Scaled.toScale(start);
      }
      searches[i] = new Column(own.at(0), losses.get(i), start, leastTolerance);
    }
  }

  /**
   * Searches until every column has its optimum.
   *
   * @param weights the weight of all rows that each column is trained on
   * @param most the most passes over the rows
   */
  public void run(SummedObjective objective, double[] weights, int most) {
    run(objective, most, 1, (sums, i) -> weights[active.column(i)]);
  }

  /** Searches for the optima over one in so many runs of rows. */
  void runOnSample(SummedObjective objective, int most, int every) {
    run(objective, most, every, (sums, i) -> sums.weights()[i]);
  }

  /** The weight of the rows that the i-th active column was looked at over. */
  private interface Weighing {
    double weight(CurvatureSums sums, int i);
  }

  private void run(SummedObjective objective, int most, int every, Weighing rows) {
    for (passes = 0; active.count() > 0 && passes < most; passes++) {
      CurvatureSums sums = objective.curvatures(points, active, widths(), every);
      for (int i = 0; i < active.count(); i++) {
        double weight = rows.weight(sums, i);
        searches[active.column(i)].see(evaluation(objective.trials(), sums, i, weight));
      }
      active.stop(column -> searches[column].ended);
      for (int i = 0; i < active.count(); i++) {
        place(active.column(i), searches[active.column(i)].point);
      }
    }
    for (int column = 0; column < searches.length; column++) {
      place(column, searches[column].w);
    }
  }

  private double[] widths() {
    double[] widths = new double[active.count()];
    Arrays.setAll(widths, i -> searches[active.column(i)].width);
    return widths;
  }

  private void place(int column, double[] searched) {
    double[] weights = searched;
    if (columns.get(column).isScaled()) {
      weights = searched.clone();
      Scaled.toWeights(weights);
    }
    System.arraycopy(weights, 0, points, columns.get(column).from(), weights.length);
  }

  private Evaluation evaluation(TrialColumns trials, CurvatureSums sums, int i, double weight) {
    int column = active.column(i);
    Coordinates coordinates = trials.coordinates().get(column);
    WeightColumn own = searches[column].at;
    double[] point = searches[column].point;
    double[] gradient = trials.gradient(column, sums.gradients(), i, active.count(), weight);
    int each = trials.width() * trials.width() * CurvatureSums.pairs(trials.functions());
    double[] hessian = coordinates.hessian(sums.hessians(), i * each, 1 / weight);
    curveTogether(coordinates, own, hessian);
    Evaluation mean =
        new Evaluation(
            sums.rounded().training(i) / weight,
            sums.losses().training(i) / weight,
            sums.losses().training(i) / weight,
            sums.losses().validation(i),
            sums.rounded().validation(i) / weight,
            gradient,
            hessian);
    Evaluation scaled = own.isScaled() ? Scaled.evaluation(mean, point) : mean;
    own.addRidge(point, gradient);
    for (int j = own.penalizedFrom(); j < own.penalizedEnd(); j++) {
      hessian[j * gradient.length + j] += 2 * own.penalty().l2();
    }
    return scaled.plus(own.penaltyOf(point));
  }

  /**
   * Curves the ways along which neither losses nor penalties change: where all functions of a
   * prediction grow by the same. No step has a part in them, as the gradient has none.
   */
  private static void curveTogether(Coordinates coordinates, WeightColumn own, double[] hessian) {
    int k = coordinates.functions();
    int d = own.length();
    int terms = coordinates.features();
    int ways = k == 1 ? 0 : own.unpenalized() / k + (own.penalty().isNone() ? terms : 0);
    for (int way = 0; way < ways; way++) {
      boolean intercepts = way < own.unpenalized() / k;
      int first = intercepts ? 0 : own.unpenalized() + way - own.unpenalized() / k;
      int stride = intercepts ? 1 : terms;
      double mean = 0;
      for (int i = 0; i < k; i++) {
        mean += hessian[(first + i * stride) * (d + 1)] / k;
      }
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          hessian[(first + i * stride) * d + first + j * stride] += mean / k;
        }
      }
    }
  }

  /** Searches for some columns alone. */
  void keep(IntPredicate kept) {
    active.stop(column -> !kept.test(column));
  }

  /** The Hessian of a column at its weights, without its l1 part. */
  double[] hessian(int column) {
    return searches[column].here.hessian;
  }

  /** The number of passes over the rows so far. */
  public int passes() {
    return passes;
  }

  /** The optimum of a column. */
  public Optimum optimum(int column) {
    return searches[column].optimum();
  }

  /**
   * What a pass says of a column's point.
   *
   * @param rounded the objective with the loss rounded off
   * @param objective the objective itself
   * @param gap mean duality gap of the rows
   * @param gradient the gradient of the rounded objective without its l1 part
   * @param hessian the Hessian of the rounded objective without its l1 part
   */
  private record Evaluation(
      double rounded,
      double objective,
      double training,
      double validation,
      double gap,
      double[] gradient,
      double[] hessian) {
    boolean isFinite() {
      return Double.isFinite(rounded + objective);
    }

    /** With a penalty's value. */
    Evaluation plus(double penalty) {
      return new Evaluation(
          rounded + penalty, objective + penalty, training, validation, gap, gradient, hessian);
    }
  }

  /**
   * Columns with a scale τ, see {@link Exact}, which are searched over (v, τ), where the weights of
   * the function are w = (v, −1)/τ. Of the mean loss f(w), with gradient g and Hessian H, it is the
   * perspective F = τ(½ + f) that is minimised, and
   *
   * <pre>
   * ∂F/∂v = g_v     ∂F/∂τ = ½ + f − gᵀw     ∂²F = JᵀHJ/τ,  J(dv, dτ) = (dv, 0) − w·dτ
   * </pre>
   *
   * What rounding off adds to f, which a plain mean does not mind, draws τ down: it counts as gap.
   */
  private static final class Scaled {
    private Scaled() {}

    /** (v, τ) of (v, −1)/τ, in place. */
    static void toScale(double[] w) {
      double scale = -1 / w[w.length - 1];
      for (int j = 0; j < w.length - 1; j++) {
        w[j] *= scale;
      }
      w[w.length - 1] = scale;
    }

    /** (v, −1)/τ of (v, τ), in place. */
    static void toWeights(double[] point) {
      double scale = point[point.length - 1];
      for (int j = 0; j < point.length - 1; j++) {
        point[j] /= scale;
      }
      point[point.length - 1] = -1 / scale;
    }

    /** F of f, its gradient and Hessian in place of those of f. */
    static Evaluation evaluation(Evaluation mean, double[] point) {
      double[] w = point.clone();
      toWeights(w);
      double[] g = mean.gradient;
      double[] h = mean.hessian;
      int d = w.length;
      int last = d - 1;
      double scale = point[last];
      double[] hw = new double[d];
      double gw = 0;
      double whw = 0;
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          hw[i] += h[i * d + j] * w[j];
        }
        gw += g[i] * w[i];
        whw += w[i] * hw[i];
      }
      g[last] = 0.5 + mean.rounded - gw;
      for (int i = 0; i < last; i++) {
        h[i * d + last] = -hw[i];
        h[last * d + i] = -hw[i];
      }
      h[last * d + last] = whw;
      for (int cell = 0; cell < h.length; cell++) {
        h[cell] /= scale;
      }
      return new Evaluation(
          scale * (0.5 + mean.rounded),
          scale * (0.5 + mean.objective),
          mean.training,
          mean.validation,
          scale * (mean.gap + mean.rounded - mean.objective),
          g,
          h);
    }
  }

  /** The search of one column. */
  private static final class Column {
    /** The share of itself that a scale is brought down by at most. */
    private static final double MOST_OF_SCALE = 0.9;

    private final WeightColumn at;
    private final Loss loss;
    private final double tolerance;
    private double[] w;
    private double[] point;
    private Evaluation here;
    private NewtonStep step;
    private double length;
    private double width = 1;
    private boolean begun;
    private double start;
    private double damping;
    private boolean following = true;
    private boolean reached;
    private boolean ended;

    Column(WeightColumn at, Loss loss, double[] w, double leastTolerance) {
      this.at = at;
      this.loss = loss;
      this.w = w;
      this.point = w;
      boolean kinked = Double.isNaN(loss.curvature());
      this.begun = loss.isSmooth();
      double own = kinked ? KINKED : begun ? SMOOTH : CORNERED;
      this.tolerance = Math.max(own, leastTolerance);
    }

    Optimum optimum() {
      double promise = step == null ? Double.NaN : Math.max(0, step.promise());
      return new Optimum(
          start, here.objective, here.training, here.validation, here.gap + promise, reached);
    }

    /** Looks at the evaluation of the last point, and chooses the next point. */
    void see(Evaluation found) {
      if (!found.isFinite() && (here == null || following)) {
        here = here == null ? found : here;
        ended = true;
        return;
      }
      if (!begun) {
        begin(found);
        return;
      }
      if (here == null) {
        start = found.objective;
      }
      if (following || isLower(found)) {
        following = false;
        damping /= 10;
        accept(found);
      } else {
        shorten(found);
      }
    }

    /** Begins with a width of the size of the errors at the first point. */
    private void begin(Evaluation found) {
      begun = true;
      start = found.objective;
      width = loss.firstWidth(found.training);
      if (!(width > 0)) {
        here = found;
        step = NewtonStep.none(w.length);
        reached = true;
        ended = true;
      }
    }

    private boolean isLower(Evaluation found) {
      double allowed = ARMIJO * length * step.slope() + ROUNDING * Math.abs(here.rounded);
      return found.isFinite() && found.rounded <= here.rounded + allowed;
    }

    private void accept(Evaluation found) {
      w = point;
      here = found;
      plan();
    }

    /** Chooses a step from where the search is. */
    private void plan() {
      step = step();
      double scale = Math.max(here.objective, LEAST * start);
      boolean sharp = here.gap <= tolerance * scale;
      if (sharp && step.promise() <= tolerance * scale) {
        reached = true;
        ended = true;
        return;
      }
      following = !sharp && step.promise() <= CENTRED * here.gap;
      if (following) {
        width *= SHRINK;
      }
      go(1);
    }

    private void go(double newLength) {
      length = Math.min(newLength, longest());
      point = w.clone();
      for (int j = 0; j < point.length; j++) {
        point[j] += length * step.direction()[j];
      }
    }

    /** The length of a step at which a scale, which is more than 0, is still so. */
    private double longest() {
      int last = w.length - 1;
      double down = at.isScaled() ? -step.direction()[last] / w[last] : 0;
      return down > 0 ? MOST_OF_SCALE / down : Double.POSITIVE_INFINITY;
    }

    private void shorten(Evaluation found) {
      double slope = 0;
      for (int j = 0; j < w.length; j++) {
        slope += found.gradient[j] * step.direction()[j];
      }
      boolean secant = at.penalty().l1() == 0 && slope > step.slope();
      double next = secant ? length * step.slope() / (step.slope() - slope) : length / 2;
      next = found.isFinite() ? Math.min(Math.max(next, 0.05 * length), 0.6 * length) : length / 10;
      if (next >= SHORTEST) {
        go(next);
        return;
      }
      damping = Math.max(100 * damping, 1e-10);
      ended = damping > 1;
      if (!ended) {
        plan();
      }
    }

    private NewtonStep step() {
      return NewtonStep.of(at, w, here.gradient, here.hessian, damping);
    }
  }
}
