package io.foldwise.search.training;

import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Trains from a snapshot of moments, in the thread that asks: the engine where there are no rows. A
 * metric that needs rows cannot be asked for, and there are no test rows.
 */
public final class SnapshotEngine implements TrainsFromMoments {
  private final MomentsSnapshot snapshot;
  private final MomentsTable blocks;

  public SnapshotEngine(MomentsSnapshot snapshot) {
    this(snapshot, snapshot.table());
  }

  /**
   * @param blocks a finer cut of the same rows
   */
  public SnapshotEngine(MomentsSnapshot snapshot, MomentsTable blocks) {
    this.snapshot = snapshot;
    this.blocks = blocks;
  }

  @Override
  public MomentsTable blocks() {
    return blocks;
  }

  @Override
  public MomentsSnapshot moments() {
    return snapshot;
  }

  /** The trainer of one trial. */
  public MomentsTrainer trainer(Trial trial) {
    TrialGroup group = TrialGroup.of(List.of(trial), snapshot.assignment(), 1).get(0);
    return new MomentsTrainer(snapshot, snapshot.sums(List.of(trial.split())), group);
  }

  @Override
  public <T> List<T> inGroups(List<Trial> trials, MomentsSnapshot.OfGroup<T> work) {
    List<T> inOrder = new ArrayList<>(Collections.nCopies(trials.size(), null));
    List<TrialGroup> groups =
        TrialGroup.of(trials, snapshot.assignment(), Math.max(1, trials.size()));
    snapshot.each(groups, work, inOrder::set);
    return inOrder;
  }

  @Override
  public Prepared prepare() {
    return new Prepared(snapshot.table().foldSizes(), 0);
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    throw new UnsupportedOperationException(metric.label() + " needs rows, and here are none");
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return MetricSums.EMPTY;
  }

  @Override
  public EngineReport report() {
    return new EngineReport("moments", "none", "cpu", "from a snapshot", 0, 0, List.of());
  }

  @Override
  public void close() {}
}
