package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.Arrays;

/** For each minibatch, whether all its rows are of one fold: whoever holds that out skips it. */
public final class SoleFolds implements Serializable {
  private static final int NO_ROWS = -2;
  private static final int SEVERAL = -3;

  private final int[] soles;

  /** Of m minibatches without rows. */
  public SoleFolds(int m) {
    soles = new int[m];
    Arrays.fill(soles, NO_ROWS);
  }

  /** Adds the rows of a part; rows that weigh nothing do not count. */
  public SoleFolds add(CutRows part) {
    for (int b = 0; b < soles.length; b++) {
      for (int row = part.from(b); row < part.to(b); row++) {
        if (part.rows().weight(row) > 0) {
          meet(b, part.rows().folds()[row]);
        }
      }
    }
    return this;
  }

  /** Adds rows of a fold to minibatch b. */
  public void meet(int b, int fold) {
    soles[b] = soles[b] == NO_ROWS || soles[b] == fold ? fold : SEVERAL;
  }

  /** Adds what other rows of the same minibatches showed. */
  public SoleFolds merge(SoleFolds other) {
    for (int b = 0; b < soles.length; b++) {
      if (other.soles[b] != NO_ROWS) {
        meet(b, other.soles[b]);
      }
    }
    return this;
  }

  int minibatches() {
    return soles.length;
  }

  /** Whether nothing is left of a minibatch without a fold; −1 holds out none. */
  public boolean isEmpty(int b, int heldOut) {
    return soles[b] == NO_ROWS || soles[b] == heldOut;
  }
}
