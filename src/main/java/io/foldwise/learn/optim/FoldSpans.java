package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The least and the greatest fold among the rows of each minibatch, or piece of a fold: a split
 * that leaves out all between them skips the minibatch.
 */
public final class FoldSpans implements Serializable {
  private final int[] least;
  private final int[] greatest;

  /** The spans of m minibatches without rows. */
  public FoldSpans(int m) {
    least = new int[m];
    greatest = new int[m];
    Arrays.fill(least, Integer.MAX_VALUE);
    Arrays.fill(greatest, -1);
  }

  /** Adds the rows of a part; rows that weigh nothing do not count. */
  public FoldSpans add(MinibatchRows part) {
    for (int b = 0; b < least.length; b++) {
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
    least[b] = Math.min(least[b], fold);
    greatest[b] = Math.max(greatest[b], fold);
  }

  /** Adds the spans of other rows of the same minibatches. */
  public FoldSpans merge(FoldSpans other) {
    for (int b = 0; b < least.length; b++) {
      least[b] = Math.min(least[b], other.least[b]);
      greatest[b] = Math.max(greatest[b], other.greatest[b]);
    }
    return this;
  }

  int minibatches() {
    return least.length;
  }

  /** Whether nothing of a minibatch is left to train on. */
  public boolean isEmpty(int b, Split split) {
    return greatest[b] < 0 || (least[b] >= split.out().from() && greatest[b] < split.out().end());
  }
}
