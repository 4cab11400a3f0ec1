package io.foldwise.search.training;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.loss.OrderedLabels;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.LabelledRows;
import io.foldwise.learn.optim.MinibatchRows;
import io.foldwise.learn.optim.Split;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.DenseRows;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import io.foldwise.search.Assignment;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Training rows that are at hand, a few thousand at most, in the order of their minibatches: each
 * row is 1, the carried terms about their shift, and the label about its shift.
 */
public final class RowsInMemory {
  private final Setting setting;
  private final Assignment assignment;
  private final Shift shift;
  private final int width;
  private final double[] rows;
  private final int[] folds;
  private final LabelledRows labelled;

  /**
   * How rows are trained on.
   *
   * @param basis the terms of the highest degree
   * @param loss the kind of loss
   * @param initialWeights where descent starts
   * @param seed the seed of the order of minibatches and of drawn initial weights
   * @param points the most points of a curve
   */
  public record Setting(
      PolynomialBasis basis, Loss loss, InitialWeights initialWeights, long seed, int points) {}

  /**
   * How rows are dealt.
   *
   * @param folds the fold of each row, from 0, or the piece of it
   * @param positions the place of each row in one shuffled order, each from 0 to n − 1 once
   * @param trainedOn which rows a trial is trained on
   */
  public record Dealt(int[] folds, int[] positions, Assignment.TrainedOn trainedOn) {
    int count() {
      return trainedOn.fold(Arrays.stream(folds).max().orElse(0)) + 1;
    }
  }

  /**
   * Takes rows.
   *
   * @param x features, row-major n × d
   * @param labels y, n long
   */
  public RowsInMemory(double[] x, double[] labels, Dealt dealt, Setting setting) {
    int n = labels.length;
    int d = setting.basis().features().size();
    if (x.length != n * d || dealt.folds.length != n || dealt.positions.length != n) {
      throw new IllegalArgumentException(
          "%d labels, %d numbers of %d features, %d folds, %d positions"
              .formatted(n, x.length, d, dealt.folds.length, dealt.positions.length));
    }
    this.setting = setting;
    this.assignment = new Assignment(n, dealt.count(), n, dealt.trainedOn);
    this.width = setting.basis().terms() + 1;
    this.rows = new double[n * (width + 1)];
    this.folds = new int[n];
    double[] scratch = new double[setting.basis().scratchLength()];
    for (int row = 0; row < n; row++) {
      int at = dealt.positions[row] * (width + 1);
      rows[at] = 1;
      double[] own = Arrays.copyOfRange(x, row * d, (row + 1) * d);
      setting.basis().expandInto(own, rows, at + 1, scratch);
      rows[at + width] = labels[row];
      folds[dealt.positions[row]] = dealt.folds[row];
    }
    this.shift = shiftByMeans();
    this.labelled = labelled();
  }

  /** Shifts all columns by their means, labels that a loss needs as they are excepted. */
  private Shift shiftByMeans() {
    int n = folds.length;
    double[] means = new double[width];
    for (int column = 1; column <= width; column++) {
      double sum = 0;
      for (int row = 0; row < n; row++) {
        sum += rows[row * (width + 1) + column];
      }
      means[column - 1] = column == width && !setting.loss.isOfErrors() ? 0 : sum / n;
      for (int row = 0; row < n; row++) {
        rows[row * (width + 1) + column] -= means[column - 1];
      }
    }
    return new Shift(means);
  }

  private LabelledRows labelled() {
    int n = folds.length;
    double[] x = new double[n * width];
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      System.arraycopy(rows, row * (width + 1), x, row * width, width);
      labels[row] = rows[row * (width + 1) + width];
    }
    return new LabelledRows(new DenseRows(width, x), labels, new double[0], folds);
  }

  Setting setting() {
    return setting;
  }

  public Assignment assignment() {
    return assignment;
  }

  Shift shift() {
    return shift;
  }

  /** All rows, cut into minibatches. */
  MinibatchRows cut(int minibatches) {
    MinibatchBorders borders = new MinibatchBorders(assignment, List.of(minibatches));
    int[] starts = new int[minibatches + 1];
    for (int b = 0; b < minibatches; b++) {
      starts[b] = (int) borders.start(borders.firstSegment(b, minibatches));
    }
    starts[minibatches] = folds.length;
    return new MinibatchRows(labelled, starts);
  }

  /** The moments of the rows {@code from} to before {@code to} of some folds. */
  Moments moments(int from, int to, IntPredicate ofFold) {
    MomentsAccumulator sums = new MomentsAccumulator(width - 1);
    double[] scratch = new double[MomentsAccumulator.scratchLength(width - 1)];
    for (int row = from; row < to; row++) {
      if (ofFold.test(folds[row])) {
        sums.addRows(rows, row * (width + 1), 1, scratch);
      }
    }
    return sums.moments();
  }

  /** The moments of the rows that a split trains on. */
  Moments training(Split split) {
    return moments(0, folds.length, fold -> !split.leavesOut(fold));
  }

  /** The moments of the rows that a split is scored on. */
  Moments validation(Split split) {
    return moments(0, folds.length, split::scores);
  }

  /**
   * The constants, one for each function, that minimise a loss over the rows that a split trains
   * on, about the shift.
   */
  double[] bestConstants(Loss loss, Split split, ColumnSums training) {
    if (loss instanceof MulticlassLoss several) {
      double[] weights = new double[loss.functions()];
      IntStream.range(0, folds.length)
          .filter(row -> !split.leavesOut(folds[row]))
          .forEach(row -> weights[(int) labelled.labels()[row]]++);
      return several.bestConstants(weights);
    }
    return new double[] {
      loss.isOfOrder() ? bestInOrder(loss, split, training) : loss.bestConstant(training)
    };
  }

  private double bestInOrder(Loss loss, Split split, ColumnSums training) {
    OrderedLabels ordered =
        new OrderedLabels(
            IntStream.range(0, folds.length)
                .filter(row -> !split.leavesOut(folds[row]))
                .mapToDouble(row -> labelled.labels()[row])
                .toArray(),
            new double[0]);
    double low = Math.nextDown(ordered.least() - loss.beyondLabels());
    double high = ordered.greatest() + loss.beyondLabels();
    double zero = training.weight() * loss.zeroSlope(high - low);
    double least = leastAbove(loss, ordered, -zero, low, high);
    return loss.isBestBetweenKinks()
        ? least / 2 + leastAbove(loss, ordered, zero, low, high) / 2
        : least;
  }

  /** The least constant where the slope has reached a level; the end if it never does. */
  private static double leastAbove(
      Loss loss, OrderedLabels ordered, double level, double from, double to) {
    double low = from;
    double high = to;
    for (double middle = low / 2 + high / 2;
        low < middle && middle < high;
        middle = low / 2 + high / 2) {
      if (loss.slope(ordered, middle) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The rows' moments, by which squared loss is trained. */
  public MomentsSnapshot snapshot(Collection<Integer> minibatches) {
    MinibatchBorders borders = new MinibatchBorders(assignment, minibatches);
    BlockSums sums = new BlockSums(width - 1);
    for (int row = 0; row < folds.length; row++) {
      sums.addRows(borders.block(row, folds[row]), rows, row * (width + 1), 1);
    }
    return new MomentsSnapshot(
        setting.basis,
        shift,
        setting.initialWeights,
        setting.seed,
        setting.points,
        new MomentsTable(borders, width - 1, List.of(sums)));
  }

  /** The number of rows of each fold, or of each piece. */
  long[] foldSizes() {
    long[] sizes = new long[assignment.pieces()];
    Arrays.stream(folds).forEach(fold -> sizes[fold]++);
    return sizes;
  }

  /** The fold of each row, or the piece of it, in the order of positions. */
  int[] folds() {
    return folds;
  }

  /** The carried terms of a row in the order of positions, without their shift. */
  double[] terms(int row) {
    double[] terms = Arrays.copyOfRange(rows, row * (width + 1) + 1, row * (width + 1) + width);
    for (int term = 0; term < terms.length; term++) {
      terms[term] += shift.feature(term);
    }
    return terms;
  }

  /** The label of a row in the order of positions. */
  double label(int row) {
    return labelled.labels()[row] + shift.label();
  }
}
