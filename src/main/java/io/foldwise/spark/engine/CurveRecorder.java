package io.foldwise.spark.engine;

import io.foldwise.learn.AffineFunction;
import io.foldwise.learn.Coordinates;
import io.foldwise.learn.Descent;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.Moments;
import io.foldwise.search.LearningCurve;
import java.util.Arrays;

/** Records mean squared errors as trials descend, and which of them left all bounds. */
final class CurveRecorder implements Descent.Monitor {
  /** A loss this many times what it was at the start, or what the label's mean would cost. */
  private static final double EXPLODED = 1e6;

  private final Coordinates coordinates;
  private final Moments training;
  private final Moments validation;
  private final long length;
  private final double bound;
  private final long[] epochs;
  private final double[][] trainingLosses;
  private final double[][] validationLosses;
  private final int[] points;
  private final boolean[] diverged;
  private int recorded;

  /**
   * Starts the record of a run.
   *
   * @param length epochs of the run
   * @param candidates number of columns
   * @param w their initial weights
   */
  CurveRecorder(
      Coordinates coordinates,
      Moments training,
      Moments validation,
      long length,
      int candidates,
      double[] w) {
    this.coordinates = coordinates;
    this.training = training;
    this.validation = validation;
    this.length = length;
    int most = (int) Math.min(length, LearningCurve.MOST_POINTS + 1);
    this.epochs = new long[most];
    this.trainingLosses = new double[candidates][most];
    this.validationLosses = new double[candidates][most];
    this.points = new int[candidates];
    this.diverged = new boolean[candidates];
    double initial = mean(training, coordinates.aboutShift(w, 0));
    this.bound =
        EXPLODED
            * Math.max(
                Math.max(initial, variance(training.columns())), Double.MIN_NORMAL);
  }

  @Override
  public boolean wants(long epoch) {
    return LearningCurve.includes(epoch, length);
  }

  @Override
  public boolean epochEnded(long epoch, double[] w) {
    epochs[recorded++] = epoch;
    boolean alive = false;
    for (int column = 0; column < diverged.length; column++) {
      if (!diverged[column]) {
        record(column, w);
        alive |= !diverged[column];
      }
    }
    return alive;
  }

  private void record(int column, double[] w) {
    AffineFunction function = coordinates.aboutShift(w, column * coordinates.weights());
    double loss = mean(training, function);
    if (!(loss <= bound)) {
      diverged[column] = true;
      return;
    }
    trainingLosses[column][points[column]] = loss;
    validationLosses[column][points[column]++] = mean(validation, function);
  }

  private static double variance(ColumnSums rows) {
    return rows.deviation(rows.label()) / rows.weight();
  }

  private static double mean(Moments rows, AffineFunction function) {
    return rows.squaredError(function.intercept(), function.coefficients()) / rows.count();
  }

  boolean diverged(int column) {
    return diverged[column];
  }

  LearningCurve curve(int column) {
    int count = points[column];
    return new LearningCurve(
        Arrays.copyOf(epochs, count),
        Arrays.copyOf(trainingLosses[column], count),
        Arrays.copyOf(validationLosses[column], count));
  }
}
