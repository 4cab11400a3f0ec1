package io.foldwise.search;

import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Trains every candidate on each split, and scores it on what it has not seen. */
public final class CrossValidation {
  private final SearchPlan plan;
  private final TrialEngine engine;
  private final List<Split> splits;
  private final TrialResult[] results;
  private final CandidateSummary[] summaries;

  public CrossValidation(SearchPlan plan, TrialEngine engine) {
    this.plan = plan;
    this.engine = Backtracking.over(engine, plan.objective().loss());
    this.splits = plan.assignment().splits();
    this.results = new TrialResult[plan.candidates().size() * splits.size()];
    this.summaries = new CandidateSummary[plan.candidates().size()];
  }

  /** Every trial as it ended, candidate after candidate, fold after fold. */
  public List<TrialResult> trials() {
    return List.of(results);
  }

  /** All candidates in grid order. */
  public List<CandidateSummary> run() {
    int[] alive = IntStream.range(0, summaries.length).toArray();
    int rungs = plan.judging().halving().map(h -> h.rungs(summaries.length)).orElse(1);
    for (int rung = 0; rung < rungs - 1; rung++) {
      climb(alive, rung, rungs);
      alive = kept(alive);
    }
    climb(alive, rungs - 1, rungs);
    return List.of(summaries);
  }

  /** Trains and judges one rung; the last is like a search without halving. */
  private void climb(int[] alive, int rung, int rungs) {
    List<Trial> trials = new ArrayList<>();
    for (int index : alive) {
      for (Split split : splits) {
        trials.add(trial(plan.candidates().get(index), split, rung, rungs));
      }
    }
    List<TrialResult> trained = engine.train(trials);
    judge(alive, rung == rungs - 1 ? stopped(trained) : trained);
  }

  private Trial trial(Candidate candidate, Split split, int rung, int rungs) {
    Trial whole = Trial.of(candidate, split);
    return plan.judging()
        .halving()
        .map(h -> new Trial(candidate, split, h.epochs(whole.epochs(), rung, rungs)))
        .orElse(whole);
  }

  /** Scores what was trained, and sums it up. */
  private void judge(int[] alive, List<TrialResult> trained) {
    TrialEngine.Scored scores = scored(plan, engine, trained, splits.size());
    int folds = splits.size();
    for (int i = 0; i < alive.length; i++) {
      int first = alive[i] * folds;
      for (int fold = 0; fold < folds; fold++) {
        int at = i * folds + fold;
        results[first + fold] = trained.get(at).withScores(scores.trials().get(at));
      }
      summaries[alive[i]] =
          CandidateSummary.of(
              alive[i],
              Arrays.asList(results).subList(first, first + folds),
              scores.pooled().get(i),
              plan.judging().metric());
    }
  }

  /**
   * The scores for the metrics: those of training, or where these do not suffice, of one pass for
   * all metrics that are sums and one for the area under the ROC curve.
   *
   * @param folds the number of trials of each candidate
   */
  static TrialEngine.Scored scored(
      SearchPlan plan, TrialEngine engine, List<TrialResult> trained, int folds) {
    List<Metric> metrics = plan.judging().metrics();
    TrialEngine.Scored sums =
        metrics.stream()
            .filter(metric -> metric != Metric.AUC && metric.needsRows(plan.objective().loss()))
            .findFirst()
            .map(metric -> engine.score(trained, metric))
            .orElseGet(() -> ofTraining(trained, folds));
    return metrics.contains(Metric.AUC) ? withAreas(sums, engine.score(trained, Metric.AUC)) : sums;
  }

  private static TrialEngine.Scored withAreas(TrialEngine.Scored sums, TrialEngine.Scored ranked) {
    List<TrialResult.Scores> trials = new ArrayList<>();
    for (int i = 0; i < sums.trials().size(); i++) {
      TrialResult.Scores own = sums.trials().get(i);
      TrialResult.Scores areas = ranked.trials().get(i);
      trials.add(
          new TrialResult.Scores(
              own.training().withAuc(areas.training().auc()),
              own.validation().withAuc(areas.validation().auc())));
    }
    List<MetricSums> pooled = new ArrayList<>();
    for (int i = 0; i < sums.pooled().size(); i++) {
      pooled.add(sums.pooled().get(i).withAuc(ranked.pooled().get(i).auc()));
    }
    return new TrialEngine.Scored(trials, pooled);
  }

  /** The scores that training left. */
  private static TrialEngine.Scored ofTraining(List<TrialResult> trained, int folds) {
    List<TrialResult.Scores> scores = trained.stream().map(TrialResult::scores).toList();
    List<MetricSums> pooled = new ArrayList<>();
    for (int first = 0; first < scores.size(); first += folds) {
      pooled.add(
          scores.subList(first, first + folds).stream()
              .map(TrialResult.Scores::validation)
              .reduce(MetricSums.EMPTY, MetricSums::merge));
    }
    return new TrialEngine.Scored(scores, pooled);
  }

  /**
   * The candidates that go on to the next rung, in grid order; the others are marked as dropped.
   */
  private int[] kept(int[] alive) {
    Comparator<CandidateSummary> better = CandidateSummary.better(plan.judging().metric());
    int[] ranked =
        Arrays.stream(alive)
            .boxed()
            .sorted((a, b) -> better.compare(summaries[a], summaries[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int most = plan.judging().halving().map(h -> h.kept(alive.length)).orElse(alive.length);
    for (int at = most; at < ranked.length; at++) {
      summaries[ranked[at]] = summaries[ranked[at]].dropped();
    }
    return Arrays.stream(ranked).limit(most).sorted().toArray();
  }

  /** Runs trials again, up to the epoch at which early stopping cuts their candidate short. */
  private List<TrialResult> stopped(List<TrialResult> trained) {
    if (plan.judging().earlyStopping().isEmpty()) {
      return trained;
    }
    List<TrialResult> kept = new ArrayList<>(trained);
    List<Trial> again = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int folds = splits.size();
    for (int first = 0; first < trained.size(); first += folds) {
      long epochs = epochs(trained.subList(first, first + folds));
      for (int at = first; at < first + folds && epochs > 0; at++) {
        Trial trial = trained.get(at).trial();
        if (epochs < trial.epochs()) {
          again.add(new Trial(trial.candidate(), trial.split(), epochs));
          places.add(at);
        }
      }
    }
    List<TrialResult> shorter = again.isEmpty() ? List.of() : engine.train(again);
    for (int i = 0; i < shorter.size(); i++) {
      kept.set(places.get(i), shorter.get(i));
    }
    return kept;
  }

  /** The epochs that early stopping leaves a candidate; 0 where it has nothing to say. */
  private long epochs(List<TrialResult> ofCandidate) {
    EarlyStopping rule = plan.judging().earlyStopping().orElseThrow();
    boolean exact = ofCandidate.get(0).trial().candidate().optimizer() instanceof Exact;
    return exact ? 0 : rule.epochs(ofCandidate.stream().map(TrialResult::curve).toList());
  }
}
