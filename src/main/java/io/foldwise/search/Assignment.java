package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.optim.Split;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the rows of a training set are dealt into folds and minibatches.
 *
 * <p>Each row carries two integers as data: its fold g in [0, folds), or the piece of it in [0,
 * pieces), and its position p in [0, positions) of one shuffled order. With m minibatches per
 * epoch, the row belongs to minibatch ⌊p·m/positions⌋, whatever its fold: a held-out fold drops out
 * of every minibatch, and the number of steps in an epoch is that of the refit.
 *
 * @param rows number of training rows, n ≥ 1
 * @param folds number of folds, k ≥ 1 (1: nothing is ever held out)
 * @param positions resolution of the position: n where positions are exact ranks, so that
 *     minibatches differ by at most one row; 2³² where they are hashes
 * @param trainedOn which rows a trial is trained on, given the fold that it is scored on
 */
public record Assignment(long rows, int folds, long positions, TrainedOn trainedOn)
    implements Serializable {
  /** The rows that a trial is trained on, given the fold that it is scored on. */
  public enum TrainedOn {
    /** All other folds, as in ordinary cross-validation. */
    OTHERS(1),
    /** All earlier folds, as in forward chaining over time. Nothing is scored on the first. */
    EARLIER(1),
    /**
     * All earlier folds without the end of the last of them, as in forward chaining with a purge.
     * The rows of fold g that lie within the purge before fold g + 1 are piece 2g + 1, its others
     * piece 2g; the last fold is one piece.
     */
    EARLIER_PURGED(2);

    private final int pieces;

    TrainedOn(int pieces) {
      this.pieces = pieces;
    }

    /** The fold that a piece is of, as people number folds. */
    public int fold(int piece) {
      return piece / pieces;
    }

    /** What is left out where a fold is scored, of k. */
    private Split split(int fold, int k) {
      return this == OTHERS
          ? Split.without(fold)
          : new Split(
              fold,
              new Split.Pieces(pieces * (fold - 1) + 1, pieces * k),
              new Split.Pieces(pieces * fold, pieces * (fold + 1)));
    }
  }

  /** The most minibatches in an epoch. */
  private static final int MOST_MINIBATCHES = 100_000_000;

  /** The resolution of positions that are hashes rather than ranks. */
  public static final long HASHED_POSITIONS = 1L << 32;

  public Assignment {
    if (rows < 1) {
      throw new InvalidInputException("the training set is empty: at least one row is needed");
    }
    if (folds < 1) {
      throw new InvalidInputException("'folds' (" + folds + ") must be >= 1");
    }
    if (folds > rows) {
      throw new InvalidInputException(
          "'folds' (" + folds + ") must be <= rows (" + rows + "): a fold would be empty");
    }
    if (positions < rows && positions != HASHED_POSITIONS) {
      throw new IllegalArgumentException("positions (" + positions + ") < rows (" + rows + ")");
    }
  }

  /** Every trial is trained on all folds except the one it is scored on. */
  public Assignment(long rows, int folds, long positions) {
    this(rows, folds, positions, TrainedOn.OTHERS);
  }

  /** What each trial of a candidate leaves out, in the order of the folds they are scored on. */
  public List<Split> splits() {
    if (folds == 1) {
      return List.of(Split.NONE);
    }
    int first = trainedOn == TrainedOn.OTHERS ? 0 : 1;
    return IntStream.range(first, folds).mapToObj(fold -> trainedOn.split(fold, folds)).toList();
  }

  /** The number of pieces that the fold column numbers: the folds, or two for each. */
  public int pieces() {
    return trainedOn.pieces * folds;
  }

  /** The number of minibatches in an epoch at a batch size: ⌈n / batchSize⌉, at least 1. */
  public int minibatches(long batchSize) {
    long minibatches = Math.max(1, (rows - 1) / batchSize + 1);
    if (minibatches > MOST_MINIBATCHES) {
      throw new InvalidInputException(
          "'batch-size' (%d) must be >= %d: %,d rows make more than %,d minibatches"
              .formatted(batchSize, (rows - 1) / MOST_MINIBATCHES + 1, rows, MOST_MINIBATCHES));
    }
    return (int) minibatches;
  }

  /** The minibatch, in [0, minibatches), of a position. */
  public int minibatch(long position, int minibatches) {
    return (int) (position * minibatches / positions);
  }
}
