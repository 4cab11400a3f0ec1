package io.foldwise.search;

import java.util.List;

/** Trains over the rows of a search whose folds are put together into groups of folds. */
@FunctionalInterface
public interface Regrouping {
  /**
   * Trains trials of one candidate.
   *
   * @param groups the group of each fold, in [0, m)
   * @param trials the trials, whose splits leave out groups
   */
  List<TrialResult> train(int[] groups, List<Trial> trials);
}
