package io.foldwise.oracle;

import io.foldwise.learn.EpochOrder;
import io.foldwise.search.Trial;

/** The order in which an epoch of a trial visits the minibatches. */
public interface VisitingOrder {
  /**
   * A permutation of 0 … m − 1.
   *
   * @param epoch from 1
   */
  int[] of(Trial trial, int minibatches, long epoch);

  /** The same for every trial, from (seed, epoch) alone. */
  static VisitingOrder common(long seed) {
    return (trial, minibatches, epoch) -> new EpochOrder(seed, minibatches).of(epoch);
  }
}
