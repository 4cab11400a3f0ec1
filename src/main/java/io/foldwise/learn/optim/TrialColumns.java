package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What the m columns of a run over rows are: each in the coordinates of its own training set, with
 * a loss of one common kind. Columns are ordered by the fold they are scored on, those that leave
 * none out first, so that those that leave out a piece lie side by side.
 *
 * @param coordinates one for each column, all with the same number of features
 * @param splits what each column leaves out and is scored on, all ascending
 * @param losses one for each column
 * @param pieces the number of pieces that rows are of
 */
public record TrialColumns(
    List<Coordinates> coordinates, List<Split> splits, List<Loss> losses, int pieces)
    implements Serializable {
  public TrialColumns {
    coordinates = List.copyOf(coordinates);
    splits = List.copyOf(splits);
    losses = List.copyOf(losses);
  }

  /** The columns {@code from} to before {@code to}. */
  public TrialColumns slice(int from, int to) {
    return new TrialColumns(
        coordinates.subList(from, to), splits.subList(from, to), losses.subList(from, to), pieces);
  }

  /** The width p of the rows: the ones and the features. */
  public int width() {
    return coordinates.get(0).features() + 1;
  }

  /** The number of functions that make a column's prediction, K. */
  public int functions() {
    return coordinates.get(0).functions();
  }

  /** Where each column's weights start in the matrix of weights, and where the last ends. */
  public int[] starts() {
    int[] starts = new int[splits.size() + 1];
    for (int column = 0; column < splits.size(); column++) {
      starts[column + 1] = starts[column] + coordinates.get(column).weights();
    }
    return starts;
  }

  /**
   * The gradient of a column's mean loss at its weights.
   *
   * @param sums of m columns side by side, see {@link GradientSums#gradients}
   * @param i its place among them
   * @param weight the weight of the rows that it is trained on
   */
  double[] gradient(int column, double[] sums, int i, int m, double weight) {
    Coordinates own = coordinates.get(column);
    double[] gradient = new double[own.weights()];
    own.gradientInto(sums, i, m, 1 / weight, gradient, 0);
    return gradient;
  }

  /** The losses of some columns. */
  List<Loss> lossesOf(Side side) {
    return Arrays.stream(side.columns).mapToObj(losses::get).toList();
  }

  /** The columns that still move, as the kernel needs them. */
  Side side(ActiveColumns active) {
    int m = active.count();
    int[] columns = new int[m];
    for (int i = 0; i < m; i++) {
      columns[i] = active.column(i);
    }
    Splits side = new Splits(Arrays.stream(columns).mapToObj(splits::get).toList());
    return new Side(
        columns,
        new Range(ofPieces(side::firstOut), ofPieces(side::endOut)),
        new Range(ofPieces(side::firstScored), ofPieces(side::endScored)));
  }

  private int[] ofPieces(IntUnaryOperator column) {
    return IntStream.range(0, pieces).map(column).toArray();
  }

  /**
   * Columns that stand together, for each piece.
   *
   * @param from the first of them
   * @param end the one after the last
   */
  public record Range(int[] from, int[] end) implements Serializable {}

  /**
   * Active columns side by side.
   *
   * @param columns which columns they are
   * @param out those that leave a piece out
   * @param scored those among them that are scored on it
   */
  public record Side(int[] columns, Range out, Range scored) implements Serializable {
    /** The number of active columns, m. */
    public int count() {
      return columns.length;
    }
  }
}
