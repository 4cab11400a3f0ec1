package io.foldwise.search;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.learn.optim.Penalty;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** One point of the grid: everything that is not data. */
public record Candidate(
    Loss loss, ModelForm form, Penalty penalty, Optimizer optimizer, Descending descending)
    implements Serializable {
  /**
   * The values on the axes that take part, in the order of {@link Axis}: numbers as {@code Double}
   * or {@code Long}, flags as {@code Boolean}, names as {@code String}. The exact optimum has no
   * rate, schedule, batch size or epochs; momentum belongs to momentum and nesterov, and the
   * parameter of a loss to that loss.
   */
  public Map<Axis, Object> values() {
    Map<Axis, Object> values = new EnumMap<>(Axis.class);
    values.put(Axis.OPTIMIZER, optimizer.label());
    values.put(Axis.L1, penalty.l1());
    values.put(Axis.L2, penalty.l2());
    values.put(Axis.DEGREE, (long) form.degree());
    values.put(Axis.FIT_INTERCEPT, form.fitIntercept());
    values.put(Axis.STANDARDIZE, form.standardize());
    if (optimizer instanceof Optimizer.Stepping) {
      putDescending(values);
    }
    Axis.of(loss.parameterName()).ifPresent(axis -> values.put(axis, loss.parameter()));
    return values;
  }

  /** Whether its optimum is solved for, instead of training it step by step. */
  public boolean isExact() {
    return optimizer instanceof Exact;
  }

  /** This candidate with another penalty. */
  public Candidate with(Penalty other) {
    return new Candidate(loss, form, other, optimizer, descending);
  }

  /** The optimum that it heads for, as a candidate. */
  public Candidate optimum() {
    return isExact() ? this : new Candidate(loss, form, penalty, new Exact(), descending);
  }

  /** Whether both head for the same optimum, however they get there. */
  public boolean sharesOptimum(Candidate other) {
    return loss.equals(other.loss) && form.equals(other.form) && penalty.equals(other.penalty);
  }

  /** Whether its rate is chosen from the curvature of the loss on the training rows. */
  public boolean needsCurvature() {
    return optimizer instanceof Optimizer.Stepping stepping
        && Double.isNaN(stepping.travel())
        && !Double.isNaN(loss.curvature())
        && descending.learningRate() instanceof LearningRate.Auto;
  }

  private void putDescending(Map<Axis, Object> values) {
    values.put(
        Axis.LEARNING_RATE,
        descending.learningRate() instanceof LearningRate.Fixed fixed
            ? (Object) fixed.value()
            : descending.learningRate().toString());
    values.put(Axis.SCHEDULE, descending.schedule().toString());
    values.put(Axis.BATCH_SIZE, descending.batchSize());
    values.put(Axis.EPOCHS, descending.epochs());
    Axis.of(optimizer.parameterName()).ifPresent(a -> values.put(a, optimizer.parameter()));
  }
}
