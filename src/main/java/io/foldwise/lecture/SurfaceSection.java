package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.training.TrialTrainer;
import java.util.List;

/** The loss as a function of one weight, and of two. */
final class SurfaceSection implements Section {
  private final Points linear;

  SurfaceSection(Points linear) {
    this.linear = linear;
  }

  @Override
  public String key() {
    return "surface";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("slope", -1, 5, 0.05, 0), Control.linear("intercept", -1, 3, 0.05, 0.5));
  }

  @Override
  public Picture picture(double... values) {
    TrialTrainer trainer = Study.of(linear).road("standardize=false; batch-size=full");
    Surface surface = new Surface(trainer);
    double[] here = {values[1], values[0]};
    double[] slopes = Numbers.between(-1, 5, 61);
    double[] losses =
        Numbers.of(slopes, slope -> trainer.objective(new double[] {values[1], slope}));
    double loss = trainer.objective(here);
    double least = trainer.objective(surface.optimum());
    return Picture.of(
        loss <= 1.1 * least,
        List.of(new Fact("loss", loss, least), new Fact("prediction", values[1], values[0])),
        Panel.of(
            "parabola",
            Axis.of("slope", -1, 5),
            Axis.of("loss"),
            Series.of("loss", Shape.LINE, slopes, losses),
            Series.point("here", Shape.POINTS, values[0], loss)),
        Panel.of(
            "contours",
            surface.across("intercept", 2),
            surface.up("slope", 3),
            surface.contours(2, 3),
            Series.point("here", Shape.POINTS, here[0], here[1]),
            surface.cross()));
  }
}
