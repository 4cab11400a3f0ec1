package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * Which folds a training leaves out, {@code fold} to before {@code end}, and so which it is trained
 * on: all the others. It is scored on the rows of {@code fold}.
 *
 * <p>Of k folds, ordinary cross-validation leaves out one at a time, (f, f + 1); forward chaining
 * leaves out a fold and all later ones, (f, k).
 *
 * @param fold the fold that is scored; −1 where none is left out
 * @param end the fold after the last that is left out; −1 where none is
 */
public record Split(int fold, int end) implements Serializable, Comparable<Split> {
  /** The split that leaves nothing out, as the training of the final model does. */
  public static final Split NONE = new Split(-1, -1);

  public Split {
    if (fold < 0 ? fold != -1 || end != -1 : end <= fold) {
      throw new IllegalArgumentException("no folds are %d to before %d".formatted(fold, end));
    }
  }

  /** The split that leaves out one fold. */
  public static Split without(int fold) {
    return new Split(fold, fold + 1);
  }

  /** Whether no fold is left out. */
  public boolean isNone() {
    return fold < 0;
  }

  /** Whether this split leaves a fold out. */
  public boolean leavesOut(int other) {
    return other >= fold && other < end;
  }

  /** Orders splits by the fold that is scored, those that leave nothing out first. */
  @Override
  public int compareTo(Split other) {
    return Integer.compare(fold, other.fold);
  }
}
