package io.foldwise.lecture;

import io.foldwise.learn.model.LinearModel;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Training, validation and test rows, each with its own purpose. */
final class SplitSection implements Section {
  private static final int DEGREES = 9;

  private final Points quiz;

  SplitSection(Points quiz) {
    this.quiz = quiz;
  }

  @Override
  public String key() {
    return "split";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("degree", 1, DEGREES, 1, 1),
        Control.linear("seed", 1, 20, 1, 1),
        Control.named("test", 2, 0));
  }

  @Override
  public Picture picture(double... values) {
    int degree = (int) values[0];
    boolean isShown = values[2] > 0;
    int[] order = Draw.order(quiz.rows(), (long) values[1]);
    int n = quiz.rows();
    Points training = quiz.at(Arrays.copyOfRange(order, 0, n * 3 / 5));
    Points validation = quiz.at(Arrays.copyOfRange(order, n * 3 / 5, n * 4 / 5));
    Points test = quiz.at(Arrays.copyOfRange(order, n * 4 / 5, n));
    double[] unseen = new double[DEGREES];
    Arrays.setAll(unseen, i -> Study.squaredError(fit(training, i + 1), validation));
    LinearModel model = fit(training, degree);
    double[] x = Numbers.between(quiz.low(0), quiz.high(0), 101);
    List<Series> series = new ArrayList<>();
    series.add(Series.of("training", Shape.POINTS, training.x(), training.y()));
    series.add(Series.of("validation", Shape.HOLLOW, validation.x(), validation.y()));
    List<Fact> facts = new ArrayList<>();
    double seen = Study.squaredError(model, training);
    facts.add(new Fact("errors", seen, unseen[degree - 1]));
    if (isShown) {
      series.add(Series.of("test", Shape.TRIANGLES, test.x(), test.y()));
      facts.add(new Fact("test", Study.squaredError(model, test)));
    }
    series.add(Series.of("fit", Shape.LINE, x, Study.predictions(model, x)));
    double[] degrees = Numbers.between(1, DEGREES, DEGREES);
    return Picture.of(
        isShown && Numbers.least(unseen) == degree - 1,
        facts,
        new Panel("fit", Axis.of("x"), yAxis(quiz), series),
        Panel.of(
            "choice",
            Axis.of("degree", 1, DEGREES),
            Axis.logarithmic("mse"),
            Series.of("validation", Shape.ROAD, degrees, unseen),
            Series.point("here", Shape.HOLLOW, degree, unseen[degree - 1])));
  }

  /** The labels of points, with room for curves that go beyond. */
  static Axis yAxis(Points points) {
    double low = Arrays.stream(points.y()).min().orElse(0);
    double high = Numbers.largest(points.y());
    double room = 0.15 * Math.max(high - low, 1e-9);
    return Axis.of("y", low - room, high + room);
  }

  private static LinearModel fit(Points training, int degree) {
    return Study.of(training).degree(degree).fit("optimizer=exact; degree=" + degree).model();
  }
}
