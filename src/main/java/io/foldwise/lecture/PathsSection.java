package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ridge and lasso: the weights of standardised features over the penalty. */
final class PathsSection implements Section {
  private static final int GOAL = 4;
  private static final int POINTS = 33;
  private static final List<Shape> SHAPES =
      List.of(Shape.LINE, Shape.DASHED, Shape.DOTTED, Shape.THIN);

  private static final double LEAST = 0.01;
  private static final double MOST = 100;

  private final Points diabetes;
  private final List<String> names;
  private final double[][][] paths = new double[2][][];
  private final double[][] unseen = new double[2][];

  PathsSection(Points diabetes, List<String> names) {
    this.diabetes = diabetes;
    this.names = List.copyOf(names);
  }

  @Override
  public String key() {
    return "paths";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.named("penalty", 2, 1),
        Control.logarithmic("lambda", LEAST, MOST, Math.pow(10, 0.0625), 0.1));
  }

  private static String axis(int kind) {
    return kind == 0 ? "l2" : "l1";
  }

  private void compute(int kind) {
    if (paths[kind] != null) {
      return;
    }
    double[] lambdas = Numbers.byFactors(LEAST, MOST, POINTS);
    paths[kind] = new double[POINTS][];
    Arrays.setAll(paths[kind], i -> weights(kind, lambdas[i]));
    String values = String.join(",", Arrays.stream(lambdas).mapToObj(Numbers::text).toList());
    String grid = "optimizer=exact; " + axis(kind) + "=" + values;
    unseen[kind] = Study.of(diabetes).folds(5).validate(grid).means();
  }

  /** The weights at a penalty, without the intercept. */
  private double[] weights(int kind, double lambda) {
    double[] w =
        Study.of(diabetes).road("epochs=1; " + axis(kind) + "=" + Numbers.text(lambda)).optimum();
    return Arrays.copyOfRange(w, 1, w.length);
  }

  @Override
  public Picture picture(double... values) {
    int kind = (int) values[0];
    compute(kind);
    double lambda = values[1];
    double[] here = weights(kind, lambda);
    long zeros = Arrays.stream(here).filter(w -> w == 0).count();
    double[] lambdas = Numbers.byFactors(LEAST, MOST, POINTS);
    List<Series> series = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      int feature = j;
      double[] path = Arrays.stream(paths[kind]).mapToDouble(w -> w[feature]).toArray();
      series.add(Series.of("=" + names.get(j), SHAPES.get(j % SHAPES.size()), lambdas, path));
    }
    series.add(Series.upright("lambda", lambda, -60, 60));
    int best = Numbers.least(unseen[kind]);
    return Picture.of(
        kind == 1 && here.length - zeros == GOAL,
        List.of(
            new Fact("zeros", lambda, zeros, here.length - zeros),
            new Fact("best", lambdas[best], unseen[kind][best])),
        new Panel(
            "paths", Axis.logarithmic("lambda", LEAST, MOST), Axis.of("weight", -60, 60), series),
        Panel.of(
            "errors",
            Axis.logarithmic("lambda", LEAST, MOST),
            Axis.of("mse"),
            Series.of("validation", Shape.ROAD, lambdas, unseen[kind])));
  }
}
