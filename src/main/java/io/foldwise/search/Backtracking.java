package io.foldwise.search;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Residuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An engine under which a trial of a log link whose automatic rate diverges is trained again at a
 * quarter of that rate, up to {@value #MOST} times: the curvature of such a loss has no bound that
 * the rate could be taken from, and features with heavy tails find where it is steep. A rate that
 * was given is kept.
 */
final class Backtracking implements TrialEngine {
  private static final int MOST = 6;
  private static final double SLOWER = 0.25;

  private final TrialEngine engine;
  private int again;

  private Backtracking(TrialEngine engine) {
    this.engine = engine;
  }

  /** The engine, which tries slower rates where a loss needs it. */
  static TrialEngine over(TrialEngine engine, Loss loss) {
    return loss.isLogLink() && !(engine instanceof Backtracking)
        ? new Backtracking(engine)
        : engine;
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    TrialResult[] results = engine.train(trials).toArray(TrialResult[]::new);
    int[] diverged = diverged(results);
    again += diverged.length;
    double share = SLOWER;
    for (int round = 0; round < MOST && diverged.length > 0; round++, share *= SLOWER) {
      List<Trial> slower = new ArrayList<>();
      for (int at : diverged) {
        slower.add(slower(trials.get(at), share));
      }
      List<TrialResult> found = engine.train(slower);
      for (int i = 0; i < diverged.length; i++) {
        results[diverged[i]] = found.get(i).of(trials.get(diverged[i]));
      }
      diverged = diverged(results);
    }
    return Arrays.asList(results);
  }

  private static int[] diverged(TrialResult[] results) {
    return IntStream.range(0, results.length)
        .filter(at -> results[at].diverged() && isAutomatic(results[at].trial().candidate()))
        .toArray();
  }

  private static boolean isAutomatic(Candidate candidate) {
    return !candidate.isExact()
        && candidate.descending().learningRate() instanceof LearningRate.Auto;
  }

  private static Trial slower(Trial trial, double share) {
    Candidate candidate = trial.candidate();
    Descending own = candidate.descending();
    LearningRate.Auto auto = (LearningRate.Auto) own.learningRate();
    Descending descending =
        new Descending(auto.times(share), own.schedule(), own.batchSize(), own.epochs());
    return new Trial(
        new Candidate(
            candidate.loss(),
            candidate.form(),
            candidate.penalty(),
            candidate.optimizer(),
            descending),
        trial.split(),
        trial.epochs());
  }

  @Override
  public Prepared prepare() {
    return engine.prepare();
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    return engine.score(trained, metric);
  }

  @Override
  public List<Residuals> residuals(List<TrialResult> trained, Residuals.Precision precision) {
    return engine.residuals(trained, precision);
  }

  @Override
  public List<ErrorSpread> losses(List<TrialResult> trained) {
    return engine.losses(trained);
  }

  @Override
  public List<Convergence> convergence(List<TrialResult> trained) {
    return engine.convergence(trained);
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return engine.scoreTest(trained);
  }

  @Override
  public EngineReport report() {
    EngineReport report = engine.report();
    if (again == 0) {
      return report;
    }
    List<String> notes = new ArrayList<>(report.notes());
    notes.add(
        "the automatic learning rate was too large for %,d %s, trained again at a quarter of it or less"
            .formatted(again, again == 1 ? "training" : "trainings"));
    return report.with(notes);
  }

  @Override
  public void close() {
    engine.close();
  }
}
