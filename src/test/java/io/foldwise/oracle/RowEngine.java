package io.foldwise.oracle;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.Candidate;
import io.foldwise.search.Convergence;
import io.foldwise.search.Descending;
import io.foldwise.search.EngineReport;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The oracle as an engine, for what stands above engines; its models are powers. */
public final class RowEngine implements TrialEngine {
  private static final double EXPLODED = 1e100;

  private final TrainingRows rows;
  private final TrainingRows test;
  private final SearchPlan plan;
  private final List<Trial> trained = new ArrayList<>();
  private int scorings;

  /**
   * @param test rows that only {@link #scoreTest} sees; the training rows of an empty fold will do
   */
  public RowEngine(TrainingRows rows, TrainingRows test, SearchPlan plan) {
    this.rows = rows;
    this.test = test;
    this.plan = plan;
  }

  /** Every trial so far, in the order in which they were asked for. */
  public List<Trial> trained() {
    return List.copyOf(trained);
  }

  /** How often it was asked to score what it had trained. */
  public int scorings() {
    return scorings;
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    trained.addAll(trials);
    return trials.stream().map(this::train).toList();
  }

  /** The oracle takes the steps it is told and looks for no optimum. */
  @Override
  public List<Convergence> convergence(List<TrialResult> results) {
    return results.stream().map(result -> Convergence.unknown(Double.NaN)).toList();
  }

  @Override
  public Prepared prepare() {
    return new Prepared(
        IntStream.range(0, rows.folds()).mapToLong(fold -> rows.heldOut(fold).length).toArray(), 0);
  }

  private TrialResult train(Trial trial) {
    RowOracle oracle = new RowOracle(rows, plan);
    RowOracle.Outcome outcome = oracle.train(trial);
    LinearModel model =
        new LinearModel(
            PolynomialBasis.power(rows.names(), trial.candidate().form().degree()),
            new AffineFunction(
                outcome.powers()[0],
                Arrays.copyOfRange(outcome.powers(), 1, outcome.powers().length)));
    boolean diverged = !(Math.abs(outcome.lastTraining()) < EXPLODED);
    return new TrialResult(
        trial,
        model,
        new TrialResult.Rate(outcome.rate(), auto(oracle, trial)),
        diverged,
        scores(model, trial),
        curve(outcome),
        0.001);
  }

  private static double auto(RowOracle oracle, Trial trial) {
    Candidate candidate = trial.candidate();
    if (candidate.optimizer() instanceof Exact) {
      return Double.NaN;
    }
    Descending automatic =
        new Descending(
            new LearningRate.Auto(),
            candidate.descending().schedule(),
            candidate.descending().batchSize(),
            1);
    Candidate one =
        new Candidate(
            candidate.loss(),
            candidate.form(),
            candidate.penalty(),
            candidate.optimizer(),
            automatic);
    return oracle.train(Trial.of(one, trial.split())).rate();
  }

  private static LearningCurve curve(RowOracle.Outcome outcome) {
    int length = outcome.training().length;
    int[] points =
        LongStream.rangeClosed(1, length)
            .filter(epoch -> LearningCurve.includes(epoch, length, LearningCurve.MOST_POINTS))
            .mapToInt(epoch -> (int) epoch - 1)
            .toArray();
    return new LearningCurve(
        Arrays.stream(points).mapToLong(at -> at + 1).toArray(),
        Arrays.stream(points).mapToDouble(at -> outcome.training()[at]).toArray(),
        Arrays.stream(points).mapToDouble(at -> outcome.validation()[at]).toArray());
  }

  private TrialResult.Scores scores(LinearModel model, Trial trial) {
    Loss loss = trial.candidate().loss();
    return new TrialResult.Scores(
        sums(model, loss, rows, rows.trainedOn(trial.split())),
        sums(model, loss, rows, rows.scored(trial.split())));
  }

  private static MetricSums sums(LinearModel model, Loss loss, TrainingRows rows, int[] over) {
    return RowSums.of(
        loss,
        Arrays.stream(over).mapToDouble(i -> model.predict(rows.x()[i])).toArray(),
        Arrays.stream(over).mapToDouble(i -> rows.y()[i]).toArray(),
        Arrays.stream(over).mapToDouble(rows::weight).toArray());
  }

  @Override
  public Scored score(List<TrialResult> results, Metric metric) {
    scorings++;
    List<TrialResult.Scores> scores =
        results.stream().map(r -> scores(r.model(), r.trial())).toList();
    List<MetricSums> pooled = new ArrayList<>();
    for (int first = 0; first < scores.size(); first += rows.folds()) {
      pooled.add(
          scores.subList(first, first + rows.folds()).stream()
              .map(TrialResult.Scores::validation)
              .reduce(MetricSums.EMPTY, MetricSums::merge));
    }
    return new Scored(scores, pooled);
  }

  @Override
  public MetricSums scoreTest(TrialResult result) {
    Loss loss = result.trial().candidate().loss();
    return sums(result.model(), loss, test, test.trainedOn(Split.NONE));
  }

  @Override
  public EngineReport report() {
    return new EngineReport("rows", "nothing", "cpu", "it is the oracle", 1, 0, List.of());
  }

  @Override
  public void close() {}
}
