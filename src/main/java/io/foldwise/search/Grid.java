package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * The values to try on each axis; candidates are their product, the last axis varying fastest, or
 * some settings of it that are drawn at random (Bergstra and Bengio, JMLR 13, 2012). An axis that
 * is not named has its default as only value.
 */
public final class Grid implements CandidateSource {
  private static final int MOST_CANDIDATES = 100_000;

  /** The loss that values are checked with: they are checked whatever the loss. */
  private static final Loss ANY_LOSS = new Squared();

  /** The draws of a setting that may come to a candidate that was drawn before, for each wanted. */
  private static final int MOST_DRAWS = 100;

  private final Map<Axis, List<String>> axes;
  private final Optional<Sample> sample;

  /** How many candidates to draw, and the seed that they are drawn with. */
  private record Sample(int count, long seed) {}

  private Grid(Map<Axis, List<String>> axes, Optional<Sample> sample) {
    this.axes = axes;
    this.sample = sample;
  }

  /** The grid of one candidate, with every axis at its default. */
  public static Grid defaults() {
    return new Grid(new LinkedHashMap<>(), Optional.empty());
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
   * log(a,b,n)}, and of a grid that is sampled {@code uniform(a,b)} and {@code log-uniform(a,b)}.
   *
   * @throws InvalidInputException if a value is not of the axis
   */
  public Grid with(Axis axis, String values) {
    Map<Axis, List<String>> changed = new LinkedHashMap<>(axes);
    List<String> expanded = new AxisText(axis).expand(values);
    for (String value : expanded) {
      Optional<AxisRange> range = AxisRange.of(axis, value);
      if (range.isPresent()) {
        check(axis, number(axis, range.get().low()));
        check(axis, number(axis, range.get().high()));
      } else {
        check(axis, value);
      }
    }
    changed.put(axis, expanded);
    return new Grid(changed, sample);
  }

  private static void check(Axis axis, String value) {
    new AxisValues(Map.of(axis, value)).candidate(ANY_LOSS, 1, Double.NaN);
  }

  private static String number(Axis axis, double value) {
    return axis.isWhole() ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * This grid, of which so many different candidates are drawn at random: every axis for itself,
   * each of its values or ranges alike. Where there are fewer, all are taken.
   *
   * @throws InvalidInputException if none or too many are asked for
   */
  public Grid sampled(int count, long seed) {
    if (count < 1 || count > MOST_CANDIDATES) {
      throw new InvalidInputException(
          "'sample' (%d) must be a whole number from 1 to %,d".formatted(count, MOST_CANDIDATES));
    }
    return new Grid(axes, Optional.of(new Sample(count, seed)));
  }

  /** How many candidates are drawn, where not all are tried. */
  public OptionalInt sample() {
    return sample.isPresent() ? OptionalInt.of(sample.get().count) : OptionalInt.empty();
  }

  /** The number of settings: the product of the numbers of values, without end where one ranges. */
  public double settings() {
    return ranged().isPresent()
        ? Double.POSITIVE_INFINITY
        : axes.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }

  /** The first axis that has a range, and the range. */
  private Optional<Map.Entry<Axis, String>> ranged() {
    for (Map.Entry<Axis, List<String>> axis : axes.entrySet()) {
      for (String value : axis.getValue()) {
        if (AxisRange.of(axis.getKey(), value).isPresent()) {
          return Optional.of(Map.entry(axis.getKey(), value));
        }
      }
    }
    return Optional.empty();
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

  /**
   * The candidates in grid order, or in the order in which they are drawn; settings that come to
   * the same are one.
   */
  @Override
  public List<Candidate> candidates(Loss loss, long rows, double labelSpread) {
    if (sample.isPresent()) {
      return drawn(sample.get(), loss, rows, labelSpread);
    }
    if (ranged().isPresent()) {
      throw new InvalidInputException(
          "'%s' (%s) has no end of values: say how many candidates to draw with --sample N"
              .formatted(ranged().get().getKey().label(), ranged().get().getValue()));
    }
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

  private List<Candidate> drawn(Sample wanted, Loss loss, long rows, double labelSpread) {
    Random random = new Random(wanted.seed);
    Set<Candidate> candidates = new LinkedHashSet<>();
    List<Map<Axis, String>> all = List.of();
    if (settings() <= MOST_CANDIDATES) {
      all = new ArrayList<>(product());
      Collections.shuffle(all, random);
    }
    long most = all.isEmpty() ? (long) MOST_DRAWS * wanted.count : all.size();
    for (int draw = 0; draw < most && candidates.size() < wanted.count; draw++) {
      Map<Axis, String> values = all.isEmpty() ? setting(random) : all.get(draw);
      candidates.add(new AxisValues(values).candidate(loss, rows, labelSpread));
    }
    return List.copyOf(candidates);
  }

  private Map<Axis, String> setting(Random random) {
    Map<Axis, String> values = new LinkedHashMap<>();
    axes.forEach(
        (axis, items) -> {
          String item = items.get(random.nextInt(items.size()));
          values.put(axis, AxisRange.of(axis, item).map(range -> range.draw(random)).orElse(item));
        });
    return values;
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
