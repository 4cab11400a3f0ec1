package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** A cubic in raw powers, in standardised powers and in Chebyshev polynomials. */
final class BasisSection implements Section {
  private static final double NEAR = 1.01;
  private static final String RAW = "standardize=false; learning-rate=0.01";
  private static final String AUTO = "learning-rate=auto; schedule=constant";

  private final Points quiz;

  BasisSection(Points quiz) {
    this.quiz = quiz;
  }

  @Override
  public String key() {
    return "basis";
  }

  @Override
  public List<Control> controls() {
    return List.of(Control.logarithmic("epochs", 1, 1_000_000, Math.pow(10, 0.25), 10_000));
  }

  @Override
  public Picture picture(double... values) {
    long epochs = Math.max(1, Math.round(values[0]));
    String grid = "batch-size=full; optimizer=sgd; degree=3; epochs=" + epochs + "; ";
    Study study = Study.of(quiz).degree(3).fromZeros();
    TrialResult optimum = study.fit("optimizer=exact; degree=3");
    double least = Study.squaredError(optimum.model(), quiz);
    List<Series> series = new ArrayList<>();
    double[] ends = new double[3];
    series.add(curve("raw", Shape.LINE, study.powers(), grid + RAW, ends, 0));
    series.add(curve("standardised", Shape.DASHED, study.powers(), grid + AUTO, ends, 1));
    series.add(curve("chebyshev", Shape.THIN, study, grid + AUTO, ends, 2));
    series.add(Series.level("optimum", 1, Math.max(2.0, (double) epochs), least));
    return new Picture(
        List.of(
            new Panel(
                "curves",
                Axis.logarithmic("epoch", 1, Math.max(2.0, (double) epochs)),
                Axis.logarithmic("mse"),
                series)),
        List.of(
            new Fact("ends", ends[0] / least, ends[1] / least, ends[2] / least),
            new Fact("optimum", least)),
        ends[2] <= NEAR * least && ends[0] > 2 * least && epochs <= 100);
  }

  private static Series curve(
      String key, Shape shape, Study study, String grid, double[] ends, int at) {
    LearningCurve whole = study.fit(grid).curve();
    double[] losses = whole.training();
    ends[at] = losses[losses.length - 1];
    double[] epochs = Arrays.stream(whole.epochs()).asDoubleStream().toArray();
    if (epochs[0] == 1) {
      return Series.of(key, shape, epochs, losses);
    }
    LearningCurve first = study.fit(grid.replaceFirst("epochs=\\d+", "epochs=1000")).curve();
    int later = (int) Arrays.stream(epochs).filter(epoch -> epoch <= 1000).count();
    return Series.of(
        key,
        shape,
        joined(Arrays.stream(first.epochs()).asDoubleStream().toArray(), epochs, later),
        joined(first.training(), losses, later));
  }

  /** The first numbers, then those of the others from an index on. */
  private static double[] joined(double[] first, double[] others, int from) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(others).skip(from)).toArray();
  }
}
