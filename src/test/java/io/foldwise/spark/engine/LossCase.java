package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
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

  /** All but the squared loss. The larger class of labels above 1.2 is class 0. */
  public static List<LossCase> others(TrainingRows rows) {
    return List.of(
        new LossCase(new Absolute(), rows, ""),
        new LossCase(new Huber(1), rows, "; delta=0.3,2"),
        new LossCase(new Quantile(0.5), rows, "; tau=0.2,0.7"),
        new LossCase(new Logistic(), rows.asClasses(1.2), ""),
        new LossCase(new Hinge(), rows.asClasses(1.2), ""));
  }

  public Setting setting() {
    return Setting.of(loss);
  }

  /** A grid with the loss's own axis. */
  public String grid(String others) {
    return others + axis;
  }

  public LossCase with(TrainingRows other) {
    return new LossCase(loss, loss.isBinary() ? other.asClasses(1.2) : other, axis);
  }
}
