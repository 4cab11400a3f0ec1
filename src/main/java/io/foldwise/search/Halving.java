package io.foldwise.search;

import io.foldwise.input.InvalidInputException;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016): all candidates run a few epochs, the
 * best 1/factor of them run factor times as many, and so on; the last run all of theirs.
 *
 * <p>Each rung starts anew from the initial weights, and schedules keep their stated horizon, so
 * that what ends the last rung is what a search without halving would have found for the same
 * candidate, except where the order of minibatches depends on which trials run together (rotate).
 *
 * @param factor the factor, ≥ 2
 */
public record Halving(int factor) {
  public Halving {
    if (factor < 2) {
      throw new InvalidInputException(
          "'halving' (" + factor + ") must be >= 2: each rung keeps 1/halving of the candidates");
    }
  }

  /** The number of rungs: the most for which the last has at least one candidate to keep. */
  int rungs(int candidates) {
    int rungs = 1;
    for (long left = candidates; left >= factor; left /= factor) {
      rungs++;
    }
    return rungs;
  }

  /**
   * The epochs of a rung, at least 1: ⌈epochs / factor^(rungs − 1 − rung)⌉.
   *
   * @param rung the rung, from 0
   */
  long epochs(long epochs, int rung, int rungs) {
    double share = Math.pow(factor, rungs - 1.0 - rung);
    return (long) Math.max(1, Math.ceil(epochs / share));
  }

  /** The number of a rung's candidates that go on to the next. */
  int kept(int candidates) {
    return (candidates + factor - 1) / factor;
  }
}
