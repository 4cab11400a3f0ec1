package io.foldwise.learn;

import java.io.Serializable;

/**
 * One candidate's weights in a matrix that holds several candidates column after column.
 *
 * @param from index of its first weight
 * @param length number of weights, d
 * @param unpenalized leading weights that no penalty touches: 1 where the first is an intercept
 * @param penalty the candidate's penalty
 */
public record WeightColumn(int from, int length, int unpenalized, Penalty penalty)
    implements Serializable {
  /** The same column elsewhere. */
  public WeightColumn at(int otherFrom) {
    return new WeightColumn(otherFrom, length, unpenalized, penalty);
  }

  int penalizedFrom() {
    return from + unpenalized;
  }

  int end() {
    return from + length;
  }
}
