package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * Which pieces of the rows a training leaves out, and so which it is trained on: all the others;
 * and which of those that it leaves out it is scored on. A piece is a fold, or where a purge cuts
 * folds in two, one of the two.
 *
 * <p>Of k folds, ordinary cross-validation leaves out one at a time, [f, f + 1), and forward
 * chaining a fold and all later ones, [f, k); both score [f, f + 1). Where piece 2g + 1 is the end
 * of fold g, forward chaining with a purge leaves out [2f − 1, 2k) and scores [2f, 2f + 2).
 *
 * @param fold the fold that is scored; −1 where none is left out
 * @param out the pieces that are left out
 * @param scored the pieces that are scored, all of them left out
 */
public record Split(int fold, Pieces out, Pieces scored)
    implements Serializable, Comparable<Split> {
  /** The split that leaves nothing out, as the training of the final model does. */
  public static final Split NONE = new Split(-1, Pieces.NONE, Pieces.NONE);

  /**
   * Pieces that follow each other.
   *
   * @param from the first; −1 where there are none
   * @param end the one after the last; −1 where there are none
   */
  public record Pieces(int from, int end) implements Serializable {
    static final Pieces NONE = new Pieces(-1, -1);

    public Pieces {
      if (from < 0 ? from != -1 || end != -1 : end <= from) {
        throw new IllegalArgumentException("no pieces are %d to before %d".formatted(from, end));
      }
    }

    boolean contains(int piece) {
      return piece >= from && piece < end;
    }
  }

  public Split {
    if (scored.from < out.from || scored.end > out.end) {
      throw new IllegalArgumentException(scored + " would be scored, and " + out + " left out");
    }
  }

  /** The split that leaves out folds that are whole, and is scored on the first of them. */
  public Split(int fold, int end) {
    this(fold, new Pieces(fold, end), new Pieces(fold, fold + 1));
  }

  /** The split that leaves out one fold. */
  public static Split without(int fold) {
    return new Split(fold, fold + 1);
  }

  /** Whether no fold is left out. */
  public boolean isNone() {
    return fold < 0;
  }

  /** Whether this split leaves a piece out. */
  public boolean leavesOut(int piece) {
    return out.contains(piece);
  }

  /** Whether this split is scored on a piece. */
  public boolean scores(int piece) {
    return scored.contains(piece);
  }

  /** Orders splits by the fold that is scored, those that leave nothing out first. */
  @Override
  public int compareTo(Split other) {
    return Integer.compare(fold, other.fold);
  }
}
