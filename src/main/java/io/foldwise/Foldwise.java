package io.foldwise;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.CandidateSource;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Grid;
import io.foldwise.search.Halving;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Chooses hyperparameters by k-fold cross-validation over a person's own rows, and trains the
 * chosen model:
 *
 * <pre>{@code
 * SearchResult result = Foldwise.on(frame)
 *     .label("price").features("size", "rooms")
 *     .loss(Loss.squared()).grid("degree=1..3; l2=log(1e-4,1,12)")
 *     .folds(5).seed(42)
 *     .search();
 * }</pre>
 *
 * <p>What is not said is as on the command line: 5 folds drawn at random from seed 42, squared
 * loss, stochastic gradient descent at the automatic rate for 100 epochs, the best mean score.
 *
 * <p>One object is set up by one thread. Many may run in one session at once; each leaves the
 * session's settings and its cache as they were. {@code SparkContext.cancelJobGroup(jobGroup())}
 * from another thread ends a run.
 */
public final class Foldwise {
  private final SparkSession spark;
  private final BiFunction<DataOptions.Roles, TestSource, LoadedData> loading;
  private DataOptions.Roles roles = DataOptions.Roles.defaults();
  private TestSource test = new TestSource.Own();
  private List<Metric> also = List.of();
  private Loss loss = Loss.squared();
  private Optional<Metric> metric = Optional.empty();
  private CandidateSource grid = Grid.defaults();
  private OptionalInt sample = OptionalInt.empty();
  private Optional<FoldStrategy> strategy = Optional.empty();
  private OptionalDouble purge = OptionalDouble.empty();
  private int folds = AssignmentOptions.DEFAULT_FOLDS;
  private long seed = AssignmentOptions.DEFAULT_SEED;
  private PolynomialBasis.Kind basis = PolynomialBasis.Kind.CHEBYSHEV;
  private InitialWeights initialWeights = new InitialWeights.Baseline();
  private SelectionRule rule = SelectionRule.BEST;
  private Optional<EarlyStopping> earlyStopping = Optional.empty();
  private Optional<Halving> halving = Optional.empty();
  private ScoreInterval.Request interval = ScoreInterval.Request.AUTO;
  private long residualRows;
  private EngineRequest wanted = EngineRequest.AUTO;
  private String jobGroup = "foldwise-" + UUID.randomUUID();

  private Foldwise(
      SparkSession spark, BiFunction<DataOptions.Roles, TestSource, LoadedData> loading) {
    this.spark = spark;
    this.loading = loading;
  }

  /**
   * Works over the rows of a frame, whatever it is of: a table, a view, a join. It is read several
   * times, unless it is small: {@code cache()} one that is costly to compute. Its order, for folds
   * and test rows that go by it, is Spark's order of partitions.
   *
   * @throws InvalidInputException if it is a stream
   */
  public static Foldwise on(Dataset<Row> frame) {
    if (frame.isStreaming()) {
      throw new InvalidInputException(
          "the data frame is a stream, which has no end: write it to a table and take that");
    }
    return new Foldwise(frame.sparkSession(), (roles, test) -> DataLoader.of(frame, roles, test));
  }

  /**
   * Works over a file, a directory of files or a glob of them, read as the command line reads it:
   * csv, Parquet, LIBSVM or pickle by its suffix.
   */
  public static Foldwise read(SparkSession spark, String path) {
    return new Foldwise(
        spark,
        (roles, test) -> DataLoader.load(spark, DataOptions.of(path).with(roles).with(test)));
  }

  /** The column to predict; else {@code y} or {@code label}. */
  public Foldwise label(String name) {
    roles = roles.withLabel(name);
    return this;
  }

  /** The value of the label that counts as 1, all others as 0; for the losses of classes. */
  public Foldwise positive(String value) {
    roles = roles.withPositive(value);
    return this;
  }

  /** The columns to predict from; else all that have no other role. */
  public Foldwise features(String... names) {
    roles = roles.withFeatures(List.of(names));
    return this;
  }

  /** The column of row weights, ≥ 0. */
  public Foldwise weight(String name) {
    roles = roles.withWeight(name);
    return this;
  }

  /** The column that tells rows apart, which decides their folds; else all columns together do. */
  public Foldwise id(String name) {
    roles = roles.withId(name);
    return this;
  }

  /** The column of groups: rows of one group share a fold. */
  public Foldwise group(String name) {
    roles = roles.withGroup(name);
    strategy = Optional.of(FoldStrategy.group());
    return this;
  }

  /**
   * The column of times, numbers or dates from the year down: folds are runs of time, each except
   * the first scored by a model that was trained on the runs before it.
   */
  public Foldwise time(String name) {
    roles = roles.withFoldColumn(name);
    strategy = Optional.of(FoldStrategy.time());
    return this;
  }

  /**
   * Leaves the rows just before a fold out of the training that the fold scores, since their labels
   * reach into it: with {@link FoldStrategy#forward} the last so many rows, with {@link #time}
   * those with start − purge ≤ time &lt; start of the fold, in the units of times that are numbers,
   * in days where they are dates. {@link #search} refuses it where folds are dealt otherwise.
   */
  public Foldwise purge(double length) {
    purge = OptionalDouble.of(length);
    return this;
  }

  /** The column that says each row's fold. */
  public Foldwise foldColumn(String name) {
    roles = roles.withFoldColumn(name);
    strategy = Optional.of(FoldStrategy.column());
    return this;
  }

  /** Sets so large a part of the rows, drawn at random, aside to score the final model. */
  public Foldwise testFraction(double fraction) {
    test = new TestSource.Fraction(fraction, TestSource.Split.RANDOM);
    return this;
  }

  /**
   * What training minimises; its δ or τ is an axis of the grid. {@link Loss#softmax} and {@link
   * Loss#oneVsRest} take labels of any classes, whose functions stand in the model in the order of
   * scikit-learn's {@code classes_}: numbers ascending, texts by their characters; {@link #outcome}
   * tells them. One of K classes takes labels that are the numbers 0 to K − 1, of which rows may
   * lack some.
   */
  public Foldwise loss(Loss minimised) {
    loss = minimised;
    return this;
  }

  /** The score that ranks candidates, else the mean loss, and others to be told beside it. */
  public Foldwise metric(Metric judge, Metric... others) {
    metric = Optional.of(judge);
    also = List.of(others);
    return this;
  }

  /**
   * The values to try of each axis, {@code "AXIS=V,V; ..."}, as {@code --grid} takes them.
   *
   * @throws InvalidInputException if an axis is unknown or a value out of its bounds
   */
  public Foldwise grid(String axes) {
    grid = Grid.parse(axes);
    return this;
  }

  /**
   * Random search: tries so many different candidates of the grid, drawn by the seed; axes may
   * range, {@code "l2=log-uniform(1e-6,1)"}.
   */
  public Foldwise sample(int candidates) {
    sample = OptionalInt.of(candidates);
    return this;
  }

  /** The candidates to try, where they are not a product of axes. */
  public Foldwise candidates(CandidateSource candidates) {
    grid = candidates;
    return this;
  }

  /** The number of folds, ≥ 2. */
  public Foldwise folds(int count) {
    folds = count;
    return this;
  }

  /** The number of folds and how rows are dealt into them. */
  public Foldwise folds(int count, FoldStrategy dealing) {
    strategy = Optional.of(dealing);
    return folds(count);
  }

  /** The seed of everything random. */
  public Foldwise seed(long number) {
    seed = number;
    return this;
  }

  /** How powers of features are carried while they are trained on. */
  public Foldwise basis(PolynomialBasis.Kind kind) {
    basis = kind;
    return this;
  }

  /** Where descent starts. */
  public Foldwise initialWeights(InitialWeights start) {
    initialWeights = start;
    return this;
  }

  /** Which of the candidates is chosen. */
  public Foldwise select(SelectionRule choice) {
    rule = choice;
    return this;
  }

  /** Stops where the mean validation score has not got better for so many epochs. */
  public Foldwise patience(long epochs) {
    earlyStopping = Optional.of(new EarlyStopping(epochs, 0));
    return this;
  }

  /** Keeps one in so many candidates, several times, before they have run all epochs. */
  public Foldwise halving(int factor) {
    halving = Optional.of(new Halving(factor));
    return this;
  }

  /**
   * The interval of the chosen candidate's score; else one of nested cross-validation where it can
   * be had, or by the corrected variance, at 90 %.
   */
  public Foldwise interval(ScoreInterval.Request asked) {
    interval = asked;
    return this;
  }

  /**
   * Keeps the errors of held-out rows, one pass more, so that the model has {@link
   * io.foldwise.search.PredictionIntervals}; not of classes.
   */
  public Foldwise residuals() {
    residualRows = Long.MAX_VALUE;
    return this;
  }

  /** What overrules the planner. */
  public Foldwise engine(EngineRequest engine) {
    wanted = engine;
    return this;
  }

  /** Names the jobs' group. */
  public Foldwise jobGroup(String name) {
    jobGroup = name;
    return this;
  }

  /** The name of the jobs' group. */
  public String jobGroup() {
    return jobGroup;
  }

  /**
   * Cross-validates every candidate, chooses one, trains it on all training rows and scores the
   * test rows, if there are any.
   *
   * @throws InvalidInputException if the rows or what was asked for cannot be used
   * @throws io.foldwise.search.SearchFailedException if every candidate diverges
   */
  public SearchResult search() {
    return outcome().result();
  }

  /**
   * Does what {@link #search} does, and tells what the rows were too: their features, and the
   * classes that labels were read as, in the order of the model's functions.
   *
   * @throws InvalidInputException if the rows or what was asked for cannot be used
   * @throws io.foldwise.search.SearchFailedException if every candidate diverges
   */
  public Experiment.Outcome outcome() {
    return run(dealing(), Search::run);
  }

  /**
   * Trains the only candidate on all training rows, without folds.
   *
   * @throws InvalidInputException if the rows or what was asked for cannot be used, as where the
   *     grid has several candidates
   * @throws io.foldwise.search.SearchFailedException if it diverges
   */
  public SearchResult fit() {
    return run(AssignmentOptions.withoutFolds(seed), Search::fit).result();
  }

  /** How {@link #search} would be computed, without training anything. */
  public Experiment.Explanation explain() {
    return over(experiment(dealing()), Experiment::explain);
  }

  private AssignmentOptions dealing() {
    FoldStrategy dealt = strategy.orElseGet(() -> FoldStrategy.of(loss));
    return AssignmentOptions.of(
        folds, purge.isPresent() ? dealt.purged(purge.getAsDouble()) : dealt, seed);
  }

  private Experiment experiment(AssignmentOptions dealing) {
    return new Experiment(
            dealing,
            new SearchPlan.Objective(loss, basis, initialWeights, seed),
            sample.isPresent() && grid instanceof Grid all
                ? all.sampled(sample.getAsInt(), seed)
                : grid,
            new SearchPlan.Judging(
                metric.orElse(Metric.of(loss)),
                rule,
                earlyStopping,
                halving,
                also,
                interval,
                residualRows),
            wanted)
        .checked();
  }

  private Experiment.Outcome run(
      AssignmentOptions dealing, Function<Search, SearchResult> procedure) {
    Experiment.Outcome outcome =
        over(
            experiment(dealing),
            (experiment, data) -> experiment.run(data, procedure, new Experiment.Watcher() {}));
    EngineReport engine = outcome.result().engine();
    List<String> notes = new ArrayList<>(outcome.rows().notes());
    notes.addAll(engine.notes());
    return outcome.with(outcome.result().with(engine.with(notes)));
  }

  /** Does something with an experiment over the rows, which are loaded for it. */
  private <T> T over(Experiment experiment, BiFunction<Experiment, LoadedData, T> work) {
    DataOptions.Roles read = roles.with(Labels.of(loss));
    DataOptions.Roles known =
        loss instanceof MulticlassLoss several
            ? read.with(Classes.ofIndices(several.classes()))
            : read;
    Supplier<T> all =
        () -> {
          try (LoadedData data = loading.apply(known, test)) {
            return work.apply(experiment, data);
          }
        };
    return SessionSettings.restored(spark, () -> Jobs.grouped(spark.sparkContext(), jobGroup, all));
  }
}
