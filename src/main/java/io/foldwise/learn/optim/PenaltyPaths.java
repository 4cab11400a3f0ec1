package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Columns that differ in the size of their penalty alone. Their optima lie on a curve over the
 * logarithm of that size, so that those of a few tell where the others begin: a path is searched
 * level by level, every level twice as dense as the one before, from where the levels before it put
 * its optima. Without l1 the curve is smooth and {@value #POINTS} of them are interpolated by a
 * polynomial; with l1 it has corners, and two by a line.
 */
final class PenaltyPaths {
  /** The least columns of a path that are searched without others. */
  private static final int LEAST = 12;

  private static final int POINTS = 8;

  /** The largest step of the logarithm over which a polynomial is trusted. */
  private static final double WIDEST = 1.5;

  private static final double SAME_SHARE = 1e-12;

  private final List<WeightColumn> columns;
  private final Place[] places;
  private final int levels;

  /** What columns of a path have in common; those that begin apart are apart. */
  private record Shared(
      Split split, Coordinates coordinates, Loss loss, DoubleBuffer start, long share) {}

  /**
   * Where a column stands.
   *
   * @param path the columns of its path, by the size of their penalty
   * @param at its place among them
   * @param level the level in which it is searched
   */
  private record Place(int[] path, int at, int level) {}

  /**
   * @param trials the columns' training sets and losses
   * @param w where their searches begin
   */
  PenaltyPaths(TrialColumns trials, List<WeightColumn> columns, double[] w) {
    this.columns = columns;
    this.places = new Place[columns.size()];
    Map<Shared, List<Integer>> paths = new LinkedHashMap<>();
    for (int column = 0; column < places.length; column++) {
      WeightColumn own = columns.get(column);
      Shared key =
          new Shared(
              trials.splits().get(column),
              trials.coordinates().get(column),
              trials.losses().get(column),
              DoubleBuffer.wrap(w, own.from(), own.length()).slice(),
              shareOfL1(own.penalty()));
      paths.computeIfAbsent(key, any -> new ArrayList<>()).add(column);
    }
    paths.values().forEach(this::place);
    this.levels = Arrays.stream(places).mapToInt(Place::level).max().orElse(-1) + 1;
  }

  /** The share of l1 in a penalty, as a whole number; −1 where there is none. */
  private static long shareOfL1(Penalty penalty) {
    double size = penalty.l1() + penalty.l2();
    return size > 0 ? Math.round(penalty.l1() / size / SAME_SHARE) : -1;
  }

  private double size(int column) {
    Penalty penalty = columns.get(column).penalty();
    return penalty.l1() + penalty.l2();
  }

  private double logarithm(int column) {
    return Math.log(size(column));
  }

  private void place(Collection<Integer> ofPath) {
    int[] path =
        ofPath.stream()
            .sorted((a, b) -> Double.compare(size(a), size(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    int last = path.length - 1;
    int stride = isCurve(path) ? Math.max(1, Integer.highestOneBit(last / (LEAST - 1))) : 1;
    for (int at = 0; at <= last; at++) {
      int step = at == last ? stride : Math.min(stride, Integer.lowestOneBit(at | stride));
      int level = Integer.numberOfTrailingZeros(stride / step);
      places[path[at]] = new Place(path, at, level);
    }
  }

  /** Whether all sizes are apart. */
  private boolean isCurve(int[] path) {
    return IntStream.range(1, path.length)
        .allMatch(at -> logarithm(path[at]) > logarithm(path[at - 1]));
  }

  /** The number of levels. */
  int levels() {
    return levels;
  }

  /** The level in which a column is searched. */
  int level(int column) {
    return places[column].level;
  }

  /** The columns that are searched in a level. */
  ActiveColumns active(int level) {
    ActiveColumns active = new ActiveColumns(places.length);
    active.stop(column -> places[column].level != level);
    return active;
  }

  /** The column of least penalty of a column's path, which begins where it does. */
  int first(int column) {
    return places[column].path[0];
  }

  /**
   * Looks up the objectives where the columns begin, by one pass for one column of each path.
   *
   * @param weights the weight of all rows that each column is trained on
   * @param begun where they begin
   */
  double[] starts(SummedObjective objective, double[] weights, double[] begun) {
    ActiveColumns firsts = new ActiveColumns(places.length);
    firsts.stop(column -> first(column) != column);
    LossSums sums = objective.losses(begun, firsts);
    double[] losses = new double[places.length];
    for (int i = 0; i < firsts.count(); i++) {
      losses[firsts.column(i)] = sums.training(i) / weights[firsts.column(i)];
    }
    double[] starts = new double[places.length];
    Arrays.setAll(starts, column -> losses[first(column)] + columns.get(column).penaltyOf(begun));
    return starts;
  }

  /**
   * The columns of the levels before that are next to a column.
   *
   * @param share how far it is from the lower to the upper, of 1
   */
  record Between(int lower, int upper, double share) {}

  /** Between which columns of the levels before its own a column lies. */
  Between between(int column) {
    int[] path = places[column].path;
    int lower = before(column, -1);
    int upper = before(column, 1);
    double from = logarithm(path[lower]);
    double share = (logarithm(column) - from) / (logarithm(path[upper]) - from);
    return new Between(path[lower], path[upper], share);
  }

  /** The nearest place on a side of a column that a level before its own has. */
  private int before(int column, int side) {
    Place own = places[column];
    int at = own.at + side;
    while (places[own.path[at]].level >= own.level) {
      at += side;
    }
    return at;
  }

  /** Moves a column's weights to where the optima of the levels before it put its own. */
  void begin(int column, double[] w) {
    WeightColumn own = columns.get(column);
    int[] nodes = nodes(column);
    double[] shares = shares(column, nodes);
    Arrays.fill(w, own.from(), own.end(), 0);
    for (int node = 0; node < nodes.length; node++) {
      int from = columns.get(nodes[node]).from();
      for (int j = 0; j < own.length(); j++) {
        w[own.from() + j] += shares[node] * w[from + j];
      }
    }
  }

  /** The columns that a column is interpolated from. */
  private int[] nodes(int column) {
    Place own = places[column];
    Between between = between(column);
    double step = logarithm(between.upper) - logarithm(between.lower);
    if (columns.get(column).penalty().l1() > 0 || step > WIDEST) {
      return new int[] {between.lower, between.upper};
    }
    int[] before = Arrays.stream(own.path).filter(each -> places[each].level < own.level).toArray();
    int upper = 0;
    while (before[upper] != between.upper) {
      upper++;
    }
    int from = Math.max(0, Math.min(upper - POINTS / 2, before.length - POINTS));
    return Arrays.copyOfRange(before, from, Math.min(from + POINTS, before.length));
  }

  /** Lagrange's polynomials at a column. */
  private double[] shares(int column, int[] nodes) {
    double at = logarithm(column);
    double[] shares = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      double own = logarithm(nodes[i]);
      shares[i] = 1;
      for (int j = 0; j < nodes.length; j++) {
        double other = logarithm(nodes[j]);
        shares[i] *= i == j ? 1 : (at - other) / (own - other);
      }
    }
    return shares;
  }
}
