package io.foldwise.lecture;

import io.foldwise.search.training.TrialTrainer;
import java.util.List;

/** The training objective over the first two weights, and roads over it. */
final class Surface {
  private static final int SIDE = 41;

  private final TrialTrainer trainer;
  private final double[] optimum;

  Surface(TrialTrainer trainer) {
    this.trainer = trainer;
    this.optimum = trainer.optimum();
  }

  double[] optimum() {
    return optimum.clone();
  }

  /** How far weights are above the optimum. */
  double gap(double[] w) {
    return Math.max(0, trainer.objective(w) - trainer.objective(optimum));
  }

  /** The gap after each step, of a road. */
  double[] gaps(List<double[]> path) {
    return path.stream().mapToDouble(this::gap).toArray();
  }

  /** The first step after which no more than a share of the first gap is left; −1 if none is. */
  static int arrival(double[] gaps, double share) {
    for (int step = 0; step < gaps.length; step++) {
      if (gaps[step] <= share * gaps[0]) {
        return step;
      }
    }
    return -1;
  }

  Picture.Series cross() {
    return Picture.Series.point("optimum", Picture.Shape.CROSS, optimum[0], optimum[1]);
  }

  /** Lines of equal gap about the optimum, so far to both sides. */
  Picture.Series contours(double across, double up) {
    double[] x = Numbers.between(optimum[0] - across, optimum[0] + across, SIDE);
    double[] y = Numbers.between(optimum[1] - up, optimum[1] + up, SIDE);
    double[] z = new double[SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        z[row * SIDE + column] = gap(new double[] {x[column], y[row]});
      }
    }
    return new Picture.Series("", Picture.Shape.CONTOURS, x, y, z);
  }

  Picture.Axis across(String key, double reach) {
    return Picture.Axis.of(key, optimum[0] - reach, optimum[0] + reach);
  }

  Picture.Axis up(String key, double reach) {
    return Picture.Axis.of(key, optimum[1] - reach, optimum[1] + reach);
  }
}
