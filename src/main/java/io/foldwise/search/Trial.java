package io.foldwise.search;

import java.io.Serializable;

/**
 * One training: a candidate on all rows but those of a fold.
 *
 * @param heldOut the fold left out, or {@link #NONE}
 * @param epochs epochs to run, at most the candidate's; schedules keep the candidate's horizon
 */
public record Trial(Candidate candidate, int heldOut, long epochs) implements Serializable {
  /** No fold is held out: the training of the final model. */
  public static final int NONE = -1;

  /** The candidate's full training. */
  public static Trial of(Candidate candidate, int heldOut) {
    return new Trial(candidate, heldOut, candidate.descending().epochs());
  }
}
