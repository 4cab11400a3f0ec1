package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimum of a loss without kinks over rows of many features, for m columns side by side, by
 * passes that sum gradients alone: no Hessian is held, but what the last {@value #MEMORY} steps and
 * the change of the gradient along them tell of it (L-BFGS: Liu and Nocedal, Math. Prog. 45, 1989).
 *
 * <pre>
 * v   gradient of the mean loss            F(w) = mean loss + l1·‖w‖₁ + l2·‖w‖²
 * g   v + 2·l2·w                           ∂  the element of ∂F(w) that is least in size
 * p   step: −H∂ over the weights that are not 0 or whose ∂ is not, H from pairs (s, y) of these
 * </pre>
 *
 * <p>With l1 a step ends where a weight would change its sign, and one at 0 leaves it against its ∂
 * only (OWL-QN: Andrew and Gao, ICML 2007); weights that stay at 0 have no part in H, so that steps
 * are those of L-BFGS once the zeros are found (Schmidt, thesis, UBC 2010, §2.3). F is smooth on
 * the way from a point to the next, and convex: where its slope has turned and is steeper than
 * {@value #STEEP} of what it was, the way is shortened by the secant (the approximate Wolfe
 * condition of Hager and Zhang, SIAM J. Optim. 16, 2005), which needs no losses.
 *
 * <p>A search ends when the duality gap of the penalised weights and what the next step promises,
 * ½∂ᵀH∂, are both within {@value #TOLERANCE} of the objective (or of {@link ProximalNewton#LEAST}
 * of that at the start). With the dual variables at the slopes of the losses, and c as v but within
 * ±l1, the gap needs v alone:
 *
 * <pre>
 * Σ l2·(wⱼ − uⱼ)² + |wⱼ|·l1 + wⱼcⱼ      uⱼ = (cⱼ − vⱼ)/(2·l2)
 * </pre>
 *
 * Without l2 the slopes are scaled down by a share 1 − σ until no |σvⱼ| is above l1, for which the
 * mean loss, of a loss whose conjugate is 0 at 0, enters by that share.
 */
public final class QuasiNewton {
  /** The relative gap to which columns are solved. */
  private static final double TOLERANCE = 1e-13;

  /** The gap of columns without l2, which is in proportion to the gradient, not to its square. */
  private static final double WITHOUT_RIDGE = 1e-10;

  /** The number of vectors of a column's length that its search holds. */
  public static final int VECTORS = 26;

  /** The most numbers of all columns that are worth holding at a time, of 512 MiB. */
  public static final long MOST_NUMBERS = 1L << 26;

  private static final int MEMORY = 10;
  private static final double STEEP = 0.5;
  private static final double SHORTEST = 1e-10;

  /** The least cosine of the angle between a step and the change of the gradient along it. */
  private static final double LEAST_CURVED = 1e-10;

  private final List<WeightColumn> columns;
  private final List<Loss> losses;
  private final double[] w;
  private final Column[] searches;

  /**
   * @param columns where each candidate's weights stand in {@code w}
   * @param losses one for each column, without kinks or corners
   * @param w where the searches begin, moved in place
   */
  public QuasiNewton(List<WeightColumn> columns, List<Loss> losses, double[] w) {
    this.columns = columns;
    this.losses = losses;
    this.w = w;
    this.searches = new Column[columns.size()];
  }

  /**
   * Searches until every column has its optimum.
   *
   * @param weights the weight of all rows that each column is trained on
   * @param most the most passes over all rows for a level of {@link PenaltyPaths}
   * @return the optimum of each column
   */
  public List<ProximalNewton.Optimum> run(SummedObjective objective, double[] weights, int most) {
    PenaltyPaths paths = new PenaltyPaths(objective.trials(), columns, w.clone());
    double[] starts = paths.starts(objective, weights, w);
    for (int level = 0; level < paths.levels(); level++) {
      ActiveColumns open = paths.active(level);
      for (int i = 0; i < open.count(); i++) {
        begin(paths, open.column(i), starts[open.column(i)]);
      }
      for (int passes = 0; open.count() > 0 && passes < most; ) {
        ActiveColumns moving = paths.active(level);
        moving.stop(column -> !open.contains(column));
        for (; moving.count() > 0 && passes < most; passes++) {
          move(objective, weights, moving);
        }
        judge(objective, weights, open);
      }
    }
    return Arrays.stream(searches).map(search -> search.optimum).toList();
  }

  private void begin(PenaltyPaths paths, int column, double start) {
    WeightColumn at = columns.get(column);
    if (paths.level(column) > 0) {
      paths.begin(column, w);
    }
    double[] own = Arrays.copyOfRange(w, at.from(), at.end());
    double bound = 2 * losses.get(column).curvature();
    // Without a bound any scale will do: the first steps are shortened, and tell the next ones.
    searches[column] = new Column(at.at(0), Double.isInfinite(bound) ? 1 : bound, start, own);
    if (paths.level(column) > 0) {
      searches[column].inherit(searches[paths.between(column).lower()]);
    }
  }

  /** Moves columns to their next points, by one pass; some of them end. */
  private void move(SummedObjective objective, double[] weights, ActiveColumns moving) {
    int m = moving.count();
    GradientSums sums = objective.gradients(w, moving);
    IntStream.range(0, m)
        .parallel()
        .forEach(
            i -> {
              int column = moving.column(i);
              double weight = weights[column];
              searches[column].see(
                  objective.trials().gradient(column, sums.gradients(), i, m, weight));
              place(column, searches[column].point);
            });
    moving.stop(column -> searches[column].ended);
  }

  private void place(int column, double[] weights) {
    System.arraycopy(weights, 0, w, columns.get(column).from(), weights.length);
  }

  /** Looks up the losses where searches ended; those that are not near enough by them go on. */
  private void judge(SummedObjective objective, double[] weights, ActiveColumns open) {
    for (int i = 0; i < open.count(); i++) {
      place(open.column(i), searches[open.column(i)].w);
    }
    LossSums sums = objective.losses(w, open);
    for (int i = 0; i < open.count(); i++) {
      int column = open.column(i);
      double penalty = columns.get(column).penaltyOf(w);
      searches[column].judge(sums.training(i) / weights[column], penalty, sums.validation(i));
      place(column, searches[column].point);
    }
    open.stop(column -> searches[column].ended);
  }

  /** A step and the change of the gradient of a loss along it. */
  private record Pair(double[] s, double[] y) {}

  /** The search of one column. */
  private static final class Column {
    private final WeightColumn at;
    private final double start;
    private final double curvature;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private double[] w;
    private double[] point;
    private double[] v;
    private double slope;
    private double length;
    private double gap = Double.NaN;
    private double mean;
    private double enough;
    private boolean failed;
    private boolean ended;
    private ProximalNewton.Optimum optimum;

    /**
     * @param at the column of its weights, from 0
     * @param curvature about the curvature of the mean loss
     * @param start the objective where the search began
     * @param first the weights that it begins with
     */
    Column(WeightColumn at, double curvature, double start, double[] first) {
      this.at = at;
      this.curvature = curvature;
      this.start = start;
      this.mean = start;
      this.enough = tolerance() * start;
      this.w = first;
      this.point = first;
    }

    private double tolerance() {
      Penalty penalty = at.penalty();
      return penalty.l1() > 0 && penalty.l2() == 0 ? WITHOUT_RIDGE : TOLERANCE;
    }

    /** Takes over what another search told of the losses over the same rows. */
    void inherit(Column other) {
      pairs.addAll(other.pairs);
    }

    /** Judges where the search ended, by the mean loss over the rows trained on, or goes on. */
    void judge(double training, double penalty, double validation) {
      double objective = training + penalty;
      mean = training;
      enough = tolerance() * Math.max(objective, ProximalNewton.LEAST * start);
      if (!failed) {
        ended = false;
        plan();
      }
      if (ended) {
        point = w;
      }
      boolean reached = gap <= enough;
      optimum = new ProximalNewton.Optimum(start, objective, training, validation, gap, reached);
    }

    /** Looks at the gradient of the mean loss at the last point, and chooses the next point. */
    void see(double[] found) {
      if (v == null || isLower(found)) {
        remember(found);
        w = point;
        v = found;
        plan();
      }
    }

    /** Whether the slope at the last point says that it is lower; shortens the way if not. */
    private boolean isLower(double[] found) {
      double end = 0;
      for (int j = 0; j < w.length; j++) {
        end += (found[j] + pull(j)) * (point[j] - w[j]);
      }
      if (end <= -STEEP * slope) {
        return true;
      }
      double share = Double.isFinite(end) ? Math.max(0.1, slope / (slope - end)) : 0.1;
      point = point.clone();
      for (int j = 0; j < w.length; j++) {
        point[j] = w[j] + share * (point[j] - w[j]);
      }
      slope *= share;
      length *= share;
      fail(length < SHORTEST);
      return false;
    }

    /** The slope of the penalty at the last point, on the side of the step's orthant. */
    private double pull(int j) {
      if (j < at.unpenalized()) {
        return 0;
      }
      double side = w[j] == 0 ? point[j] : w[j];
      return at.penalty().l1() * Math.signum(side) + 2 * at.penalty().l2() * point[j];
    }

    private void fail(boolean does) {
      failed |= does;
      ended |= does;
    }

    private void remember(double[] found) {
      if (v == null) {
        return;
      }
      double[] s = new double[w.length];
      double[] y = new double[w.length];
      for (int j = 0; j < s.length; j++) {
        s[j] = point[j] - w[j];
        y[j] = found[j] - v[j];
      }
      if (pairs.size() == MEMORY) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(s, y));
    }

    /** Chooses a step from where the search is, unless it is at its end. */
    private void plan() {
      double[] least = leastSubgradient();
      int[] free = IntStream.range(0, w.length).filter(j -> w[j] != 0 || least[j] != 0).toArray();
      double[] direction = direction(least, free);
      double promise = -slope(direction, least) / 2;
      if (!step(direction, least)) {
        pairs.clear();
        direction = direction(least, free);
        promise = -slope(direction, least) / 2;
        fail(!step(direction, least) && promise > 0);
      }
      gap = Math.max(promise, Math.min(ridgeGap(), scaledGap()));
      if (gap <= enough) {
        ended = true;
        point = w;
      }
    }

    /** ∂: the element of the subdifferential of the objective that is least in size. */
    private double[] leastSubgradient() {
      double l1 = at.penalty().l1();
      double[] least = v.clone();
      at.addRidge(w, least);
      for (int j = at.unpenalized(); j < w.length && l1 > 0; j++) {
        least[j] =
            w[j] == 0 ? Penalty.softThreshold(least[j], l1) : least[j] + l1 * Math.signum(w[j]);
      }
      return least;
    }

    /** −H∂ over the free weights, by two loops over the pairs (Nocedal, Math. Comp. 35, 1980). */
    private double[] direction(double[] least, int[] free) {
      double[] q = new double[w.length];
      for (int j : free) {
        q[j] = -least[j];
      }
      double twice = 2 * at.penalty().l2();
      double[] shares = new double[pairs.size()];
      double[] curved = new double[pairs.size()];
      double scale = 1 / (curvature + twice);
      int at = 0;
      for (Iterator<Pair> all = pairs.descendingIterator(); all.hasNext(); at++) {
        Pair pair = all.next();
        double ss = 0;
        double sy = 0;
        double yy = 0;
        double sq = 0;
        for (int j : free) {
          double s = pair.s[j];
          double y = pair.y[j] + (j < this.at.unpenalized() ? 0 : twice * s);
          ss += s * s;
          sy += s * y;
          yy += y * y;
          sq += s * q[j];
        }
        if (!(sy > LEAST_CURVED * Math.sqrt(ss * yy))) {
          continue;
        }
        if (at == 0) {
          scale = sy / yy;
        }
        curved[at] = sy;
        shares[at] = sq / sy;
        for (int j : free) {
          q[j] -= shares[at] * (pair.y[j] + (j < this.at.unpenalized() ? 0 : twice * pair.s[j]));
        }
      }
      for (int j : free) {
        q[j] *= scale;
      }
      for (Pair pair : pairs) {
        if (curved[--at] > 0) {
          double yq = 0;
          for (int j : free) {
            yq += (pair.y[j] + (j < this.at.unpenalized() ? 0 : twice * pair.s[j])) * q[j];
          }
          double more = shares[at] - yq / curved[at];
          for (int j : free) {
            q[j] += more * pair.s[j];
          }
        }
      }
      return q;
    }

    private static double slope(double[] direction, double[] least) {
      double slope = 0;
      for (int j = 0; j < least.length; j++) {
        slope += direction[j] * least[j];
      }
      return slope;
    }

    /**
     * Moves the point along a direction as far as no weight changes its sign.
     *
     * @return whether the objective falls that way
     */
    private boolean step(double[] direction, double[] least) {
      boolean signed = at.penalty().l1() > 0;
      for (length = 1; length > SHORTEST; length /= 4) {
        point = w.clone();
        slope = 0;
        for (int j = 0; j < w.length; j++) {
          double next = w[j] + length * direction[j];
          double side = w[j] == 0 ? -least[j] : w[j];
          point[j] = signed && j >= at.unpenalized() && next * side < 0 ? 0 : next;
          slope += least[j] * (point[j] - w[j]);
        }
        if (slope < 0) {
          return true;
        }
      }
      return false;
    }

    /** The duality gap of the penalised weights, where there is l2. */
    private double ridgeGap() {
      double l1 = at.penalty().l1();
      double l2 = at.penalty().l2();
      double sum = 0;
      for (int j = at.unpenalized(); j < w.length; j++) {
        double c = Math.max(-l1, Math.min(l1, v[j]));
        double apart = w[j] - (c - v[j]) / (2 * l2);
        sum += l2 * apart * apart + Math.abs(w[j]) * l1 + w[j] * c;
      }
      return at.penalty().isNone() ? 0 : l2 > 0 ? sum : Double.POSITIVE_INFINITY;
    }

    /** The duality gap with the slopes of all losses scaled until no weight at 0 is drawn off. */
    private double scaledGap() {
      double l1 = at.penalty().l1();
      double largest = 0;
      for (int j = at.unpenalized(); j < w.length; j++) {
        largest = Math.max(largest, Math.abs(v[j]));
      }
      double scale = largest > l1 ? l1 / largest : 1;
      double sum = (1 - scale) * mean;
      for (int j = at.unpenalized(); j < w.length; j++) {
        sum += Math.abs(w[j]) * l1 + w[j] * scale * v[j] + at.penalty().l2() * w[j] * w[j];
      }
      return sum;
    }
  }
}
