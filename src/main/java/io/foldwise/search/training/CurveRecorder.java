package io.foldwise.search.training;

import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.Descent;
import io.foldwise.search.LearningCurve;
import java.util.Arrays;

/** Records mean losses as trials descend, and which of them left all bounds. */
public final class CurveRecorder implements Descent.Monitor {
  /** Computes mean losses. */
  public interface Losses {
    /**
     * The mean losses of the active columns.
     *
     * @param w the matrix of weights
     * @param training overwritten at each active column, as is {@code validation}, with NaN where
     *     nothing is held out
     */
    void into(double[] w, ActiveColumns active, double[] training, double[] validation);
  }

  private final Losses losses;
  private final Curve[] curves;
  private final double[] training;
  private final double[] validation;
  private final long[] lengths;
  private final int points;

  /**
   * @param lengths the epochs that each column runs
   * @param bounds the training loss above which a column has diverged
   * @param points the most points of a curve
   */
  public CurveRecorder(Losses losses, long[] lengths, double[] bounds, int points) {
    this.losses = losses;
    this.lengths = Arrays.stream(lengths).distinct().toArray();
    this.points = points;
    this.curves = new Curve[lengths.length];
    Arrays.setAll(curves, column -> new Curve(lengths[column], bounds[column]));
    this.training = new double[curves.length];
    this.validation = new double[curves.length];
  }

  @Override
  public boolean wants(long epoch) {
    return Arrays.stream(lengths)
        .anyMatch(length -> epoch <= length && LearningCurve.includes(epoch, length, points));
  }

  @Override
  public void epochEnded(long epoch, double[] w, ActiveColumns active) {
    losses.into(w, active, training, validation);
    active.stop(column -> !curves[column].add(epoch, points, training[column], validation[column]));
  }

  public boolean diverged(int column) {
    return curves[column].diverged;
  }

  public LearningCurve curve(int column) {
    return curves[column].frozen();
  }

  /** The curve of one column, as it grows. */
  private static final class Curve {
    private final long length;
    private final double bound;
    private long[] epochs = new long[16];
    private double[] training = new double[16];
    private double[] validation = new double[16];
    private int points;
    private boolean diverged;

    Curve(long length, double bound) {
      this.length = length;
      this.bound = bound;
    }

    /** Adds the losses after an epoch, and tells whether the column may go on. */
    boolean add(long epoch, int most, double trained, double unseen) {
      diverged = !(trained <= bound);
      if (!diverged && LearningCurve.includes(epoch, length, most)) {
        if (points == epochs.length) {
          epochs = Arrays.copyOf(epochs, 2 * points);
          training = Arrays.copyOf(training, 2 * points);
          validation = Arrays.copyOf(validation, 2 * points);
        }
        epochs[points] = epoch;
        training[points] = trained;
        validation[points++] = unseen;
      }
      return !diverged;
    }

    LearningCurve frozen() {
      return new LearningCurve(
          Arrays.copyOf(epochs, points),
          Arrays.copyOf(training, points),
          Arrays.copyOf(validation, points));
    }
  }
}
