package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in time: each fold is scored by what the earlier ones trained. */
final class TimeSection implements Section {
  private static final int ROWS = 72;
  private static final int DEGREES = 5;
  private static final double MOST = 1e6;

  @Override
  public String key() {
    return "time";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("folds", 3, 9, 1, 6),
        Control.linear("degree", 1, DEGREES, 1, 4),
        Control.named("strategy", 2, 1));
  }

  private static Points points() {
    Draw draw = new Draw(3);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = i;
      y[i] = 0.06 * i + Math.sin(i / 9.0) + 0.3 * draw.normal();
    }
    return new Points(x, y);
  }

  @Override
  public Picture picture(double... values) {
    int k = (int) values[0];
    int degree = (int) values[1];
    boolean isForward = values[2] > 0;
    Points points = points();
    Study study = Study.of(points).degree(DEGREES);
    Study shown = isForward ? study.forward(k) : study.folds(k);
    String grid = "optimizer=exact; degree=1.." + DEGREES;
    Study.Validated forward = study.forward(k).validate(grid);
    Study.Validated random = study.folds(k).validate(grid);
    Study.Validated found = isForward ? forward : random;
    List<Series> series = new ArrayList<>();
    series.add(Series.of("rows", Shape.POINTS, points.x(), points.y()));
    int splits = found.trials().size() / DEGREES;
    for (int i = 0; i < splits; i++) {
      TrialResult trial = found.trials().get((degree - 1) * splits + i);
      series.add(predicted(trial, shown, points, i));
    }
    double[] degrees = Numbers.between(1, DEGREES, DEGREES);
    double[] past = Numbers.of(forward.means(), mean -> Math.min(mean, MOST));
    return Picture.of(
        isForward && Numbers.least(past) == degree - 1,
        List.of(new Fact("scores", past[degree - 1], random.means()[degree - 1])),
        new Panel("rows", Axis.of("time", 0, 80), Axis.of("y", -2, 8), series),
        Panel.of(
            "degrees",
            Axis.of("degree", 1, DEGREES),
            Axis.logarithmic("mse"),
            Series.of("forward", Shape.ROAD, degrees, past),
            Series.of("random", Shape.DASHED_ROAD, degrees, random.means())));
  }

  /** The predictions for the rows that a trial is scored on. */
  private static Series predicted(TrialResult trial, Study study, Points points, int at) {
    double[] x =
        IntStream.range(0, points.rows())
            .filter(i -> study.folds()[i] == trial.trial().heldOut())
            .mapToDouble(i -> points.x()[i])
            .toArray();
    double[] y = Study.predictions(trial.model(), x);
    boolean isLine = x[x.length - 1] - x[0] == x.length - 1;
    double[] within = Arrays.stream(y).map(each -> Math.max(-9, Math.min(14, each))).toArray();
    Shape dashed = at % 2 == 0 ? Shape.LINE : Shape.DASHED;
    return Series.of("predicted", isLine ? dashed : Shape.HOLLOW, x, within);
  }
}
