package io.foldwise.learn.score;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.LabelDomain;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model is judged by, over a set of scored rows: ŷ a prediction, e = ŷ − y; for binary
 * labels ŷ is the decision value z and s = 2y − 1, for K classes there are K values z, the largest
 * of which predicts. Means weigh each row by its weight.
 *
 * <p>Every kind of loss is a metric, its mean, at the candidate's own parameter where it was
 * trained for that loss; {@link #of(Loss)}. The others are constants here.
 */
public final class Metric {
  private static final Set<TargetType> NUMBERS = Set.of(TargetType.CONTINUOUS);
  private static final Set<TargetType> TWO_CLASSES = Set.of(TargetType.BINARY);
  private static final Set<TargetType> ANY_CLASSES =
      Set.of(TargetType.BINARY, TargetType.MULTICLASS);

  private static final List<Metric> OF_LOSSES =
      Loss.kinds().stream().map(Loss::metric).distinct().map(Metric::ofMeans).toList();

  /** The mean of e². */
  public static final Metric MSE = of(Loss.squared());

  /** √mse. */
  public static final Metric RMSE =
      new Metric("rmse", Kind.ERROR, NUMBERS, sums -> Math.sqrt(MSE.of(sums)));

  /** The mean of |e|. */
  public static final Metric MAE = of(Loss.absolute());

  /** 1 − Σ e² / Σ (y − ȳ)²; NaN where the label does not vary, as in a single row. */
  public static final Metric R2 = new Metric("r2", Kind.LARGER_OF_NUMBERS, NUMBERS, Metric::r2);

  /** max |e|. */
  public static final Metric MAX_ERROR =
      new Metric(
          "max-error",
          Kind.ERROR,
          NUMBERS,
          sums -> sums.rows() > 0 ? sums.sum(Sum.largestError()) : Double.NaN);

  /** The share of the rows whose class is predicted, of two classes or more. */
  public static final Metric ACCURACY =
      new Metric("accuracy", Kind.LARGER_OF_CLASSES, ANY_CLASSES, Metric::accuracy);

  /** 2·TP / (2·TP + FP + FN) of class 1; 0 where nothing is or is predicted 1 (scikit-learn). */
  public static final Metric F1 = new Metric("f1", Kind.LARGER_OF_CLASSES, TWO_CLASSES, Metric::f1);

  /**
   * The mean over the classes of 2·TP / (2·TP + FP + FN), of classes that neither occur nor are
   * predicted none (scikit-learn).
   */
  public static final Metric MACRO_F1 =
      new Metric(
          "macro-f1",
          Kind.LARGER_OF_CLASSES,
          Set.of(TargetType.MULTICLASS),
          sums -> sums.confusion().macroF1());

  /**
   * The chance that a row of class 1 has the larger z than one of class 0, ties counting half; NaN
   * where a class is missing.
   */
  public static final Metric AUC =
      new Metric("auc", Kind.LARGER_OF_CLASSES, TWO_CLASSES, MetricSums::auc);

  private static final List<Metric> ALL =
      Stream.of(
              OF_LOSSES.stream().filter(metric -> !metric.isOfClasses()),
              Stream.of(RMSE, R2, MAX_ERROR),
              OF_LOSSES.stream().filter(Metric::isOfClasses),
              Stream.of(ACCURACY, F1, MACRO_F1, AUC))
          .flatMap(metrics -> metrics)
          .toList();

  private enum Kind {
    ERROR,
    LARGER_OF_NUMBERS,
    LOSS_OF_CLASSES,
    LARGER_OF_CLASSES
  }

  private final String label;
  private final Kind kind;
  private final Set<TargetType> targets;
  private final LabelDomain domain;
  private final ToDoubleFunction<MetricSums> formula;

  private Metric(
      String label, Kind kind, Set<TargetType> targets, ToDoubleFunction<MetricSums> formula) {
    this(label, kind, targets, LabelDomain.NUMBERS, formula);
  }

  private Metric(
      String label,
      Kind kind,
      Set<TargetType> targets,
      LabelDomain domain,
      ToDoubleFunction<MetricSums> formula) {
    this.label = label;
    this.kind = kind;
    this.targets = targets;
    this.domain = domain;
    this.formula = formula;
  }

  /** The mean of the losses of a name: of whichever of them was taken. */
  private static Metric ofMeans(String name) {
    List<Loss> named = Loss.kinds().stream().filter(loss -> loss.metric().equals(name)).toList();
    List<Sum> taken = named.stream().map(Sum::of).toList();
    Loss first = named.get(0);
    Kind kind = first.isOfClasses() ? Kind.LOSS_OF_CLASSES : Kind.ERROR;
    Set<TargetType> targets = named.stream().map(Loss::target).collect(Collectors.toSet());
    LabelDomain domain = first.isLogLink() ? first.labels() : LabelDomain.NUMBERS;
    return new Metric(name, kind, targets, domain, sums -> mean(sums, taken));
  }

  private static double mean(MetricSums sums, List<Sum> taken) {
    double mean = sums.mean(taken.get(0));
    for (int other = 1; other < taken.size() && Double.isNaN(mean); other++) {
      mean = sums.mean(taken.get(other));
    }
    return mean;
  }

  private static double accuracy(MetricSums sums) {
    return sums.confusion().isNone()
        ? (sums.sum(Sum.truePositive()) + sums.sum(Sum.trueNegative())) / sums.weight()
        : sums.confusion().right() / sums.weight();
  }

  /** The metric that is the mean of a loss. */
  public static Metric of(Loss loss) {
    return OF_LOSSES.stream()
        .filter(metric -> metric.label.equals(loss.metric()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The metrics that a person names with commas between them.
   *
   * @param known the metric of a name; refuses one that is none
   * @throws InvalidInputException if one is named twice
   */
  public static List<Metric> listed(String names, Function<String, Metric> known) {
    List<Metric> metrics = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      Metric metric = known.apply(name.strip());
      if (metrics.contains(metric)) {
        throw new InvalidInputException("'metric' names " + metric + " twice: keep one");
      }
      metrics.add(metric);
    }
    return metrics;
  }

  /** All metrics. */
  public static List<Metric> all() {
    return ALL;
  }

  private static double r2(MetricSums sums) {
    double deviation = sums.labels().deviation();
    return deviation > 0 ? 1 - sums.sum(Sum.of(Loss.squared())) / deviation : Double.NaN;
  }

  private static double f1(MetricSums sums) {
    double right = 2 * sums.sum(Sum.truePositive());
    double all = right + sums.sum(Sum.falsePositive()) + sums.sum(Sum.falseNegative());
    if (sums.rows() == 0) {
      return Double.NaN;
    }
    return all == 0 ? 0 : right / all;
  }

  /** The value of the metric; NaN where it is undefined or its sums were not taken. */
  public double of(MetricSums sums) {
    return formula.applyAsDouble(sums);
  }

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** Whether labels must be classes. */
  public boolean isOfClasses() {
    return kind == Kind.LOSS_OF_CLASSES || kind == Kind.LARGER_OF_CLASSES;
  }

  /** The numbers that it is defined for, where labels are numbers. */
  public LabelDomain labels() {
    return domain;
  }

  /**
   * Whether it is defined for the models of a loss and the labels that these are trained on: a
   * deviance is for models that predict a mean > 0, which those with a log link do, and a loss of
   * several classes for models of that loss.
   */
  public boolean fits(Loss trained) {
    boolean ofAnother = kind == Kind.LOSS_OF_CLASSES && !trained.metric().equals(label);
    return targets.contains(trained.target())
        && !(ofAnother && trained.target() == TargetType.MULTICLASS)
        && (domain == LabelDomain.NUMBERS
            || (trained.labels().isWithin(domain) && trained.isLogLink()));
  }

  /**
   * Whether every row has to be scored, because the sums that training leaves do not suffice.
   *
   * @param loss the loss that was trained
   */
  public boolean needsRows(Loss loss) {
    boolean ofSquares = this == MSE || this == RMSE || this == R2;
    return this != of(loss) && !(ofSquares && of(loss) == MSE);
  }

  public boolean higherIsBetter() {
    return kind == Kind.LARGER_OF_NUMBERS || kind == Kind.LARGER_OF_CLASSES;
  }

  /**
   * Every metric of a model: {@link #told} first, then the others of the kind, except those that
   * only the models of another loss are meant for: huber, pinball, log-loss.
   */
  public static List<Metric> all(Loss loss) {
    Stream<Metric> others =
        switch (loss.target()) {
          case CONTINUOUS -> Stream.of(MAX_ERROR);
          case BINARY -> Stream.of(of(Loss.hinge()));
          case MULTICLASS -> Stream.of();
        };
    return Stream.concat(told(loss).stream(), others).distinct().toList();
  }

  /** What a person is told of a model on unseen rows: the loss's own metric first. */
  public static List<Metric> told(Loss loss) {
    Stream<Metric> others =
        switch (loss.target()) {
          case CONTINUOUS -> Stream.of(MSE, RMSE, MAE, R2);
          case BINARY -> Stream.of(ACCURACY, F1, AUC);
          case MULTICLASS -> Stream.of(ACCURACY, MACRO_F1);
        };
    return Stream.concat(Stream.of(of(loss)), others).distinct().toList();
  }

  @Override
  public String toString() {
    return label;
  }
}
