package io.foldwise.lecture;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One outlier, and the lines of squared, absolute and Huber loss. */
final class OutlierSection implements Section {
  private static final int ROWS = 12;

  @Override
  public String key() {
    return "outlier";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("outlier", -6, 12, 0.1, 0),
        Control.logarithmic("delta", 0.03, 10, 1.1, 0.5));
  }

  private static Points points(double outlier) {
    Draw draw = new Draw(7);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = i;
      y[i] = 1 + 0.5 * i + 0.3 * draw.normal();
    }
    y[ROWS - 2] = outlier;
    return new Points(x, y);
  }

  @Override
  public Picture picture(double... values) {
    Points points = points(values[0]);
    LinearModel squared = fit(points, Loss.squared(), 1);
    LinearModel absolute = fit(points, Loss.absolute(), 1);
    LinearModel huber = fit(points, Loss.huber(), values[1]);
    double[] ends = {-1, ROWS};
    double pulled = squared.powers().coefficient(0);
    double held = absolute.powers().coefficient(0);
    int[] others = IntStream.range(0, ROWS).filter(i -> i != ROWS - 2).toArray();
    Points rest = points.at(others);
    return Picture.of(
        pulled < 0.25 && held > 0.45,
        List.of(
            new Fact("slopes", pulled, held, huber.powers().coefficient(0)),
            new Fact("errors", error(squared, points), error(absolute, points))),
        Panel.of(
            "lines",
            Axis.of("x", -1, ROWS),
            Axis.of("y", -8, 12),
            Series.of("rows", Shape.POINTS, rest.x(), rest.y()),
            Series.point("outlier", Shape.HANDLE, ROWS - 2, values[0]),
            Series.of("mse", Shape.LINE, ends, Study.predictions(squared, ends)),
            Series.of("mae", Shape.DASHED, ends, Study.predictions(absolute, ends)),
            Series.of("huber", Shape.DOTTED, ends, Study.predictions(huber, ends))));
  }

  private static double error(LinearModel model, Points points) {
    double[] predicted = Study.predictions(model, points.x());
    double[] errors = new double[predicted.length];
    Arrays.setAll(errors, i -> Loss.absolute().value(predicted[i], points.y()[i]));
    return Numbers.mean(errors);
  }

  private static LinearModel fit(Points points, Loss loss, double delta) {
    return Study.of(points).loss(loss).fit("optimizer=exact; delta=" + Numbers.text(delta)).model();
  }
}
