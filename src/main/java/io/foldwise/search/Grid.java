package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values to try on each axis; candidates are their product, the last axis varying fastest. An
 * axis that is not named has its default as only value.
 */
public final class Grid implements CandidateSource {
  private static final int MOST_CANDIDATES = 100_000;

  /** The loss that values are checked with: they are checked whatever the loss. */
  private static final Loss ANY_LOSS = new Squared();

  private final Map<Axis, List<String>> axes;

  private Grid(Map<Axis, List<String>> axes) {
    this.axes = axes;
  }

  /** The grid of one candidate, with every axis at its default. */
  public static Grid defaults() {
    return new Grid(new LinkedHashMap<>());
  }

  /**
   * Reads {@code "learning-rate=0.01,0.1; l2=0,1e-3; degree=1..3"}.
   *
   * @throws InvalidInputException if an axis or a value is unknown, or an axis stands twice
   */
  public static Grid parse(String text) {
    Grid grid = defaults();
    for (String part : text.split(";", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new InvalidInputException(
            "'grid' has '" + part.strip() + "': write axis=value,value; axis=value");
      }
      String name = part.substring(0, equals).strip();
      if (grid.axes.containsKey(Axis.require(name))) {
        throw new InvalidInputException("'grid' names '" + name + "' twice: keep one");
      }
      grid = grid.with(Axis.require(name), part.substring(equals + 1));
    }
    return grid;
  }

  /**
   * This grid with the values of one axis set: {@code 0.01,0.1}, {@code 1..3} or {@code
   * log(a,b,n)}.
   *
   * @throws InvalidInputException if a value is not of the axis
   */
  public Grid with(Axis axis, String values) {
    Map<Axis, List<String>> changed = new LinkedHashMap<>(axes);
    List<String> expanded = new AxisText(axis).expand(values);
    for (String value : expanded) {
      new AxisValues(Map.of(axis, value)).candidate(ANY_LOSS, 1, Double.NaN);
    }
    changed.put(axis, expanded);
    return new Grid(changed);
  }

  /** The number of settings: the product of the numbers of values. */
  public double settings() {
    return axes.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }

  /** Whether the axis was named. */
  public boolean names(Axis axis) {
    return axes.containsKey(axis);
  }

  /**
   * The candidates in grid order, of labels whose spread is not known.
   *
   * @param loss the kind of loss, which takes δ or τ from its axis
   * @param rows n, the training rows, which {@code auto} and {@code full} batch sizes follow
   */
  public List<Candidate> candidates(Loss loss, long rows) {
    return candidates(loss, rows, Double.NaN);
  }

  /** The candidates in grid order; settings that come to the same are one. */
  @Override
  public List<Candidate> candidates(Loss loss, long rows, double labelSpread) {
    if (settings() > MOST_CANDIDATES) {
      throw new InvalidInputException(
          "'grid' (%s candidates) must have <= %,d"
              .formatted(Figures.brief(settings()), MOST_CANDIDATES));
    }
    Set<Candidate> candidates = new LinkedHashSet<>();
    for (Map<Axis, String> values : product()) {
      candidates.add(new AxisValues(values).candidate(loss, rows, labelSpread));
    }
    return List.copyOf(candidates);
  }

  private List<Map<Axis, String>> product() {
    List<Map<Axis, String>> points = List.of(Map.of());
    for (Map.Entry<Axis, List<String>> axis : axes.entrySet()) {
      List<Map<Axis, String>> longer = new ArrayList<>();
      for (Map<Axis, String> point : points) {
        for (String value : axis.getValue()) {
          Map<Axis, String> next = new LinkedHashMap<>(point);
          next.put(axis.getKey(), value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }
}
