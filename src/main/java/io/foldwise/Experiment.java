package io.foldwise;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSource;
import io.foldwise.search.Regrouping;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.inference.Inferences;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.TrainsFromMoments;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.load.BadCell;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A search or a fit over loaded rows, and the only place that wires one: the rows are dealt into
 * folds, the plan is stated for them, the engine is opened, and all that was opened is closed.
 *
 * @param folds how rows are dealt
 * @param objective what is minimised
 * @param grid the values to try
 * @param judging how candidates are compared
 * @param wanted what overrules the planner
 */
public record Experiment(
    AssignmentOptions folds,
    SearchPlan.Objective objective,
    CandidateSource grid,
    SearchPlan.Judging judging,
    EngineRequest wanted) {

  /** Looks on while the rows can be read. */
  public interface Watcher {
    /** Looks at rows that were dealt, before anything is trained on them. */
    default void dealt(AssignedRows rows) {}

    /** Looks at what was found, and the rows that it was found on. */
    default void found(SearchResult result, AssignedRows rows) {}
  }

  /**
   * What came of an experiment.
   *
   * @param plan the plan as it was stated for the rows
   * @param rows what the rows were
   * @param moments what training was computed from, where that is moments alone
   * @param assignSeconds the seconds that dealing took
   */
  public record Outcome(
      SearchResult result,
      SearchPlan plan,
      Rows rows,
      Optional<MomentsSnapshot> moments,
      double assignSeconds) {
    /** This outcome with another result. */
    Outcome with(SearchResult other) {
      return new Outcome(other, plan, rows, moments, assignSeconds);
    }
  }

  /**
   * What rows were trained on.
   *
   * @param classes the classes that labels are read as
   * @param notes what a person should know of how they were read and dealt, each one line
   */
  public record Rows(
      List<String> features,
      String label,
      Classes classes,
      Assignment assignment,
      List<String> notes) {
    static Rows of(AssignedRows rows) {
      return new Rows(
          rows.features(), rows.label(), rows.classes(), rows.assignment(), rows.notes());
    }
  }

  /**
   * Runs the experiment.
   *
   * @param procedure search or fit
   * @throws InvalidInputException if the rows, or the plan for them, cannot be used
   * @throws io.foldwise.search.SearchFailedException if every candidate diverges
   */
  public Outcome run(LoadedData data, Function<Search, SearchResult> procedure, Watcher watcher) {
    long start = System.nanoTime();
    try (AssignedRows dealt = FoldAssigner.assign(data, folds)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      watcher.dealt(dealt);
      SearchPlan plan = stated(dealt);
      try (TrialEngine engine = SparkEngines.open(plan, rows(dealt), wanted)) {
        Optional<AssignedRows> even = dealt.rebalanced(engine.prepare().foldSizes());
        return even.isPresent()
            ? even(even.get(), procedure, watcher)
            : outcome(plan, engine, dealt, procedure, watcher, seconds);
      }
    }
  }

  /** Runs over rows whose duplicates were told apart, since they made folds lopsided. */
  private Outcome even(
      AssignedRows rows, Function<Search, SearchResult> procedure, Watcher watcher) {
    watcher.dealt(rows);
    SearchPlan plan = stated(rows);
    try (AssignedRows even = rows;
        TrialEngine engine = SparkEngines.open(plan, rows(even), wanted)) {
      return outcome(plan, engine, even, procedure, watcher, 0);
    }
  }

  private Outcome outcome(
      SearchPlan plan,
      TrialEngine engine,
      AssignedRows rows,
      Function<Search, SearchResult> procedure,
      Watcher watcher,
      double assignSeconds) {
    SearchResult searched = procedure.apply(new Search(plan, engine));
    Regrouped regrouping = new Regrouped(plan, rows);
    SearchResult result =
        searched
            .with(
                Inferences.of(
                    plan,
                    searched,
                    engine,
                    rows.isWeighted() ? Optional.empty() : Optional.of(regrouping)))
            .with(searched.engine().afterPasses(engine.report().dataPasses() + regrouping.passes));
    watcher.found(result, rows);
    Optional<MomentsSnapshot> moments =
        engine instanceof TrainsFromMoments keeper
            ? Optional.of(keeper.moments())
            : Optional.empty();
    return new Outcome(result, plan, Rows.of(rows), moments, assignSeconds);
  }

  /** Trains over rows whose folds are put together into groups, by an engine of its own each. */
  private final class Regrouped implements Regrouping {
    private final SearchPlan plan;
    private final EngineRows rows;
    private int passes;

    Regrouped(SearchPlan plan, AssignedRows dealt) {
      this.plan = plan;
      this.rows = rows(dealt);
    }

    @Override
    public List<TrialResult> train(int[] groups, List<Trial> trials) {
      Column[] group = Arrays.stream(groups).mapToObj(functions::lit).toArray(Column[]::new);
      Column ofFold =
          functions.element_at(functions.array(group), functions.col(AssignedRows.FOLD).plus(1));
      EngineRows put =
          new EngineRows(
              rows.training()
                  .withColumn(AssignedRows.FOLD, functions.coalesce(ofFold, functions.lit(0))),
              Optional.empty(),
              rows.layout(),
              rows.badCell());
      Assignment own = plan.assignment();
      Assignment assignment =
          new Assignment(
              own.rows(), 1 + Arrays.stream(groups).max().orElseThrow(), own.positions());
      SearchPlan.Judging judging =
          new SearchPlan.Judging(
              plan.judging().metric(), plan.judging().rule(), plan.judging().earlyStopping());
      SearchPlan only =
          new SearchPlan(plan.objective(), assignment, List.of(trials.get(0).candidate()), judging);
      try (TrialEngine engine = SparkEngines.open(only, put, wanted)) {
        List<TrialResult> trained = Search.trained(only, engine, trials);
        passes += engine.report().dataPasses();
        return trained;
      }
    }
  }

  /**
   * What an experiment would do.
   *
   * @param plan the plan as it is stated for the rows
   * @param rows what the rows are
   * @param engine how it would be computed
   */
  public record Explanation(SearchPlan plan, Rows rows, EnginePlan engine) {}

  /** Plans the experiment, without training anything. */
  public Explanation explain(LoadedData data) {
    try (AssignedRows dealt = FoldAssigner.assign(data, folds)) {
      SearchPlan plan = stated(dealt);
      return new Explanation(plan, Rows.of(dealt), SparkEngines.explain(plan, rows(dealt), wanted));
    }
  }

  /**
   * Checks all that needs no data, before any is read.
   *
   * @throws InvalidInputException if no rows could be searched over so
   */
  public Experiment checked() {
    plan(objective, new Assignment(1, 1, 1), Double.NaN);
    return this;
  }

  private SearchPlan stated(AssignedRows rows) {
    double spread = objective.loss().isOfOrder() ? rows.labelSpread() : Double.NaN;
    SearchPlan plan = plan(objective(rows), rows.assignment(), spread);
    requireTerms(plan, rows.features());
    return plan;
  }

  /** The objective with the loss for as many classes as the rows have. */
  private SearchPlan.Objective objective(AssignedRows rows) {
    Loss loss = objective.loss();
    return new SearchPlan.Objective(
        loss instanceof MulticlassLoss several ? several.ofClasses(rows.classes().count()) : loss,
        objective.basis(),
        objective.initialWeights(),
        objective.seed());
  }

  private SearchPlan plan(SearchPlan.Objective stated, Assignment assignment, double labelSpread) {
    List<Candidate> candidates = grid.candidates(stated.loss(), assignment.rows(), labelSpread);
    return new SearchPlan(stated, assignment, candidates, interval());
  }

  /** How candidates are compared, with an interval that can be had over rows dealt so. */
  private SearchPlan.Judging interval() {
    FoldStrategy strategy = folds.strategy();
    return strategy.equals(FoldStrategy.none())
        ? judging.with(ScoreInterval.Request.NONE)
        : Inferences.resolved(
            judging,
            objective.loss(),
            strategy.option(),
            strategy.isByChance(),
            strategy.trainedOn());
  }

  /** Refuses initial weights that name what is not a term of every candidate. */
  private static void requireTerms(SearchPlan plan, List<String> features) {
    if (plan.objective().initialWeights() instanceof InitialWeights.Given given) {
      plan.candidates().stream()
          .mapToInt(candidate -> candidate.form().degree())
          .distinct()
          .mapToObj(degree -> PolynomialBasis.power(features, degree))
          .forEach(basis -> basis.fromPowers(given.intercept(), given.coefficients()));
    }
  }

  private static EngineRows rows(AssignedRows assigned) {
    return new EngineRows(
        assigned.frame(), assigned.test(), layout(assigned), () -> refusal(assigned));
  }

  /** What an engine reads of dealt rows. */
  public static EngineRows.Layout layout(AssignedRows assigned) {
    return new EngineRows.Layout(
        assigned.features(), form(assigned), assigned.isWeighted(), assigned.imputed());
  }

  private static EngineRows.Layout.Form form(AssignedRows assigned) {
    if (assigned.isSparse()) {
      return EngineRows.Layout.Form.VECTOR;
    }
    return assigned.isPacked() ? EngineRows.Layout.Form.ARRAY : EngineRows.Layout.Form.COLUMNS;
  }

  private static InvalidInputException refusal(AssignedRows assigned) {
    return new InvalidInputException(
        assigned
            .firstBadCell()
            .map(BadCell::message)
            .orElse("the data's numbers are too large: their squares overflow; rescale them"));
  }
}
