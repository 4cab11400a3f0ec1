package io.foldwise.search;

import io.foldwise.learn.optim.Split;
import java.io.Serializable;

/**
 * One training: a candidate on all rows except those of some folds.
 *
 * @param split the folds left out
 * @param epochs the epochs to run, at most the candidate's; schedules keep the candidate's horizon
 */
public record Trial(Candidate candidate, Split split, long epochs) implements Serializable {
  /** The candidate's full training. */
  public static Trial of(Candidate candidate, Split split) {
    return new Trial(candidate, split, candidate.descending().epochs());
  }

  /** The fold that it is scored on; −1 where it is trained on all. */
  public int heldOut() {
    return split.fold();
  }
}
