package io.foldwise.search;

import java.util.List;

/** Trains over the rows of a search whose folds are put together into groups of folds. */
@FunctionalInterface
public interface Regrouping {
  /**
   * The fewest and the most folds: of k, k(k − 1)/2 trainings are made, two folds left out each.
   */
  int FEWEST_FOLDS = 3;

  int MOST_FOLDS = 20;

  /** Whether each two of so many folds may be left out. */
  static boolean takes(int folds) {
    return folds >= FEWEST_FOLDS && folds <= MOST_FOLDS;
  }

  /** The number of dealings into pairs of folds by which every two meet: k − 1, or k where odd. */
  static int rounds(int folds) {
    return folds - 1 + folds % 2;
  }

  /**
   * Trains trials of one candidate.
   *
   * @param groups the group of each fold, in [0, m)
   * @param trials the trials, whose splits leave out groups
   */
  List<TrialResult> train(int[] groups, List<Trial> trials);
}
