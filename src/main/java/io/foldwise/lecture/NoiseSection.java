package io.foldwise.lecture;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.List;

/** Points of a line with noise, and the line that is fitted to them. */
final class NoiseSection implements Section {
  private static final double INTERCEPT = 1;
  private static final double SLOPE = 2;

  @Override
  public String key() {
    return "noise";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("noise", 0, 1.5, 0.05, 0.6), Control.linear("rows", 5, 300, 5, 15));
  }

  /** Points of the line y = 1 + 2x with noise. */
  static Points points(int rows, double noise, long seed) {
    Draw draw = new Draw(seed);
    double[] x = new double[rows];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = draw.uniform();
      y[i] = INTERCEPT + SLOPE * x[i] + noise * draw.normal();
    }
    return new Points(x, y);
  }

  @Override
  public Picture picture(double... values) {
    double noise = values[0];
    Points points = points((int) values[1], noise, 4);
    TrialResult fit = Study.of(points).fit("optimizer=exact");
    AffineFunction line = fit.model().powers();
    double slope = line.coefficient(0);
    double mse = Study.squaredError(fit.model(), points);
    double[] ends = {0, 1};
    boolean isReached = noise >= 0.5 && Math.abs(slope - SLOPE) < 0.1;
    double low = Arrays.stream(points.y()).min().orElse(0);
    double high = Numbers.largest(points.y());
    return Picture.of(
        isReached,
        List.of(new Fact("line", line.intercept(), slope), new Fact("noise", mse, noise * noise)),
        Panel.of(
            "points",
            Axis.of("x", 0, 1),
            Axis.of("y", Math.min(0, low), Math.max(4, high)),
            Series.of("rows", Shape.POINTS, points.x(), points.y()),
            Series.of("truth", Shape.DASHED, ends, Numbers.of(ends, x -> INTERCEPT + SLOPE * x)),
            Series.of("fit", Shape.LINE, ends, Study.predictions(fit.model(), ends))));
  }
}
