package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The splits of columns that stand side by side, ordered by what they leave out: columns that leave
 * out a piece lie together, and among them those that are scored on it.
 */
public final class Splits implements Serializable {
  private final Bounds out;
  private final Bounds scored;

  /**
   * Takes the splits of ordered columns.
   *
   * @param splits one for each column, the pieces that they leave out and are scored on ascending
   */
  public Splits(List<Split> splits) {
    out = Bounds.of(splits, Split::out);
    scored = Bounds.of(splits, Split::scored);
  }

  /** The pieces of each column, from where to before where, both ascending. */
  private record Bounds(int[] from, int[] end) implements Serializable {
    static Bounds of(List<Split> splits, Function<Split, Split.Pieces> of) {
      return new Bounds(
          ascending(splits, split -> of.apply(split).from()),
          ascending(splits, split -> of.apply(split).end()));
    }

    private static int[] ascending(List<Split> splits, ToIntFunction<Split> number) {
      int[] numbers = splits.stream().mapToInt(number).toArray();
      for (int column = 1; column < numbers.length; column++) {
        if (numbers[column] < numbers[column - 1]) {
          throw new IllegalArgumentException("columns must be ordered by what they leave out");
        }
      }
      return numbers;
    }

    boolean isSame(int column, int other) {
      return from[column] == from[other] && end[column] == end[other];
    }
  }

  /** The number of columns. */
  public int count() {
    return out.from.length;
  }

  /** The first column that leaves a piece out, if any does; the last is before {@link #endOut}. */
  public int firstOut(int piece) {
    return firstAbove(out.end, piece);
  }

  /** The column after those that leave a piece out. */
  public int endOut(int piece) {
    return firstAbove(out.from, piece);
  }

  /** The first column that is scored on a piece, if any; the last is before {@link #endScored}. */
  public int firstScored(int piece) {
    return firstAbove(scored.end, piece);
  }

  /** The column after those that are scored on a piece. */
  public int endScored(int piece) {
    return firstAbove(scored.from, piece);
  }

  /** Whether two columns leave out the same pieces, and are scored on the same. */
  public boolean isSame(int column, int other) {
    return out.isSame(column, other) && scored.isSame(column, other);
  }

  /** The first place in ascending numbers of one that is greater. */
  private static int firstAbove(int[] ascending, int number) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
