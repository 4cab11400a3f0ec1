package io.foldwise.cli;

import static java.util.Map.entry;

import io.foldwise.Experiment;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.Grid;
import io.foldwise.search.Halving;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.plan.Movement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be found out, whatever the data: all of it checked before any data is read.
 *
 * @param grid the values to try
 * @param objective the objective of the first repeat
 * @param judging how candidates are compared
 * @param repeats how often all is done, ≥ 1
 * @param wanted what overrules the planner
 * @param settings what was given, by which an option without effect is told
 */
record PlanArguments(
    Grid grid,
    SearchPlan.Objective objective,
    SearchPlan.Judging judging,
    int repeats,
    EngineRequest wanted,
    Settings settings) {
  private static final Map<String, Loss> LOSSES = Settings.words(Loss.kinds(), Loss::label);
  private static final Map<String, SelectionRule> RULES =
      Settings.words(List.of(SelectionRule.values()), SelectionRule::label);
  private static final Map<String, PolynomialBasis.Kind> BASES =
      Settings.words(
          entry("chebyshev", PolynomialBasis.Kind.CHEBYSHEV),
          entry("power", PolynomialBasis.Kind.POWER));
  private static final Map<String, Optional<Engine>> ENGINES =
      Settings.autoOr(List.of(Engine.values()), Engine::label);
  private static final Map<String, Optional<Movement>> MOVEMENTS =
      Settings.autoOr(
          List.of(Movement.REPLICATE, Movement.ROTATE, Movement.REDUCE), Movement::label);
  private static final Map<String, Optional<ScoreInterval.Method>> INTERVALS =
      Settings.autoOr(List.of(ScoreInterval.Method.values()), ScoreInterval.Method::label);
  private static final int MOST_REPEATS = 10_000;

  /** Reads the options, and checks all of them that need no data. */
  static PlanArguments of(Settings settings) {
    Loss loss = settings.choice(Options.LOSS, LOSSES).orElse(new Squared());
    SearchPlan.Objective objective =
        new SearchPlan.Objective(
            loss,
            settings.choice(Options.BASIS, BASES).orElse(PolynomialBasis.Kind.CHEBYSHEV),
            initialWeights(settings),
            seed(settings));
    PlanArguments arguments =
        new PlanArguments(
            new GridArguments(settings).grid(),
            objective,
            judging(settings, loss),
            repeats(settings),
            new EngineRequest(
                settings.choice(Options.ENGINE, ENGINES).flatMap(engine -> engine),
                settings.choice(Options.MOVEMENT, MOVEMENTS).flatMap(movement -> movement),
                Devices.here().resolve(settings)),
            settings);
    arguments.experiment(AssignmentOptions.withoutFolds(arguments.seed(0)), 0).checked();
    return arguments;
  }

  static long seed(Settings settings) {
    return settings.whole(Options.SEED, Long.MIN_VALUE).orElse(AssignmentOptions.DEFAULT_SEED);
  }

  /** What the loss asks of labels. */
  Labels labels() {
    return Labels.named(objective.loss());
  }

  /** The seed of a repeat; repeats are counted from 0. */
  long seed(int repeat) {
    return objective.seed() + repeat;
  }

  /**
   * The experiment of a repeat, from 0.
   *
   * @param folds how rows are dealt in the first repeat
   */
  Experiment experiment(AssignmentOptions folds, int repeat) {
    SearchPlan.Objective reseeded =
        new SearchPlan.Objective(
            objective.loss(), objective.basis(), objective.initialWeights(), seed(repeat));
    SearchPlan.Judging compared =
        repeat == 0 ? judging : judging.with(ScoreInterval.Request.NONE).withResiduals(0);
    return new Experiment(folds.withSeed(seed(repeat)), reseeded, grid, compared, wanted);
  }

  private static InitialWeights initialWeights(Settings settings) {
    String given = settings.text(Options.INIT).orElse("baseline");
    return switch (given) {
      case "baseline" -> new InitialWeights.Baseline();
      case "zeros" -> new InitialWeights.Zeros();
      case "normal" -> new InitialWeights.Normal();
      case "uniform" -> new InitialWeights.Uniform();
      default -> InitialModel.read(given);
    };
  }

  private static SearchPlan.Judging judging(Settings settings, Loss loss) {
    List<Metric> metrics = metrics(settings, loss);
    return new SearchPlan.Judging(
        metrics.get(0),
        settings.choice(Options.SELECT, RULES).orElse(SelectionRule.BEST),
        earlyStopping(settings),
        settings
            .whole(Options.HALVING, 2)
            .map(factor -> new Halving((int) Math.min(Integer.MAX_VALUE, factor))),
        metrics.subList(1, metrics.size()),
        new ScoreInterval.Request(
            settings.choice(Options.INTERVAL, INTERVALS).flatMap(method -> method),
            settings.number(Options.CONFIDENCE).orElse(ScoreInterval.Request.DEFAULT_CONFIDENCE)),
        settings.flag(Options.RESIDUALS) ? Long.MAX_VALUE : PredictionIntervals.EXACT_ROWS);
  }

  /** The metric that ranks, then those that are told beside it. */
  private static List<Metric> metrics(Settings settings, Loss loss) {
    Map<String, Metric> known = Settings.words(Metric.all(), Metric::label);
    return Metric.listed(
        settings.text(Options.METRIC).orElse(Metric.of(loss).label()),
        word ->
            Optional.ofNullable(known.get(word))
                .orElseThrow(() -> Settings.refusal(Options.METRIC, word, Settings.oneOf(known))));
  }

  private static Optional<EarlyStopping> earlyStopping(Settings settings) {
    Optional<Double> tolerance = settings.number(Options.TOLERANCE);
    Optional<EarlyStopping> rule =
        settings
            .whole(Options.PATIENCE, 1)
            .map(patience -> new EarlyStopping(patience, tolerance.orElse(0.0)));
    if (tolerance.isPresent() && rule.isEmpty()) {
      throw new InvalidInputException(
          "'tolerance' needs 'patience': say how many epochs to wait for an improvement");
    }
    return rule;
  }

  private static int repeats(Settings settings) {
    long repeats = settings.whole(Options.REPEATS, 1).orElse(1L);
    if (repeats > MOST_REPEATS) {
      throw Settings.refusal(Options.REPEATS, Long.toString(repeats), "<= " + MOST_REPEATS);
    }
    return (int) repeats;
  }
}
