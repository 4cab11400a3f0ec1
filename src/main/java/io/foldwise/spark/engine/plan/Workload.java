package io.foldwise.spark.engine.plan;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.training.FinerCut;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.List;
import java.util.TreeSet;

/**
 * The size of a search.
 *
 * @param assignment how the rows are dealt
 * @param terms the number of terms of the highest degree, without the constant
 * @param sparse whether features come as vectors
 * @param trials the number of trials: candidates times the folds that are scored
 * @param loss what is minimised
 * @param descent how trials descend
 * @param extra what is asked of the rows beside training
 */
public record Workload(
    Assignment assignment,
    int terms,
    boolean sparse,
    long trials,
    Loss loss,
    Descents descent,
    Extra extra) {

  /**
   * What is asked of the rows beside training, in passes of their own and in the one that trains.
   *
   * @param ranges passes that find the ranges of features, of which powers are taken
   * @param scores passes that score rows, or take their errors
   * @param segments segments that the one order is cut into, to deal blocks into folds anew
   * @param dealings dealings of the rows that a nested interval is trained over anew, unless blocks
   *     tell it
   */
  record Extra(int ranges, int scores, int segments, int dealings) {
    /** All passes of a search that trains over rows, by so many for each dealing. */
    int passes(int training) {
      return passesFromMoments(training) + (dealings > 0 ? dealings * training + 1 : 0);
    }

    /** All passes of a search that takes moments by so many, which tell of other dealings too. */
    int passesFromMoments(int training) {
      return training + scores;
    }
  }

  /**
   * What the descents of all candidates take.
   *
   * @param candidates the number of candidates
   * @param minibatches the distinct numbers of minibatches per epoch
   * @param epochs the epochs, summed over the candidates
   * @param steps the steps, summed over the candidates
   * @param exact the number of candidates that are solved for their optimum
   * @param needsCurvature whether an automatic rate looks at the data
   */
  record Descents(
      int candidates,
      List<Integer> minibatches,
      double epochs,
      double steps,
      int exact,
      boolean needsCurvature) {}

  /** The number of rows, n. */
  long rows() {
    return assignment.rows();
  }

  /** The number of folds, k. */
  int folds() {
    return assignment.folds();
  }

  /** The number of pieces that the rows are of, each of which has sums of its own. */
  int pieces() {
    return assignment.pieces();
  }

  /** The number of functions that make a prediction, K. */
  int functions() {
    return loss.functions();
  }

  /** The number of functions of all trials side by side. */
  long columns() {
    return trials * functions();
  }

  static Workload of(SearchPlan plan, EngineRows.Layout layout) {
    boolean scored =
        plan.judging().metrics().stream()
            .anyMatch(metric -> metric.needsRows(plan.objective().loss()));
    int terms = PolynomialBasis.terms(layout.features().size(), plan.degree());
    return new Workload(
        plan.assignment(),
        terms,
        layout.sparse(),
        plan.trials(),
        plan.objective().loss(),
        descents(plan),
        new Extra(
            plan.needsRanges() ? 1 : 0,
            (scored ? 1 : 0) + (plan.takesErrors(terms) ? 1 : 0),
            FinerCut.segments(plan, minibatches(plan), terms),
            dealings(plan, layout)));
  }

  private static int dealings(SearchPlan plan, EngineRows.Layout layout) {
    boolean lacks = layout.weighted() || layout.imputed().stream().anyMatch(Imputed::isByMedian);
    return lacks ? 0 : plan.dealings();
  }

  /** The distinct numbers of minibatches per epoch; 1 where only exact optima are asked for. */
  public static List<Integer> minibatches(SearchPlan plan) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (Candidate candidate : plan.candidates()) {
      if (candidate.optimizer() instanceof Optimizer.Stepping) {
        counts.add(plan.assignment().minibatches(candidate.descending().batchSize()));
      }
    }
    return counts.isEmpty() ? List.of(1) : List.copyOf(counts);
  }

  /** The greatest number of minibatches per epoch. */
  public static int mostMinibatches(SearchPlan plan) {
    List<Integer> all = minibatches(plan);
    return all.get(all.size() - 1);
  }

  private static Descents descents(SearchPlan plan) {
    double epochs = 0;
    double steps = 0;
    int exact = 0;
    boolean needsCurvature = false;
    for (Candidate candidate : plan.candidates()) {
      if (candidate.optimizer() instanceof Optimizer.Stepping) {
        double own = candidate.descending().epochs();
        epochs += own;
        steps += own * plan.assignment().minibatches(candidate.descending().batchSize());
        needsCurvature |= candidate.needsCurvature();
      } else {
        exact++;
      }
    }
    return new Descents(
        plan.candidates().size(), minibatches(plan), epochs, steps, exact, needsCurvature);
  }

  /** The most blocks of moments. */
  long blocks() {
    return Math.min(rows(), (segments() + extra.segments()) * pieces());
  }

  /** The minibatches in an epoch of all batch sizes together. */
  long segments() {
    return descent.minibatches.stream().mapToLong(Integer::longValue).sum();
  }
}
