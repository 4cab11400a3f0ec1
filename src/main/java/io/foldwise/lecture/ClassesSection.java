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

/** Under- and overfitting of a border between two classes, by logistic loss. */
final class ClassesSection implements Section {
  private static final int DEGREES = 6;
  private static final int ROWS = 90;
  private static final int SIDE = 45;
  private static final double REACH = 2;
  private static final String PENALTY = "; l2=1e-5";

  private final Points points = points();
  private Study.Validated found;

  @Override
  public String key() {
    return "classes";
  }

  @Override
  public List<Control> controls() {
    return List.of(Control.linear("degree", 1, DEGREES, 1, 1));
  }

  /** Two classes, the inner one about a bow, a few of each on the wrong side. */
  private static Points points() {
    Draw draw = new Draw(12);
    double[] x = new double[2 * ROWS];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double across = 4 * draw.uniform() - 2;
      double up = 4 * draw.uniform() - 2;
      x[2 * i] = across;
      x[2 * i + 1] = up;
      double inside = up - 0.8 * across * across + 1.1 + 0.7 * draw.normal();
      y[i] = inside > 0 ? 1 : 0;
    }
    return new Points(x, y);
  }

  @Override
  public Picture picture(double... values) {
    int degree = (int) values[0];
    Study study = Study.of(points).loss(Loss.logistic()).degree(DEGREES);
    if (found == null) {
      found = study.folds(5).validate("optimizer=exact; degree=1.." + DEGREES + PENALTY);
    }
    double[] unseen = found.means();
    LinearModel model = study.fit("optimizer=exact; degree=" + degree + PENALTY).model();
    double[] degrees = Numbers.between(1, DEGREES, DEGREES);
    return Picture.of(
        Numbers.least(unseen) == degree - 1,
        List.of(
            new Fact("errors", degree, found.training()[degree - 1], unseen[degree - 1]),
            new Fact("right", 100 * right(model))),
        Panel.of(
            "border",
            Axis.of("x", -REACH, REACH),
            Axis.of("z", -REACH, REACH),
            shades(model),
            of("one", Shape.POINTS, 1),
            of("zero", Shape.TRIANGLES, 0)),
        Panel.of(
            "errors",
            Axis.of("degree", 1, DEGREES),
            Axis.logarithmic("logloss"),
            Series.of("training", Shape.DASHED_ROAD, degrees, found.training()),
            Series.of("validation", Shape.ROAD, degrees, unseen),
            Series.point("here", Shape.HOLLOW, degree, unseen[degree - 1])));
  }

  private double right(LinearModel model) {
    return IntStream.range(0, ROWS)
        .mapToDouble(i -> (model.predict(points.row(i)) > 0) == (points.y()[i] == 1) ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** The probability of class 1, whose log-odds the model predicts. */
  private static Series shades(LinearModel model) {
    double[] side = Numbers.between(-REACH, REACH, SIDE);
    double[] z = new double[SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double odds = model.predict(new double[] {side[column], side[row]});
        z[row * SIDE + column] = 1 / (1 + Math.exp(-odds));
      }
    }
    return new Series("border", Shape.SHADES, side, side, z);
  }

  private Series of(String key, Shape shape, double label) {
    int[] rows = IntStream.range(0, ROWS).filter(i -> points.y()[i] == label).toArray();
    return Series.of(
        key,
        shape,
        Arrays.stream(rows).mapToDouble(i -> points.x()[2 * i]).toArray(),
        Arrays.stream(rows).mapToDouble(i -> points.x()[2 * i + 1]).toArray());
  }
}
