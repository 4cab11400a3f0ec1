package io.foldwise.lecture;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The loop of NumPy, that of PyTorch, and ours: the same digits. */
final class LoopsSection implements Section {
  /** The epochs after which digits are compared. */
  static final int[] EPOCHS = {1, 2, 3, 10, 1000};

  /**
   * Intercept and slope after each of {@link #EPOCHS} by src/test/python/lecture_numpy.py (NumPy
   * 2.4.6).
   */
  static final double[][] NUMPY = {
    {0.38805069014793664, 0.2166942818623419},
    {0.6781141465599172, 0.3835197215836572},
    {0.8944772898369888, 0.512769412770354},
    {1.4304643422572076, 0.9147566668306113},
    {1.0215099882682757, 1.9540219410849573}
  };

  /** The same by src/test/python/lecture_torch.py (PyTorch 2.15.0, float64, CPU). */
  static final double[][] TORCH = {
    {0.3880506901479366, 0.21669428186234185},
    {0.6781141465599173, 0.3835197215836572},
    {0.8944772898369888, 0.5127694127703539},
    {1.4304643422572076, 0.9147566668306112},
    {1.0215099882682757, 1.9540219410849573}
  };

  private static final int[] SHOWN = {1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000};

  private final Points linear;

  LoopsSection(Points linear) {
    this.linear = linear;
  }

  @Override
  public String key() {
    return "loops";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.named("epochs", EPOCHS.length, 0),
        Control.logarithmic("rate", 0.01, 0.5, Math.pow(10, 0.1), 0.1));
  }

  /** Our intercept and slope after some epochs. */
  static double[] ours(Points linear, double rate, int epochs) {
    AffineFunction line =
        Study.of(linear)
            .fromZeros()
            .fit(
                "optimizer=sgd; standardize=false; batch-size=full; learning-rate="
                    + Numbers.text(rate)
                    + "; epochs="
                    + epochs)
            .model()
            .powers();
    return new double[] {line.intercept(), line.coefficient(0)};
  }

  @Override
  public Picture picture(double... values) {
    int at = (int) values[0];
    double rate = values[1];
    double[] ours = ours(linear, rate, EPOCHS[at]);
    boolean isTheirs = Math.abs(rate - 0.1) < 1e-9;
    double apart = Math.max(Math.abs(ours[0] - NUMPY[at][0]), Math.abs(ours[1] - NUMPY[at][1]));
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("ours", EPOCHS[at], ours[0], ours[1]));
    facts.add(new Fact("numpy", EPOCHS[at], NUMPY[at][0], NUMPY[at][1]));
    facts.add(new Fact("torch", EPOCHS[at], TORCH[at][0], TORCH[at][1]));
    facts.add(isTheirs ? new Fact("apart", apart) : new Fact("other", rate));
    double[] shown = new double[SHOWN.length];
    double[] intercepts = new double[SHOWN.length];
    double[] slopes = new double[SHOWN.length];
    for (int i = 0; i < SHOWN.length; i++) {
      double[] line = ours(linear, rate, SHOWN[i]);
      intercepts[i] = line[0];
      slopes[i] = line[1];
    }
    Arrays.setAll(shown, i -> SHOWN[i]);
    double[] theirs = Arrays.stream(EPOCHS).asDoubleStream().toArray();
    return Picture.of(
        isTheirs && EPOCHS[at] == 1000 && apart < 1e-9,
        facts,
        Panel.of(
            "weights",
            Axis.logarithmic("epoch", 1, 1000),
            Axis.of("weight", 0, 2.5),
            Series.upright("here", EPOCHS[at], 0, 2.5),
            Series.of("slope", Shape.LINE, shown, slopes),
            Series.of("intercept", Shape.DASHED, shown, intercepts),
            both("numpy", Shape.HOLLOW, theirs, NUMPY),
            both("torch", Shape.CROSS, theirs, TORCH)));
  }

  private static Series both(String key, Shape shape, double[] epochs, double[][] weights) {
    double[] x = new double[2 * epochs.length];
    double[] y = new double[2 * epochs.length];
    for (int i = 0; i < epochs.length; i++) {
      x[2 * i] = epochs[i];
      x[2 * i + 1] = epochs[i];
      y[2 * i] = weights[i][0];
      y[2 * i + 1] = weights[i][1];
    }
    return Series.of(key, shape, x, y);
  }
}
