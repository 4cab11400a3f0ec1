package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search is to find out; how it is computed is up to the engine.
 *
 * @param objective what is minimised, and from where
 * @param assignment the folds and minibatches of the training rows
 * @param candidates the candidates in grid order, at least one
 * @param judging how candidates are compared
 */
public record SearchPlan(
    Objective objective, Assignment assignment, List<Candidate> candidates, Judging judging) {
  public SearchPlan {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new InvalidInputException("the grid has no candidate");
    }
    judging.metrics().forEach(metric -> requireFit(objective.loss(), metric));
    if (objective.basis() == PolynomialBasis.Kind.CHEBYSHEV
        && candidates.stream().anyMatch(candidate -> candidate.form().degree() > 1)
        && candidates.stream().anyMatch(candidate -> !candidate.form().fitIntercept())) {
      throw new InvalidInputException(
          "'basis' (chebyshev) needs an intercept above degree 1, and 'fit-intercept' is false:"
              + " take --basis power");
    }
  }

  private static void requireFit(Loss loss, Metric metric) {
    if (!metric.fits(loss)) {
      throw new InvalidInputException(
          "'metric' (%s) is for %s, and 'loss' is %s: take %s"
              .formatted(
                  metric.label(),
                  rangeOf(metric, loss),
                  loss.label(),
                  Metric.told(loss).stream().map(Metric::label).collect(Collectors.joining(", "))));
    }
  }

  /** What a metric is for that does not fit a loss. */
  private static String rangeOf(Metric metric, Loss loss) {
    if (!metric.isOfClasses()) {
      return switch (metric.labels()) {
        case NON_NEGATIVE -> "labels that are >= 0 and models with a log link";
        case POSITIVE -> "labels that are > 0 and models with a log link";
        default -> "labels that are any numbers";
      };
    }
    boolean ofTwo = metric.fits(Loss.logistic());
    Optional<Loss> several =
        Loss.kinds().stream()
            .filter(kind -> kind.target() == TargetType.MULTICLASS && Metric.of(kind) == metric)
            .findFirst();
    if (several.isPresent() && (!ofTwo || loss.target() == TargetType.MULTICLASS)) {
      return "models of the loss " + several.get().label();
    }
    return ofTwo ? "labels that are 0 or 1" : "labels of more than two classes";
  }

  /**
   * What is minimised.
   *
   * @param loss the kind of loss; each candidate's own loss has the candidate's δ or τ
   * @param basis how powers are carried
   * @param initialWeights where descent starts
   * @param seed the seed of the order of minibatches and of drawn initial weights
   */
  public record Objective(
      Loss loss, PolynomialBasis.Kind basis, InitialWeights initialWeights, long seed) {}

  /**
   * How candidates are compared.
   *
   * @param metric the metric of the held-out rows
   * @param earlyStopping whether and when to stop before the stated epochs
   * @param halving whether to leave candidates behind before they have run them
   * @param also other metrics of the held-out rows, which are told and rank nothing
   * @param interval the interval of the chosen score that is asked for
   * @param residualRows the most rows of which the errors of held-out rows are kept, for {@link
   *     PredictionIntervals}, which takes a pass; 0 for no rows
   */
  public record Judging(
      Metric metric,
      SelectionRule rule,
      Optional<EarlyStopping> earlyStopping,
      Optional<Halving> halving,
      List<Metric> also,
      ScoreInterval.Request interval,
      long residualRows) {
    public Judging {
      also = List.copyOf(also);
    }

    /** The metric that ranks, then the others. */
    public List<Metric> metrics() {
      return Stream.concat(Stream.of(metric), also.stream()).distinct().toList();
    }

    /** A comparison of candidates that all train to the end, without halving or an interval. */
    public Judging(Metric metric, SelectionRule rule, Optional<EarlyStopping> earlyStopping) {
      this(metric, rule, earlyStopping, Optional.empty());
    }

    /** A comparison by one metric, without an interval. */
    public Judging(
        Metric metric,
        SelectionRule rule,
        Optional<EarlyStopping> earlyStopping,
        Optional<Halving> halving) {
      this(metric, rule, earlyStopping, halving, List.of(), ScoreInterval.Request.NONE, 0);
    }

    /** This comparison with another interval. */
    public Judging with(ScoreInterval.Request other) {
      return new Judging(metric, rule, earlyStopping, halving, also, other, residualRows);
    }

    /** This comparison, which keeps the errors of other numbers of held-out rows. */
    public Judging withResiduals(long mostRows) {
      return new Judging(metric, rule, earlyStopping, halving, also, interval, mostRows);
    }
  }

  /**
   * Whether blocks of rows are to be dealt into folds anew, to say what the score is worth: the
   * losses of rows must come from moments.
   */
  public boolean regroups() {
    return judging.interval().mayRegroup()
        && objective.loss() instanceof Squared
        && judging.metric() == Metric.MSE
        && assignment.trainedOn() == Assignment.TrainedOn.OTHERS;
  }

  /**
   * Whether the errors of held-out rows are taken, by a pass, for {@link PredictionIntervals}.
   *
   * @param terms the number of terms of the chosen candidate
   */
  public boolean takesErrors(int terms) {
    return assignment.folds() > 1
        && assignment.rows() <= judging.residualRows()
        && assignment.folds() * (1L + terms) <= PredictionIntervals.MOST_NUMBERS
        && assignment.trainedOn() == Assignment.TrainedOn.OTHERS
        && !objective.loss().isOfClasses();
  }

  /**
   * How many dealings of unweighted rows a nested interval is trained over anew, by {@link
   * Regrouping}, where moments do not tell it.
   */
  public int dealings() {
    boolean takes =
        judging.interval().insistsOn(ScoreInterval.Method.NESTED)
            && Regrouping.takes(assignment.folds());
    return takes ? Regrouping.rounds(assignment.folds()) : 0;
  }

  /** Whether any candidate descends, rather than being solved for. */
  public boolean descends() {
    return !candidates.stream().allMatch(Candidate::isExact);
  }

  /** The number of trials: as many of each candidate as there are splits. */
  public long trials() {
    return (long) candidates.size() * assignment.splits().size();
  }

  /** The most points of each trial's curve. */
  public int curvePoints() {
    return LearningCurve.points(trials());
  }

  /** The highest degree among the candidates. */
  public int degree() {
    return candidates.stream().mapToInt(candidate -> candidate.form().degree()).max().orElse(1);
  }

  /** Whether powers are carried over the ranges of the features, which must be found first. */
  public boolean needsRanges() {
    return degree() > 1 && objective.basis() == PolynomialBasis.Kind.CHEBYSHEV;
  }
}
