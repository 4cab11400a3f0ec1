package io.foldwise.search.training;

import io.foldwise.search.Convergence;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.List;

/** An engine that trains from moments alone, wherever it does so, and can hand them on. */
public interface TrainsFromMoments extends TrialEngine {
  /** The moments and what else training from them takes; the rows are read if they were not. */
  MomentsSnapshot moments();

  /**
   * The moments of blocks that can be dealt into folds anew: those of {@link #moments}, or of a
   * finer cut of the same rows.
   */
  default MomentsTable blocks() {
    return moments().table();
  }

  /** Makes something of each trial, group by group, in the order of the trials. */
  <T> List<T> inGroups(List<Trial> trials, MomentsSnapshot.OfGroup<T> work);

  @Override
  default List<TrialResult> train(List<Trial> trials) {
    return inGroups(trials, (trainer, group) -> trainer.train());
  }

  @Override
  default List<Convergence> convergence(List<TrialResult> trained) {
    List<MomentsTrainer.Trained> functions =
        trained.stream().map(MomentsTrainer.Trained::of).toList();
    boolean isSought = MomentsTrainer.isOptimumSought(trained);
    return inGroups(
        trained.stream().map(TrialResult::optimum).toList(),
        (trainer, group) ->
            trainer.convergence(group.indices().stream().map(functions::get).toList(), isSought));
  }
}
