package io.foldwise.ml.tuning;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.ml.SGDTraining;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Convergence;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import scala.Option;
import scala.math.BigInt;

/** A round of settings whose optimum is solved for, over rows as they stand in the frame. */
final class OptimumRound implements Round {
  private static final int SAMPLE = 64;
  private static final double DENSE = 0.2;

  /** A Hessian of so many takes 32 MB, of which several are held. */
  private static final int MOST_FEATURES = 2000;

  private static final String LABEL = "foldwise_label";
  private static final String WITH_LABEL = "foldwise_features_and_label";

  private final Dataset<Row> frame;
  private final int folds;
  private final List<FusedSetting.Solved> settings;
  private final List<Candidate> candidates;
  private final List<Candidate> distinct;
  private final TrialEngine engine;

  /**
   * Opens the engine over rows.
   *
   * @param frame the columns that the settings read, and {@link FoldColumn#NAME}
   * @param folds the number of folds, k
   * @param settings at least one, all of one loss and the same columns
   */
  OptimumRound(Dataset<Row> frame, int folds, List<FusedSetting.Solved> settings) {
    this.frame = frame;
    this.folds = folds;
    this.settings = settings;
    FusedSetting.Solved first = settings.get(0);
    if (!List.of(frame.columns()).contains(FoldColumn.NAME)) {
      throw new NotFusedException("a stage before the last selects columns");
    }
    refuse(first.objection(frame.schema().apply(first.columns().label())));
    Layout layout = new Layout(frame, first);
    long rows = rows(frame);
    if (rows == 0) {
      throw new NotFusedException("there are no rows");
    }
    Candidate plain = Grid.defaults().candidates(first.loss(), rows).get(0);
    FusedSetting.RowFacts facts =
        new FusedSetting.RowFacts(layout.layout.features().size(), squaredWeights(first));
    this.candidates =
        settings.stream()
            .map(
                setting ->
                    new Candidate(
                        setting.loss(),
                        setting.form(),
                        setting.penalty(facts),
                        setting.optimizer(),
                        plain.descending()))
            .toList();
    this.distinct = candidates.stream().distinct().toList();
    // Where rows are held out there is one fold more, for rows that MLlib would refuse.
    SearchPlan plan =
        new SearchPlan(
            new SearchPlan.Objective(
                first.loss(), PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 0),
            new Assignment(rows, folds == 1 ? 1 : folds + 1, Assignment.HASHED_POSITIONS),
            distinct,
            new SearchPlan.Judging(Metric.of(first.loss()), SelectionRule.BEST, Optional.empty()));
    EngineRows engineRows =
        new EngineRows(
            layout.rows,
            Optional.empty(),
            layout.layout,
            () -> new InvalidInputException("a cell is missing or not a number that it may be"));
    this.engine = SparkEngines.open(plan, engineRows, EngineRequest.AUTO);
  }

  /** The number of rows: where they are cached, Spark has counted them already. */
  private static long rows(Dataset<Row> frame) {
    LogicalPlan plan = frame.queryExecution().optimizedPlan();
    while (plan instanceof Project project) {
      plan = project.child();
    }
    Option<BigInt> counted =
        plan instanceof InMemoryRelation ? plan.stats().rowCount() : Option.empty();
    return counted.isDefined() && counted.get().signum() > 0
        ? counted.get().toLong()
        : frame.count();
  }

  /** How the rows are laid out for the engine. */
  private static final class Layout {
    private final Dataset<Row> rows;
    private final EngineRows.Layout layout;

    Layout(Dataset<Row> frame, FusedSetting.Solved first) {
      FusedSetting.Columns columns = first.columns();
      Column features = Columns.named(columns.features());
      List<Row> sample = frame.select(features).where(features.isNotNull()).takeAsList(SAMPLE);
      if (sample.isEmpty()) {
        throw new NotFusedException("there are no rows");
      }
      int d = ((Vector) sample.get(0).get(0)).size();
      if (!first.loss().isSmooth() && d > MOST_FEATURES) {
        throw new NotFusedException(
            "the rows have %,d features, and Hessians are of at most %,d"
                .formatted(d, MOST_FEATURES));
      }
      long stored = sample.stream().mapToLong(row -> ((Vector) row.get(0)).numNonzeros()).sum();
      boolean isDense = stored >= DENSE * d * sample.size();
      boolean hasScale = first.optimizer().estimatesScale();
      Column label = finite(frame, columns.label());
      List<Column> read = new ArrayList<>();
      read.add(hasScale ? col(WITH_LABEL) : features);
      read.add(hasScale ? lit(0.0) : label);
      read.add(col(FoldColumn.NAME));
      read.add(lit(0L));
      columns.weight().map(OptimumRound::weight).ifPresent(read::add);
      Dataset<Row> all = hasScale ? withLabel(frame, columns.features(), d, label) : frame;
      this.rows = all.select(read.toArray(Column[]::new));
      this.layout =
          new EngineRows.Layout(
              VectorColumn.names(hasScale ? d + 1 : d),
              isDense ? EngineRows.Layout.Form.DENSE_VECTOR : EngineRows.Layout.Form.VECTOR,
              columns.weight().isPresent());
    }

    /** The d features with the label behind them. */
    private static Dataset<Row> withLabel(
        Dataset<Row> frame, String features, int d, Column label) {
      Dataset<Row> sized =
          new VectorSizeHint()
              .setInputCol(features)
              .setSize(d)
              .setHandleInvalid("optimistic")
              .transform(frame);
      return new VectorAssembler()
          .setInputCols(new String[] {features, LABEL})
          .setOutputCol(WITH_LABEL)
          .setHandleInvalid("keep")
          .transform(sized.withColumn(LABEL, label));
    }

    private static Column finite(Dataset<Row> frame, String name) {
      Column number = Columns.named(name).cast("double");
      return frame.schema().apply(name).nullable() ? coalesce(number, lit(Double.NaN)) : number;
    }
  }

  private static Column weight(String name) {
    Column weight = Columns.named(name).cast("double");
    return coalesce(when(weight.geq(0), weight), lit(Double.NaN));
  }

  private List<Double> squaredWeights(FusedSetting.Solved first) {
    return first
        .columns()
        .weight()
        .map(name -> SGDTraining.squaredWeights(frame, weight(name), FoldColumn.NAME, folds + 1))
        .orElse(List.of());
  }

  @Override
  public List<TrialResult> train(List<Split> splits) {
    requireFolds();
    List<Trial> trials = new ArrayList<>();
    for (Candidate candidate : distinct) {
      splits.forEach(split -> trials.add(Trial.of(candidate, split)));
    }
    List<TrialResult> trained = engine.train(trials);
    List<TrialResult> all = new ArrayList<>();
    for (Candidate candidate : candidates) {
      int from = distinct.indexOf(candidate) * splits.size();
      all.addAll(trained.subList(from, from + splits.size()));
    }
    for (int at = 0; at < all.size(); at++) {
      require(settings.get(at / splits.size()), all.get(at));
    }
    if (!settings.get(0).loss().isKindOf(Loss.squared())) {
      requireReached(all);
    }
    return all;
  }

  /** Refuses folds that MLlib would refuse. */
  private void requireFolds() {
    long[] sizes = engine.prepare().foldSizes();
    if (sizes[folds] > 0) {
      throw new NotFusedException("the fold of a row is out of range");
    }
    for (int fold = 0; fold < folds; fold++) {
      if (sizes[fold] == 0) {
        throw new NotFusedException("fold %d is empty".formatted(fold));
      }
    }
  }

  private static void require(FusedSetting.Solved setting, TrialResult trained) {
    refuse(setting.objection(trained));
    if (trained.diverged()) {
      throw new NotFusedException("an optimum lies at infinity");
    }
  }

  /** Refuses what the engine gave up before it was near its optimum. */
  private List<Convergence> requireReached(List<TrialResult> trained) {
    List<Convergence> convergences = engine.convergence(trained);
    if (convergences.stream().anyMatch(each -> each.known() == Convergence.Known.NOT_REACHED)) {
      throw new NotFusedException("an optimum was not reached");
    }
    return convergences;
  }

  private static void refuse(Optional<String> objection) {
    objection.ifPresent(
        reason -> {
          throw new NotFusedException(reason);
        });
  }

  @Override
  public double[] scores(List<TrialResult> trained, Metric metric) {
    Loss loss = settings.get(0).loss();
    List<TrialResult.Scores> scores =
        metric.needsRows(loss)
            ? engine.score(trained, metric).trials()
            : trained.stream().map(TrialResult::scores).toList();
    int folds = trained.size() / settings.size();
    return IntStream.range(0, trained.size())
        .mapToDouble(
            at ->
                settings
                    .get(at / folds)
                    .metric(metric, metric.of(scores.get(at).validation()), trained.get(at)))
        .toArray();
  }

  @Override
  public Model<?> model(int setting, TrialResult trained, Dataset<Row> rows) {
    double objective = requireReached(List.of(trained)).get(0).objective();
    return settings.get(setting).model(trained, objective, rows);
  }

  @Override
  public Model<?> refit(int setting, Dataset<Row> rows) {
    TrialResult trained =
        engine.train(List.of(Trial.of(candidates.get(setting), Split.NONE))).get(0);
    require(settings.get(setting), trained);
    return model(setting, trained, rows);
  }

  @Override
  public void close() {
    engine.close();
  }
}
