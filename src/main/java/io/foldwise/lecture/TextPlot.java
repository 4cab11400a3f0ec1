package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/** A panel as text, at most 78 columns wide. */
public final class TextPlot {
  private static final int WIDTH = 66;
  private static final int HEIGHT = 14;
  private static final int MARGIN = 10;
  private static final String SHADES = " ░▒▓█";

  /** The marks of series of one shape, one after the other. */
  private static final Map<Shape, String> MARKS =
      Map.ofEntries(
          Map.entry(Shape.POINTS, "●"),
          Map.entry(Shape.HOLLOW, "○"),
          Map.entry(Shape.TRIANGLES, "△"),
          Map.entry(Shape.HANDLE, "◆"),
          Map.entry(Shape.CROSS, "X"),
          Map.entry(Shape.LINE, "━"),
          Map.entry(Shape.DASHED, "╍"),
          Map.entry(Shape.DOTTED, "·"),
          Map.entry(Shape.THIN, "─"),
          Map.entry(Shape.ROAD, "•"),
          Map.entry(Shape.DASHED_ROAD, "◦"),
          Map.entry(Shape.BARS, "█"),
          Map.entry(Shape.CONTOURS, "░"),
          Map.entry(Shape.SHADES, "▓"),
          Map.entry(Shape.CARDS, " "));

  private final Panel panel;
  private final UnaryOperator<String> names;
  private final char[][] cells = new char[HEIGHT][WIDTH];
  private final Scale across;
  private final Scale up;

  /** Where a value stands along an axis of so many cells. */
  private record Scale(boolean isLogarithmic, double low, double high, int cells) {
    static Scale of(Axis axis, DoubleStream values, int cells) {
      double[] finite =
          values.filter(v -> Double.isFinite(v) && (!axis.isLogarithmic() || v > 0)).toArray();
      double low = Double.isNaN(axis.low()) ? least(finite) : axis.low();
      double high = Double.isNaN(axis.high()) ? Numbers.largest(finite) : axis.high();
      double room = axis.isLogarithmic() || !Double.isNaN(axis.low()) ? 0 : 0.03 * (high - low);
      return new Scale(axis.isLogarithmic(), low - room, high > low ? high + room : low + 1, cells);
    }

    private static double least(double[] values) {
      return Arrays.stream(values).min().orElse(0);
    }

    /** The cell of a value; outside of 0 … cells − 1 where it is not shown. */
    int cell(double value) {
      double share =
          isLogarithmic
              ? Math.log(value / low) / Math.log(high / low)
              : (value - low) / (high - low);
      return Double.isNaN(share) ? -1 : (int) Math.floor(share * (cells - 1) + 0.5);
    }

    double value(int cell) {
      double share = (double) cell / (cells - 1);
      return isLogarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
    }
  }

  private TextPlot(Panel panel, UnaryOperator<String> names) {
    this.panel = panel;
    this.names = names;
    this.across =
        Scale.of(panel.x(), panel.series().stream().flatMapToDouble(s -> stream(s.x())), WIDTH);
    this.up =
        Scale.of(panel.y(), panel.series().stream().flatMapToDouble(TextPlot::heights), HEIGHT);
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }

  private static DoubleStream heights(Series series) {
    DoubleStream own = stream(series.y());
    return series.shape() == Shape.BARS ? DoubleStream.concat(own, DoubleStream.of(0)) : own;
  }

  /**
   * Draws a panel.
   *
   * @param names the names of axes and series by their keys
   */
  public static List<String> lines(Panel panel, UnaryOperator<String> names) {
    if (panel.series().get(0).shape() == Shape.CARDS) {
      return piles(panel, names);
    }
    TextPlot plot = new TextPlot(panel, names);
    panel.series().stream().filter(s -> s.z().length > 0).forEach(plot::field);
    panel.series().stream().filter(s -> s.z().length == 0 && isLine(s)).forEach(plot::series);
    panel.series().stream().filter(s -> s.z().length == 0 && !isLine(s)).forEach(plot::series);
    return plot.text();
  }

  /** Whether a series lies below those of points. */
  private static boolean isLine(Series series) {
    return switch (series.shape()) {
      case LINE, DASHED, DOTTED, THIN, BARS -> true;
      default -> false;
    };
  }

  /** The rows of each pile, in a line. */
  private static List<String> piles(Panel panel, UnaryOperator<String> names) {
    Series cards = panel.series().get(0);
    List<String> lines = new ArrayList<>();
    double last = Numbers.largest(cards.x());
    for (int pile = 0; pile <= last; pile++) {
      StringBuilder line = new StringBuilder();
      line.append(pile == cards.z()[0] ? "  ○ " : "  ● ");
      line.append(names.apply(panel.x().key())).append(' ').append(pile + 1).append(": ");
      for (int i = 0; i < cards.x().length; i++) {
        if (cards.x()[i] == pile) {
          line.append(" [").append(Figures.brief(cards.y()[i])).append(']');
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private void field(Series series) {
    double least = Arrays.stream(series.z()).filter(v -> v > 0).min().orElse(1);
    double most = Numbers.largest(series.z());
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        double value = value(series, across.value(column), up.value(row));
        double share =
            series.shape() == Shape.SHADES
                ? value
                : Math.log(Math.max(value, least) / least) / Math.log(most / least);
        int shade = (int) Math.min(SHADES.length() - 2.0, share * (SHADES.length() - 1));
        cells[row][column] = SHADES.charAt(Math.max(0, shade));
      }
    }
  }

  /** The value at the nearest point of a grid. */
  private static double value(Series grid, double x, double y) {
    return grid.z()[nearest(grid.y(), y) * grid.x().length + nearest(grid.x(), x)];
  }

  private static int nearest(double[] even, double value) {
    double share = (value - even[0]) / (even[even.length - 1] - even[0]);
    return (int) Math.max(0, Math.min(even.length - 1.0, Math.rint(share * (even.length - 1))));
  }

  private void series(Series series) {
    char mark = MARKS.get(series.shape()).charAt(0);
    switch (series.shape()) {
      case LINE, DASHED, DOTTED, THIN -> line(series, mark);
      case BARS -> bars(series);
      default -> {
        for (int i = 0; i < series.x().length; i++) {
          mark(series.x()[i], series.y()[i], mark);
        }
      }
    }
  }

  private void mark(double x, double y, char mark) {
    put(across.cell(x), up.cell(y), mark);
  }

  private void put(int column, int row, char mark) {
    if (column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT) {
      cells[row][column] = mark;
    }
  }

  private void line(Series series, char mark) {
    for (int i = 0; i + 1 < series.x().length; i++) {
      int fromX = across.cell(series.x()[i]);
      int fromY = up.cell(series.y()[i]);
      int toX = across.cell(series.x()[i + 1]);
      int toY = up.cell(series.y()[i + 1]);
      int steps =
          Math.min(400, Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
      for (int step = 0; step <= steps; step++) {
        put(
            Math.round(fromX + (toX - fromX) * (float) step / steps),
            Math.round(fromY + (toY - fromY) * (float) step / steps),
            mark);
      }
    }
  }

  private void bars(Series series) {
    int width = Math.max(1, WIDTH / (2 * series.x().length));
    for (int i = 0; i < series.x().length; i++) {
      int top = up.cell(series.y()[i]);
      int middle = across.cell(series.x()[i]);
      for (int row = Math.max(0, up.cell(0)); row <= top; row++) {
        for (int column = middle - width / 2; column <= middle + width / 2; column++) {
          put(column, row, '█');
        }
      }
    }
  }

  private List<String> text() {
    List<String> lines = new ArrayList<>();
    for (int row = HEIGHT - 1; row >= 0; row--) {
      boolean isLabelled = row == HEIGHT - 1 || row == 0 || row == HEIGHT / 2;
      String label = isLabelled ? Figures.brief(up.value(row)) : "";
      lines.add(
          " ".repeat(Math.max(0, MARGIN - 1 - label.length()))
              + label
              + (isLabelled ? "┤" : "│")
              + new String(cells[row]).stripTrailing());
    }
    lines.add(" ".repeat(MARGIN - 1) + "└" + "─".repeat(WIDTH));
    String low = Figures.brief(across.value(0));
    String high = Figures.brief(across.value(WIDTH - 1));
    String name = names.apply(panel.x().key());
    int left = Math.max(1, (WIDTH - TextWidth.of(name)) / 2 - low.length());
    int right = Math.max(1, WIDTH - low.length() - left - TextWidth.of(name) - high.length());
    lines.add(" ".repeat(MARGIN) + low + " ".repeat(left) + name + " ".repeat(right) + high);
    lines.addAll(legend());
    return lines;
  }

  /** The marks and what they stand for, as many to a line as fit. */
  private List<String> legend() {
    Map<String, String> marks = new LinkedHashMap<>();
    for (Series series : panel.series()) {
      String name =
          series.key().startsWith("=") ? series.key().substring(1) : names.apply(series.key());
      if (!series.key().isEmpty()) {
        marks.putIfAbsent(name, MARKS.get(series.shape()));
      }
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> entry : marks.entrySet()) {
      String item = entry.getValue() + " " + entry.getKey();
      if (TextWidth.of(line + item) + 3 > WIDTH && line.length() > 0) {
        lines.add(" ".repeat(MARGIN) + line.toString().strip());
        line.setLength(0);
      }
      line.append(item).append("   ");
    }
    if (line.length() > 0) {
      lines.add(" ".repeat(MARGIN) + line.toString().strip());
    }
    return lines;
  }
}
