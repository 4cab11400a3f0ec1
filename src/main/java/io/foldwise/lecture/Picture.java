package io.foldwise.lecture;

import java.util.List;

/**
 * What a section shows.
 *
 * @param panels one beside the other, or one below the other
 * @param facts sentences with numbers in them
 * @param isReached whether the goal of the section is reached
 */
public record Picture(List<Panel> panels, List<Fact> facts, boolean isReached) {
  public Picture {
    panels = List.copyOf(panels);
    facts = List.copyOf(facts);
  }

  /** A picture of one or two panels. */
  static Picture of(boolean isReached, List<Fact> facts, Panel... panels) {
    return new Picture(List.of(panels), facts, isReached);
  }

  /**
   * Axes and what stands in them.
   *
   * @param key the name by which texts know it
   */
  public record Panel(String key, Axis x, Axis y, List<Series> series) {
    public Panel {
      series = List.copyOf(series);
    }

    static Panel of(String key, Axis x, Axis y, Series... series) {
      return new Panel(key, x, y, List.of(series));
    }
  }

  /**
   * An axis.
   *
   * @param key the name by which texts know it
   * @param isLogarithmic whether equal factors are equally far
   * @param low the least value shown; NaN where the series decide
   * @param high the greatest value shown; NaN where the series decide
   */
  public record Axis(String key, boolean isLogarithmic, double low, double high) {
    static Axis of(String key) {
      return new Axis(key, false, Double.NaN, Double.NaN);
    }

    static Axis of(String key, double low, double high) {
      return new Axis(key, false, low, high);
    }

    static Axis logarithmic(String key) {
      return new Axis(key, true, Double.NaN, Double.NaN);
    }

    static Axis logarithmic(String key, double low, double high) {
      return new Axis(key, true, low, high);
    }
  }

  /** How a series is drawn: shapes and dashes tell series apart without colours, too. */
  public enum Shape {
    POINTS,
    HOLLOW,
    TRIANGLES,
    /** One point that a hand may move: up and down by the control named as the series is. */
    HANDLE,
    CROSS,
    LINE,
    DASHED,
    DOTTED,
    /** A line of little weight, of which there are many. */
    THIN,
    BARS,
    /** A line with a point at each step. */
    ROAD,
    DASHED_ROAD,
    /** Lines of equal value over a grid. */
    CONTOURS,
    /** Probabilities over a grid, as shades. */
    SHADES,
    /** Named rows that lie on the piles that x tells, one marked pile at z. */
    CARDS
  }

  /**
   * Numbers that are drawn together.
   *
   * @param key the name by which texts know it; empty where it needs none
   * @param x across; of a grid, its columns
   * @param y up; of a grid, its rows
   * @param z values over a grid, row after row; else empty or what the shape says
   */
  public record Series(String key, Shape shape, double[] x, double[] y, double[] z) {
    static Series of(String key, Shape shape, double[] x, double[] y) {
      return new Series(key, shape, x, y, new double[0]);
    }

    static Series point(String key, Shape shape, double x, double y) {
      return of(key, shape, new double[] {x}, new double[] {y});
    }

    /** A line across, at a height. */
    static Series level(String key, double from, double to, double y) {
      return of(key, Shape.DOTTED, new double[] {from, to}, new double[] {y, y});
    }

    /** A line up, at a place. */
    static Series upright(String key, double x, double from, double to) {
      return of(key, Shape.DOTTED, new double[] {x, x}, new double[] {from, to});
    }

    /** A road of weights over two of them. */
    static Series road(String key, Shape shape, List<double[]> path, int i, int j) {
      return of(
          key,
          shape,
          path.stream().mapToDouble(w -> w[i]).toArray(),
          path.stream().mapToDouble(w -> w[j]).toArray());
    }
  }

  /**
   * A sentence.
   *
   * @param key the name by which texts know it
   * @param values the numbers that stand at {0}, {1}, …
   */
  public record Fact(String key, double... values) {}
}
