package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.loss.Tweedie;
import io.foldwise.oracle.TrainingRows;
import java.util.List;

/**
 * A loss and labels that it takes.
 *
 * @param axis the loss's own axis with some values, to be added to a grid; may be empty
 */
public record LossCase(Loss loss, TrainingRows rows, String axis) {

  public static LossCase squared(TrainingRows rows) {
    return new LossCase(new Squared(), rows, "");
  }

  /** All but the squared loss. */
  public static List<LossCase> others(TrainingRows rows) {
    return List.of(
        of(new Absolute(), rows, ""),
        of(new Huber(1), rows, "; delta=0.3,2"),
        of(new Quantile(0.5), rows, "; tau=0.2,0.7"),
        of(new EpsilonInsensitive(0.1), rows, "; epsilon=0.2,0.7"),
        of(new Poisson(), rows, ""),
        of(new Gamma(), rows, ""),
        of(new Tweedie(1.5), rows, "; power=1.2,1.8"),
        of(new Logistic(), rows, ""),
        of(new Hinge(), rows, ""),
        of(new SquaredHinge(), rows, ""));
  }

  private static LossCase of(Loss loss, TrainingRows rows, String axis) {
    return new LossCase(loss, labelled(loss, rows), axis);
  }

  /** Rows with labels that a loss takes. The larger class of labels above 1.2 is class 0. */
  private static TrainingRows labelled(Loss loss, TrainingRows rows) {
    return switch (loss.labels()) {
      case NUMBERS -> rows;
      case NON_NEGATIVE -> rows.asCounts();
      case POSITIVE -> rows.asAmounts();
      case BINARY -> rows.asClasses(1.2);
      case CLASSES -> throw new AssertionError(loss + " is of several functions");
    };
  }

  public Setting setting() {
    return Setting.of(loss);
  }

  /** A grid with the loss's own axis, and a rate at which a log link, ever steeper, arrives. */
  public String grid(String others) {
    String slower = others.replace("learning-rate=0.05", "learning-rate=0.01");
    return (loss.isLogLink() ? slower : others) + axis;
  }

  public LossCase with(TrainingRows other) {
    return of(loss, other, axis);
  }
}
