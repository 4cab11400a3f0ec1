package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the m columns of a run over rows are: each in the coordinates of its own training set, with
 * a loss of one common kind. Columns are ordered by the fold they hold out, those that hold none
 * out first, so that the columns of a fold lie side by side.
 *
 * @param coordinates one a column, all with the same number of features
 * @param heldOut the fold that each column holds out, ascending; −1 for none
 * @param losses one a column
 * @param folds k
 */
public record TrialColumns(
    List<Coordinates> coordinates, int[] heldOut, List<Loss> losses, int folds)
    implements Serializable {
  public TrialColumns {
    coordinates = List.copyOf(coordinates);
    losses = List.copyOf(losses);
    for (int column = 1; column < heldOut.length; column++) {
      if (heldOut[column] < heldOut[column - 1]) {
        throw new IllegalArgumentException("columns must be ordered by their held-out fold");
      }
    }
  }

  /** The columns {@code from} to before {@code to}. */
  public TrialColumns slice(int from, int to) {
    return new TrialColumns(
        coordinates.subList(from, to),
        Arrays.copyOfRange(heldOut, from, to),
        losses.subList(from, to),
        folds);
  }

  /** p: the ones and the features. */
  public int width() {
    return coordinates.get(0).features() + 1;
  }

  /** Where each column's weights start in the matrix of weights, and where the last ends. */
  public int[] starts() {
    int[] starts = new int[heldOut.length + 1];
    for (int column = 0; column < heldOut.length; column++) {
      starts[column + 1] = starts[column] + coordinates.get(column).weights();
    }
    return starts;
  }

  /** The losses of some columns. */
  List<Loss> lossesOf(Side side) {
    return Arrays.stream(side.columns).mapToObj(losses::get).toList();
  }

  /** The columns that still move, as the kernel needs them. */
  Side side(ActiveColumns active) {
    int m = active.count();
    int[] columns = new int[m];
    int[] ends = new int[folds + 1];
    for (int i = 0; i < m; i++) {
      columns[i] = active.column(i);
      ends[heldOut[columns[i]] + 1]++;
    }
    for (int fold = 0; fold < folds; fold++) {
      ends[fold + 1] += ends[fold];
    }
    return new Side(columns, ends);
  }

  /**
   * Active columns side by side.
   *
   * @param columns which they are
   * @param ends those that hold fold f out stand from ends[f] to before ends[f + 1]
   */
  public record Side(int[] columns, int[] ends) implements Serializable {
    /** m. */
    public int count() {
      return columns.length;
    }
  }
}
