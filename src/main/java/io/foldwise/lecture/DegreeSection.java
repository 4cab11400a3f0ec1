package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.List;

/** Under- and overfitting of a polynomial. */
final class DegreeSection implements Section {
  private static final int DEGREES = 12;

  private final Points quiz;

  DegreeSection(Points quiz) {
    this.quiz = quiz;
  }

  @Override
  public String key() {
    return "degree";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("degree", 1, DEGREES, 1, 1),
        Control.linear("rows", 20, Math.max(20, quiz.rows()), 5, Math.min(40, quiz.rows())));
  }

  @Override
  public Picture picture(double... values) {
    int degree = (int) values[0];
    Points points = quiz.slice(0, Math.min(quiz.rows(), (int) values[1]));
    Study study = Study.of(points).degree(DEGREES);
    Study.Validated found = study.folds(5).validate("optimizer=exact; degree=1.." + DEGREES);
    double[] unseen = found.means();
    double[] seen = found.training();
    double[] x = Numbers.between(quiz.low(0), quiz.high(0), 161);
    double[] degrees = Numbers.between(1, DEGREES, DEGREES);
    return Picture.of(
        Numbers.least(unseen) == degree - 1,
        List.of(new Fact("errors", degree, seen[degree - 1], unseen[degree - 1])),
        Panel.of(
            "fit",
            Axis.of("x"),
            SplitSection.yAxis(quiz),
            Series.of("rows", Shape.POINTS, points.x(), points.y()),
            Series.of(
                "fit",
                Shape.LINE,
                x,
                Study.predictions(study.fit("optimizer=exact; degree=" + degree).model(), x))),
        Panel.of(
            "errors",
            Axis.of("degree", 1, DEGREES),
            Axis.logarithmic("mse"),
            Series.of("training", Shape.DASHED_ROAD, degrees, seen),
            Series.of("validation", Shape.ROAD, degrees, unseen),
            Series.point("here", Shape.HOLLOW, degree, unseen[degree - 1])));
  }
}
