package io.foldwise.search.training;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricAccumulator;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.ScoredBlock;
import io.foldwise.search.Convergence;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.List;

/**
 * Trains any loss over rows at hand, in the thread that asks. The area under the ROC curve cannot
 * be asked for, and there are no test rows.
 */
public final class RowsEngine implements TrialEngine {
  private final RowsInMemory rows;

  public RowsEngine(RowsInMemory rows) {
    this.rows = rows;
  }

  /** The trainer of one trial. */
  public TrialTrainer trainer(Trial trial) {
    return new RowsTrainer(rows, trial);
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    return trials.stream().map(trial -> new RowsTrainer(rows, trial).train()).toList();
  }

  @Override
  public Prepared prepare() {
    return new Prepared(rows.foldSizes(), 0);
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    if (metric == Metric.AUC) {
      throw new UnsupportedOperationException("auc needs ranks, which are not taken here");
    }
    return Scored.of(trained, trained.stream().map(this::scores).toList());
  }

  private TrialResult.Scores scores(TrialResult result) {
    Loss loss = result.trial().candidate().loss();
    Split split = result.trial().split();
    ScoredBlock block = new ScoredBlock(List.of(loss), 1);
    MetricAccumulator training = new MetricAccumulator(block);
    MetricAccumulator validation = new MetricAccumulator(block);
    for (int row = 0; row < rows.folds().length; row++) {
      double[] z = result.model().valuesExpanded(rows.terms(row));
      block.fill(z, new ScoredBlock.Rows(new double[] {rows.label(row)}, new double[] {1}, 1));
      if (!split.leavesOut(rows.folds()[row])) {
        training.add(0, 0, 1);
      } else if (split.scores(rows.folds()[row])) {
        validation.add(0, 0, 1);
      }
      training.settle();
      validation.settle();
    }
    return new TrialResult.Scores(training.sums(0), validation.sums(0));
  }

  @Override
  public List<Convergence> convergence(List<TrialResult> trained) {
    return trained.stream()
        .map(each -> new RowsTrainer(rows, each.trial()).convergence(each.model().functions()))
        .toList();
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return MetricSums.EMPTY;
  }

  @Override
  public EngineReport report() {
    return new EngineReport("rows", "none", "cpu", "over rows at hand", 0, 0, List.of());
  }

  @Override
  public void close() {}
}
