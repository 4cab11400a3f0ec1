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

/** What a learning rate does: the road of gradient descent over the loss surface. */
final class RateSection implements Section {
  private static final int STEPS = 60;
  private static final double ARRIVED = 0.001;
  private static final int GOAL = 25;

  private final Points linear;

  RateSection(Points linear) {
    this.linear = linear;
  }

  @Override
  public String key() {
    return "rate";
  }

  @Override
  public List<Control> controls() {
    return List.of(Control.logarithmic("rate", 0.01, 1, 1.05, 0.05));
  }

  @Override
  public Picture picture(double... values) {
    TrialTrainer trainer =
        Study.of(linear)
            .fromZeros()
            .road(
                "optimizer=sgd; standardize=false; batch-size=full; epochs=%d; learning-rate=%s"
                    .replace("%d", Integer.toString(STEPS))
                    .replace("%s", Numbers.text(values[0])));
    Surface surface = new Surface(trainer);
    List<double[]> path = trainer.weights(STEPS + 2);
    double[] gaps = surface.gaps(path);
    int arrival = Surface.arrival(gaps, ARRIVED);
    boolean isDiverging = !(gaps[gaps.length - 1] <= gaps[0]);
    List<Fact> facts = new ArrayList<>();
    if (isDiverging) {
      facts.add(new Fact("diverges", values[0]));
    } else if (arrival < 0) {
      facts.add(new Fact("slow", STEPS, gaps[gaps.length - 1] / gaps[0] * 100));
    } else {
      facts.add(new Fact("arrives", arrival));
    }
    facts.add(new Fact("optimum", surface.optimum()));
    double[] steps = new double[gaps.length];
    Arrays.setAll(steps, step -> step);
    return Picture.of(
        arrival >= 0 && arrival <= GOAL,
        facts,
        Panel.of(
            "road",
            surface.across("intercept", 2),
            surface.up("slope", 3),
            surface.contours(2, 3),
            Series.road("road", Shape.ROAD, path, 0, 1),
            surface.cross()),
        Panel.of(
            "gap",
            Axis.of("step", 0, STEPS),
            Axis.logarithmic("gap", 1e-6, 100),
            Series.of("gap", Shape.LINE, steps, Numbers.of(gaps, gap -> Math.max(gap, 1e-12))),
            Series.level("arrived", 0, STEPS, ARRIVED * gaps[0])));
  }
}
