package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Smoothed;
import io.foldwise.math.Cholesky;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

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
 *
 * <p>Where rows are many and the loss is smooth, the search begins with the optimum of a sample of
 * them, and steps by the Hessian of that sample: with n₀ rows in it each pass, which then sums
 * values and gradients alone, brings the distance from the optimum down by about 2√(d/n₀) (Erdogdu
 * and Montanari, NIPS 2015). A step that brings less asks for the Hessian of more rows, in the end
 * of all.
 */
public final class ProximalNewton {
  /**
   * The tolerance for losses without kinks; the next two are for corners of the derivative and for
   * kinks.
   */
  private static final double SMOOTH = 1e-14;

  private static final double CORNERED = 1e-11;
  private static final double KINKED = 1e-9;

  private static final double CENTRED = 0.3;
  private static final double SHRINK = 0.2;
  private static final double LEAST = 1e-4;
  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 1e-10;

  private static final double MOST_RAISED = 1e9;

  /** The least rows of a sample, and the least for each weight. */
  private static final long LEAST_SAMPLED = 20_000;

  private static final long SAMPLED_PER_WEIGHT = 1000;

  /** The gap to which a sample's optimum is worth finding, and the passes that it is worth. */
  private static final double OF_SAMPLE = 1e-7;

  private static final int SAMPLE_PASSES = 20;

  /** The share of what the last step promised, above which the next asks for a better Hessian. */
  private static final double SLOW = 0.1;

  private static final int FINER = 8;

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

  private ProximalNewton(
      List<WeightColumn> columns, List<Loss> losses, double[] w, double leastTolerance) {
    this.columns = columns;
    this.active = new ActiveColumns(columns.size());
    this.points = w;
    this.searches = new Column[columns.size()];
    for (int i = 0; i < searches.length; i++) {
      WeightColumn own = columns.get(i);
      double[] start = Arrays.copyOfRange(w, own.from(), own.from() + own.length());
      searches[i] = new Column(own.at(0), losses.get(i), start, leastTolerance);
    }
  }

  /**
   * The rows of which a search over n rows of d weights would begin with one in so many: 1 where
   * that is worth nothing.
   */
  public static int thinning(long n, int d) {
    return (int) Math.max(1, n / Math.max(LEAST_SAMPLED, SAMPLED_PER_WEIGHT * d));
  }

  /**
   * Searches until every column has its optimum.
   *
   * @param weights the weight of all rows that each column is trained on
   * @param most the most passes over the rows
   * @param every of how many runs of rows a search may begin with one: 1 for all rows
   */
  public void run(SummedObjective objective, double[] weights, int most, int every) {
    if (every == 1 || !Arrays.stream(searches).allMatch(Column::isSmooth)) {
      runByCurvatures(objective, weights, most, 1);
    } else {
      runBySlopes(objective, weights, most, every);
    }
    for (int column = 0; column < searches.length; column++) {
      place(column, searches[column].w);
    }
  }

  /** Looks at Hessians in every pass. */
  private void runByCurvatures(SummedObjective objective, double[] weights, int most, int every) {
    for (; active.count() > 0 && passes < most; passes++) {
      CurvatureSums sums = objective.curvatures(points, active, widths(), every);
      for (int i = 0; i < active.count(); i++) {
        double weight = every == 1 ? weights[active.column(i)] : sums.weights()[i];
        searches[active.column(i)].see(evaluation(objective.trials(), sums, i, weight));
      }
      settle();
    }
  }

  /** Looks at values and gradients, and steps by Hessians of samples. */
  private void runBySlopes(SummedObjective objective, double[] weights, int most, int every) {
    lookAtSlopes(objective, weights, Column::start);
    ProximalNewton sample = new ProximalNewton(columns, losses(), points.clone(), OF_SAMPLE);
    sample.runByCurvatures(objective, weights, SAMPLE_PASSES, every);
    for (int column = 0; column < searches.length; column++) {
      searches[column].jump(sample.searches[column]);
    }
    int thin = every;
    settle();
    while (active.count() > 0 && passes < most) {
      lookAtSlopes(objective, weights, Column::see);
      boolean isSlow = false;
      for (int i = 0; i < active.count(); i++) {
        isSlow |= searches[active.column(i)].isSlow;
      }
      if (isSlow) {
        thin = Math.max(1, thin / FINER);
        takeHessians(objective, thin);
      }
      settle();
    }
  }

  private void lookAtSlopes(
      SummedObjective objective, double[] weights, BiConsumer<Column, Evaluation> look) {
    SlopeSums sums = objective.slopes(points, active);
    passes++;
    for (int i = 0; i < active.count(); i++) {
      double weight = weights[active.column(i)];
      look.accept(searches[active.column(i)], evaluation(objective.trials(), sums, i, weight));
    }
    active.stop(column -> searches[column].ended);
  }

  /** Takes the Hessians where the searches stand, of one in so many runs of rows. */
  private void takeHessians(SummedObjective objective, int every) {
    forActive(search -> search.w);
    CurvatureSums sums = objective.curvatures(points, active, widths(), every);
    passes++;
    for (int i = 0; i < active.count(); i++) {
      Column search = searches[active.column(i)];
      search.hessian = evaluation(objective.trials(), sums, i, sums.weights()[i]).hessian;
      search.plan();
    }
  }

  /** Lets searches that ended rest, and places the points that the others ask for. */
  private void settle() {
    active.stop(column -> searches[column].ended);
    forActive(search -> search.point);
  }

  private void forActive(Function<Column, double[]> weights) {
    for (int i = 0; i < active.count(); i++) {
      place(active.column(i), weights.apply(searches[active.column(i)]));
    }
  }

  private List<Loss> losses() {
    return Arrays.stream(searches).map(search -> search.loss).toList();
  }

  private double[] widths() {
    double[] widths = new double[active.count()];
    Arrays.setAll(widths, i -> searches[active.column(i)].width);
    return widths;
  }

  private void place(int column, double[] weights) {
    System.arraycopy(weights, 0, points, columns.get(column).from(), weights.length);
  }

  private Evaluation evaluation(TrialColumns trials, CurvatureSums sums, int i, double weight) {
    int column = active.column(i);
    double[] gradient = gradient(trials, sums.gradients(), i, weight);
    int p = trials.width();
    double[] hessian =
        trials.coordinates().get(column).hessian(sums.hessians(), i * p * p, 1 / weight);
    WeightColumn own = searches[column].at;
    for (int j = own.unpenalized(); j < gradient.length; j++) {
      hessian[j * gradient.length + j] += 2 * own.penalty().l2();
    }
    double penalty = own.penaltyOf(searches[column].point);
    return new Evaluation(
        sums.rounded().training(i) / weight + penalty,
        sums.losses().training(i) / weight + penalty,
        sums.losses().training(i) / weight,
        sums.losses().validation(i),
        sums.rounded().validation(i) / weight,
        gradient,
        hessian);
  }

  private Evaluation evaluation(TrialColumns trials, SlopeSums sums, int i, double weight) {
    Column search = searches[active.column(i)];
    double mean = sums.losses().training(i) / weight;
    double objective = mean + search.at.penaltyOf(search.point);
    return new Evaluation(
        objective,
        objective,
        mean,
        sums.losses().validation(i),
        0,
        gradient(trials, sums.gradients().gradients(), i, weight),
        null);
  }

  /** The gradient of a column's objective at its point, without its l1 part. */
  private double[] gradient(TrialColumns trials, double[] sums, int i, double weight) {
    int column = active.column(i);
    WeightColumn own = searches[column].at;
    double[] gradient = new double[own.length()];
    trials.coordinates().get(column).gradientInto(sums, i, active.count(), 1 / weight, gradient, 0);
    for (int j = own.unpenalized(); j < gradient.length; j++) {
      gradient[j] += 2 * own.penalty().l2() * searches[column].point[j];
    }
    return gradient;
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
   * @param hessian the Hessian of the rounded objective without its l1 part; null where it was not
   *     looked at
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
  }

  /** A step from the weights, the slope along it and the decrease that it promises. */
  private record Step(double[] direction, double slope, double promise) {}

  /** The search of one column. */
  private static final class Column {
    private final WeightColumn at;
    private final Loss loss;
    private final double tolerance;
    private double[] w;
    private double[] point;
    private Evaluation here;
    private double[] hessian;
    private Step step;
    private boolean isSlow;
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
      this.begun = loss.firstWidth(1) == 0;
      double own = kinked ? KINKED : begun ? SMOOTH : CORNERED;
      this.tolerance = Math.max(own, leastTolerance);
    }

    /** Whether the loss has neither kinks nor corners, so that nothing is rounded off. */
    boolean isSmooth() {
      return loss.firstWidth(1) == 0;
    }

    /** Begins at the first point, whose Hessian is not known. */
    void start(Evaluation found) {
      start = found.objective;
      here = found;
      following = false;
      ended = !found.isFinite();
    }

    /** Goes to where another search ended, to go on from there by its Hessian. */
    void jump(Column other) {
      hessian = other.hessian;
      if (other.here.isFinite()) {
        step = new Step(difference(other.w, w), 0, Double.NaN);
        length = 1;
        point = other.w.clone();
      } else {
        isSlow = true;
      }
    }

    private static double[] difference(double[] one, double[] other) {
      double[] difference = one.clone();
      for (int j = 0; j < difference.length; j++) {
        difference[j] -= other[j];
      }
      return difference;
    }

    Optimum optimum() {
      double promise = step == null ? Double.NaN : Math.max(0, step.promise);
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
        step = new Step(new double[w.length], 0, 0);
        reached = true;
        ended = true;
      }
    }

    private boolean isLower(Evaluation found) {
      double allowed = ARMIJO * length * step.slope + ROUNDING * Math.abs(here.rounded);
      return found.isFinite() && found.rounded <= here.rounded + allowed;
    }

    private void accept(Evaluation found) {
      w = point;
      here = found;
      hessian = found.hessian == null ? hessian : found.hessian;
      plan();
    }

    /** Chooses a step from where the search is. */
    private void plan() {
      double before = step == null ? Double.NaN : step.promise;
      step = step();
      isSlow = step.promise > SLOW * before;
      double scale = Math.max(here.objective, LEAST * start);
      boolean sharp = here.gap <= tolerance * scale;
      if (sharp && step.promise <= tolerance * scale) {
        reached = true;
        ended = true;
        return;
      }
      following = !sharp && step.promise <= CENTRED * here.gap;
      if (following) {
        width *= SHRINK;
      }
      go(1);
    }

    private void go(double newLength) {
      length = newLength;
      point = w.clone();
      for (int j = 0; j < point.length; j++) {
        point[j] += length * step.direction[j];
      }
    }

    private void shorten(Evaluation found) {
      isSlow = true;
      double slope = 0;
      for (int j = 0; j < w.length; j++) {
        slope += found.gradient[j] * step.direction[j];
      }
      boolean secant = at.penalty().l1() == 0 && slope > step.slope;
      double next = secant ? length * step.slope / (step.slope - slope) : length / 2;
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

    /** The minimiser s of gᵀs + ½ sᵀHs + l1·‖w + s‖₁, with the Hessian made positive definite. */
    private Step step() {
      double raised = Math.max(damping, 1e-14);
      double[] direction = null;
      double[] matrix = null;
      while (direction == null) {
        matrix = raised(raised);
        direction = at.penalty().l1() > 0 ? lasso(matrix) : newton(matrix);
        raised *= 10;
        if (!(raised < MOST_RAISED)) {
          throw new ArithmeticException("the Hessian of " + loss + " is not finite");
        }
      }
      double slope = 0;
      double curved = 0;
      double l1 = 0;
      int d = w.length;
      for (int i = 0; i < d; i++) {
        slope += here.gradient[i] * direction[i];
        double row = 0;
        for (int j = 0; j < d; j++) {
          row += matrix[i * d + j] * direction[j];
        }
        curved += direction[i] * row;
        l1 += i < at.unpenalized() ? 0 : Math.abs(w[i] + direction[i]) - Math.abs(w[i]);
      }
      slope += at.penalty().l1() * l1;
      return new Step(direction, slope, -(slope + curved / 2));
    }

    /** The Hessian, its diagonal raised by a share of itself. */
    private double[] raised(double share) {
      double[] raised = hessian.clone();
      int d = w.length;
      for (int j = 0; j < d; j++) {
        raised[j * d + j] *= 1 + share;
      }
      return raised;
    }

    /**
     * The Newton step by a Hessian of unit diagonal, which no choice of units can spoil; null where
     * that is not positive definite.
     */
    private double[] newton(double[] hessian) {
      int d = w.length;
      double[] scale = new double[d];
      double[] matrix = new double[d * d];
      double[] solution = new double[d];
      for (int i = 0; i < d; i++) {
        scale[i] = hessian[i * d + i] > 0 ? 1 / Math.sqrt(hessian[i * d + i]) : 0;
        solution[i] = -here.gradient[i] * scale[i];
      }
      for (int cell = 0; cell < matrix.length; cell++) {
        matrix[cell] = hessian[cell] * scale[cell / d] * scale[cell % d];
      }
      for (int i = 0; i < d; i++) {
        if (scale[i] == 0) {
          matrix[i * d + i] = 1;
        }
      }
      if (!Cholesky.solve(matrix, d, solution)) {
        return null;
      }
      for (int i = 0; i < d; i++) {
        solution[i] *= scale[i];
      }
      return solution;
    }

    private double[] lasso(double[] hessian) {
      int d = w.length;
      double[] gram = new double[d * d];
      double[] residual = new double[d];
      Arrays.setAll(gram, cell -> hessian[cell] / 2);
      Arrays.setAll(residual, j -> -here.gradient[j] / 2);
      double[] next = w.clone();
      Penalty penalty = new Penalty(at.penalty().l1(), 0);
      new CoordinateDescent(gram, d, at.unpenalized()).run(next, residual, penalty);
      for (int j = 0; j < d; j++) {
        next[j] -= w[j];
      }
      return next;
    }
  }
}
