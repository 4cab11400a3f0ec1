package io.foldwise.learn;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a model is judged by, over a set of scored rows: ŷ a prediction, e = ŷ − y; for binary
 * labels ŷ is the decision value z and s = 2y − 1. Means weigh each row by its weight.
 */
public enum Metric {
  /** Mean of e². */
  MSE("mse", Kind.ERROR, sums -> sums.errors().squared() / sums.weight()),
  /** √mse. */
  RMSE("rmse", Kind.ERROR, sums -> Math.sqrt(sums.errors().squared() / sums.weight())),
  /** Mean of |e|. */
  MAE("mae", Kind.ERROR, sums -> sums.errors().absolute() / sums.weight()),
  /** Mean of the Huber loss at the candidate's δ. */
  HUBER("huber", Kind.ERROR, sums -> sums.errors().huber() / sums.weight()),
  /** Mean of the pinball loss at the candidate's τ. */
  PINBALL("pinball", Kind.ERROR, sums -> sums.errors().pinball() / sums.weight()),
  /** 1 − Σ e² / Σ (y − ȳ)²; NaN where the label does not vary, as in a single row. */
  R2("r2", Kind.ERROR, Metric::r2),
  /** max |e|. */
  MAX_ERROR(
      "max-error", Kind.ERROR, sums -> sums.rows() > 0 ? sums.errors().largest() : Double.NaN),
  /** Mean of log(1 + exp(−s z)). */
  LOG_LOSS("log-loss", Kind.CLASS, sums -> sums.classes().logLoss() / sums.weight()),
  /** Mean of max(0, 1 − s z). */
  HINGE("hinge", Kind.CLASS, sums -> sums.classes().hinge() / sums.weight()),
  /** Share of the rows on whose side z stands. */
  ACCURACY("accuracy", Kind.CLASS, sums -> sums.classes().correct() / sums.weight()),
  /** 2·TP / (2·TP + FP + FN) of class 1; 0 where nothing is or is predicted 1 (scikit-learn). */
  F1("f1", Kind.CLASS, sums -> sums.rows() > 0 ? sums.classes().f1() : Double.NaN),
  /**
   * The chance that a row of class 1 has the larger z than one of class 0, ties counting half; NaN
   * where a class is missing.
   */
  AUC("auc", Kind.CLASS, MetricSums::auc);

  private enum Kind {
    ERROR,
    CLASS
  }

  private final String label;
  private final Kind kind;

  // A lambda without state, which Error Prone cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ToDoubleFunction<MetricSums> formula;

  Metric(String label, Kind kind, ToDoubleFunction<MetricSums> formula) {
    this.label = label;
    this.kind = kind;
    this.formula = formula;
  }

  private static double r2(MetricSums sums) {
    double deviation = sums.labels().deviation();
    return deviation > 0 ? 1 - sums.errors().squared() / deviation : Double.NaN;
  }

  /** The value; NaN where it is undefined or its sums were not taken. */
  public double of(MetricSums sums) {
    return formula.applyAsDouble(sums);
  }

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** Whether labels must be 0 or 1. */
  public boolean isBinary() {
    return kind == Kind.CLASS;
  }

  /**
   * Whether the sums that training leaves do not suffice: every row has to be scored.
   *
   * @param loss that was trained
   */
  public boolean needsRows(Loss loss) {
    boolean ofSquares = this == MSE || this == RMSE || this == R2;
    return this != loss.metric() && !(ofSquares && loss instanceof Loss.Squared);
  }

  public boolean higherIsBetter() {
    return this == R2 || this == ACCURACY || this == F1 || this == AUC;
  }

  /**
   * Every metric of a model: {@link #told} first, then the others of the kind, except those that
   * only the models of another loss are meant for: huber, pinball, log-loss.
   */
  public static List<Metric> all(Loss loss) {
    Stream<Metric> others = loss.isBinary() ? Stream.of(HINGE) : Stream.of(MAX_ERROR);
    return Stream.concat(told(loss).stream(), others).distinct().toList();
  }

  /** What a person is told of a model on unseen rows: the loss's own metric first. */
  public static List<Metric> told(Loss loss) {
    Stream<Metric> others =
        loss.isBinary() ? Stream.of(ACCURACY, F1, AUC) : Stream.of(MSE, RMSE, MAE, R2);
    return Stream.concat(Stream.of(loss.metric()), others).distinct().toList();
  }
}
