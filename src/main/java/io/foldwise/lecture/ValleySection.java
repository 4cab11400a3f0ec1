package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.training.TrialTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Optimisers side by side on a narrow valley: two features that nearly say the same. */
final class ValleySection implements Section {
  private static final int STEPS = 100;
  private static final double ARRIVED = 0.01;
  private static final int GOAL = 30;
  private static final List<String> OPTIMIZERS = List.of("sgd", "momentum", "nesterov", "adam");
  private static final List<Shape> ROADS =
      List.of(Shape.LINE, Shape.DASHED, Shape.ROAD, Shape.DOTTED);

  @Override
  public String key() {
    return "valley";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("correlation", 0, 0.98, 0.02, 0.94),
        Control.logarithmic("factor", 0.1, 4, 1.1, 1));
  }

  private static Points points(double correlation) {
    Draw draw = new Draw(21);
    int rows = 100;
    double[] x = new double[2 * rows];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double common = draw.normal();
      double own = draw.normal();
      x[2 * i] = common;
      x[2 * i + 1] = correlation * common + Math.sqrt(1 - correlation * correlation) * own;
      y[i] = 2 * x[2 * i] - x[2 * i + 1] + 0.2 * draw.normal();
    }
    return new Points(x, y);
  }

  @Override
  public Picture picture(double... values) {
    Study study = Study.of(points(values[0])).fromZeros();
    List<Series> roads = new ArrayList<>();
    List<Series> curves = new ArrayList<>();
    double[] arrivals = new double[OPTIMIZERS.size()];
    double[] rates = new double[OPTIMIZERS.size()];
    for (int i = 0; i < arrivals.length; i++) {
      String grid = "batch-size=full; fit-intercept=false; epochs=" + STEPS + "; optimizer=";
      TrialTrainer auto = study.road(grid + OPTIMIZERS.get(i));
      rates[i] = auto.rate() * values[1];
      TrialTrainer trainer =
          study.road(grid + OPTIMIZERS.get(i) + "; learning-rate=" + Numbers.text(rates[i]));
      Surface surface = new Surface(trainer);
      if (i == 0) {
        roads.add(surface.contours(3, 3));
        roads.add(surface.cross());
      }
      List<double[]> path = trainer.weights(STEPS + 2);
      double[] gaps = surface.gaps(path);
      arrivals[i] = Surface.arrival(gaps, ARRIVED);
      double[] steps = new double[gaps.length];
      Arrays.setAll(steps, step -> step);
      roads.add(Series.road(OPTIMIZERS.get(i), ROADS.get(i), path, 0, 1));
      curves.add(
          Series.of(
              OPTIMIZERS.get(i),
              ROADS.get(i),
              steps,
              Numbers.of(gaps, gap -> Math.max(1e-9, gap / gaps[0]))));
    }
    curves.add(Series.level("arrived", 0, STEPS, ARRIVED));
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < arrivals.length; i++) {
      facts.add(
          arrivals[i] < 0
              ? new Fact(OPTIMIZERS.get(i) + "-not", rates[i])
              : new Fact(OPTIMIZERS.get(i), rates[i], arrivals[i]));
    }
    double[] at = optimum(study);
    return new Picture(
        List.of(
            new Panel(
                "roads",
                Axis.of("first", at[0] - 3, at[0] + 3),
                Axis.of("second", at[1] - 3, at[1] + 3),
                roads),
            new Panel("gap", Axis.of("step", 0, STEPS), Axis.logarithmic("gap", 1e-6, 10), curves)),
        facts,
        values[0] >= 0.9 && arrivals[0] >= 0 && arrivals[0] <= GOAL);
  }

  private static double[] optimum(Study study) {
    return study.road("batch-size=full; fit-intercept=false; epochs=1").optimum();
  }
}
