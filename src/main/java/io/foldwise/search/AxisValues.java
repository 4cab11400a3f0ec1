package io.foldwise.search;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Schedule;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The text of one value on each axis, and its reading as a candidate. */
final class AxisValues {
  private static final String AUTO = "auto";

  private final Map<Axis, String> values;

  AxisValues(Map<Axis, String> values) {
    this.values = new EnumMap<>(Axis.class);
    this.values.putAll(values);
  }

  /**
   * The candidate. Axes that its loss and its optimiser do not read take no part in it.
   *
   * @param loss the kind of loss, which takes its parameter from its axis
   * @param rows n, the training rows, which {@code auto} and {@code full} batch sizes follow
   * @param labelSpread a robust deviation of the label, which the automatic rate and δ follow;
   *     where it is NaN, they take the standard deviation and δ = 1
   */
  Candidate candidate(Loss loss, long rows, double labelSpread) {
    ModelForm form =
        new ModelForm(
            (int) wholeNumber(Axis.DEGREE, 1000), flag(Axis.FIT_INTERCEPT), flag(Axis.STANDARDIZE));
    Penalty penalty = new Penalty(number(Axis.L1, v -> v >= 0), number(Axis.L2, v -> v >= 0));
    Optimizer optimizer = optimizer();
    AxisValues read = optimizer instanceof Exact ? new AxisValues(Map.of()) : this;
    return new Candidate(
        tuned(loss, labelSpread), form, penalty, optimizer, read.descending(rows, labelSpread));
  }

  private Loss tuned(Loss loss, double labelSpread) {
    boolean auto = text(Axis.DELTA).equals(AUTO);
    Map<Axis, Double> parameters = new EnumMap<>(Axis.class);
    parameters.put(Axis.DELTA, auto ? Double.NaN : number(Axis.DELTA, v -> v > 0));
    parameters.put(Axis.TAU, number(Axis.TAU, v -> v > 0 && v < 1));
    parameters.put(Axis.EPSILON, number(Axis.EPSILON, v -> v >= 0));
    parameters.put(Axis.POWER, number(Axis.POWER, v -> v > 1 && v < 2));
    return Axis.of(loss.parameterName())
        .map(parameters::get)
        .map(given -> given.isNaN() ? loss.suited(labelSpread) : loss.with(given))
        .orElse(loss);
  }

  private Descending descending(long rows, double labelSpread) {
    return new Descending(
        learningRate(labelSpread),
        schedule(),
        batchSize(rows),
        wholeNumber(Axis.EPOCHS, Long.MAX_VALUE));
  }

  private String text(Axis axis) {
    return values.getOrDefault(axis, axis.defaultValue());
  }

  private double number(Axis axis, Function<Double, Boolean> within) {
    try {
      double value = Double.parseDouble(text(axis));
      if (Double.isFinite(value) && within.apply(value)) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw axis.refusal(text(axis));
    }
    throw axis.refusal(text(axis));
  }

  private long wholeNumber(Axis axis, long most) {
    double value = number(axis, v -> v >= 1 && v == Math.rint(v) && v <= most);
    return (long) value;
  }

  private boolean flag(Axis axis) {
    return switch (text(axis)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw axis.refusal(text(axis));
    };
  }

  private LearningRate learningRate(double labelSpread) {
    return isAutomaticRate()
        ? new LearningRate.Auto(labelSpread)
        : new LearningRate.Fixed(number(Axis.LEARNING_RATE, v -> v > 0));
  }

  private boolean isAutomaticRate() {
    return text(Axis.LEARNING_RATE).equals(AUTO);
  }

  private long batchSize(long rows) {
    return switch (text(Axis.BATCH_SIZE)) {
      case "full" -> rows;
      case AUTO -> automaticBatchSize(rows);
      default -> Math.min(rows, wholeNumber(Axis.BATCH_SIZE, Long.MAX_VALUE));
    };
  }

  /**
   * A batch size for about 64 steps an epoch, from 32 to 256 rows, or else for at most 1,000 steps.
   */
  private static long automaticBatchSize(long rows) {
    return Math.min(rows, Math.max(32, Math.max(Math.min(256, rows / 64), rows / 1000)));
  }

  private Optimizer optimizer() {
    double momentum = momentum();
    return Optimizer.kinds().stream()
        .filter(kind -> kind.label().equals(text(Axis.OPTIMIZER)))
        .map(
            kind -> kind.parameterName().equals(Axis.MOMENTUM.label()) ? kind.with(momentum) : kind)
        .findFirst()
        .orElseThrow(() -> Axis.OPTIMIZER.refusal(text(Axis.OPTIMIZER)));
  }

  private double momentum() {
    return number(Axis.MOMENTUM, v -> v >= 0 && v < 1);
  }

  private Schedule schedule() {
    String text = text(Axis.SCHEDULE);
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    return switch (name) {
      case AUTO -> withoutArgument(text, automaticSchedule());
      case "constant" -> withoutArgument(text, new Schedule.Constant());
      case "cosine" -> withoutArgument(text, new Schedule.Cosine());
      case "inverse-scaling" ->
          new Schedule.InverseScaling(argument(text, Schedule.InverseScaling.DEFAULT_POWER, 0));
      case "exponential" ->
          new Schedule.Exponential(
              argument(text, Schedule.Exponential.DEFAULT_DECAY, Double.MIN_VALUE));
      default -> throw Axis.SCHEDULE.refusal(text);
    };
  }

  /** The schedule that keeps a given rate as it is, and lets the automatic one fall to zero. */
  private Schedule automaticSchedule() {
    return isAutomaticRate() ? new Schedule.Cosine() : new Schedule.Constant();
  }

  private static Schedule withoutArgument(String text, Schedule schedule) {
    if (text.indexOf('(') >= 0) {
      throw Axis.SCHEDULE.refusal(text);
    }
    return schedule;
  }

  private static double argument(String text, double defaultValue, double least) {
    int open = text.indexOf('(');
    if (open < 0) {
      return defaultValue;
    }
    if (!text.endsWith(")")) {
      throw Axis.SCHEDULE.refusal(text);
    }
    try {
      double value = Double.parseDouble(text.substring(open + 1, text.length() - 1));
      if (value >= least && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw Axis.SCHEDULE.refusal(text);
    }
    throw Axis.SCHEDULE.refusal(text);
  }
}
