package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.training.TrialTrainer;
import java.util.Arrays;
import java.util.List;

/** Full batch and minibatches: how many steps an epoch has. */
final class MinibatchSection implements Section {
  private static final int[] PARTS = {2, 4, 8, 20, 100};
  private static final double ARRIVED = 0.01;

  private final Points linear;

  MinibatchSection(Points linear) {
    this.linear = linear;
  }

  @Override
  public String key() {
    return "minibatch";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.named("batch", PARTS.length, 2),
        Control.logarithmic("rate", 0.01, 0.7, 1.1, 0.1),
        Control.linear("epochs", 1, 30, 1, 10));
  }

  @Override
  public Picture picture(double... values) {
    int parts = PARTS[(int) values[0]];
    int size = (linear.rows() + parts - 1) / parts;
    int epochs = (int) values[2];
    String grid =
        "optimizer=sgd; standardize=false; learning-rate="
            + Numbers.text(values[1])
            + "; epochs="
            + epochs
            + "; batch-size=";
    Study study = Study.of(linear).fromZeros();
    TrialTrainer full = study.road(grid + "full");
    TrialTrainer mini = study.road(grid + size);
    Surface surface = new Surface(full);
    List<double[]> fullPath = full.weights(10_000);
    List<double[]> miniPath = mini.weights(10_000);
    double[] fullGaps = surface.gaps(fullPath);
    double[] miniGaps = surface.gaps(miniPath);
    int perEpoch = (miniPath.size() - 1) / epochs;
    double left = miniGaps[miniGaps.length - 1] / miniGaps[0];
    return Picture.of(
        left <= ARRIVED && epochs <= 5,
        List.of(
            new Fact("steps", size, perEpoch, miniPath.size() - 1.0),
            new Fact("left", 100 * left, 100 * fullGaps[fullGaps.length - 1] / fullGaps[0])),
        Panel.of(
            "roads",
            surface.across("intercept", 2),
            surface.up("slope", 3),
            surface.contours(2, 3),
            Series.road("mini", Shape.LINE, miniPath, 0, 1),
            Series.road("full", Shape.DASHED_ROAD, fullPath, 0, 1),
            surface.cross()),
        Panel.of(
            "gap",
            Axis.of("epoch", 0, epochs),
            Axis.logarithmic("gap"),
            curve("mini", Shape.LINE, miniGaps, perEpoch),
            curve("full", Shape.DASHED_ROAD, fullGaps, 1)));
  }

  private static Series curve(String key, Shape shape, double[] gaps, int perEpoch) {
    double[] epochs = new double[gaps.length];
    Arrays.setAll(epochs, step -> (double) step / perEpoch);
    return Series.of(key, shape, epochs, Numbers.of(gaps, gap -> Math.max(gap, 1e-9)));
  }
}
