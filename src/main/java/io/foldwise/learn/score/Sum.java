package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.TargetType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What metrics are formulas of, over scored rows: one sum for every kind of loss, the largest
 * error, and the cells of the confusion matrix. A sum owns what a row adds to it and how the sums
 * of two sets of rows combine; it is registered in {@link #all} and in {@link Visitor}.
 */
public sealed interface Sum {
  /** Decision values are rounded to a part in this many before they decide. */
  double DECIMALS = 1e12;

  /** max |e|, over rows that weigh something. */
  static Sum largestError() {
    return new LargestError();
  }

  /** Σ w of the rows of class 1 that are predicted 1. */
  static Sum truePositive() {
    return new Cell(1, true);
  }

  /** Σ w of the rows of class 0 that are predicted 0. */
  static Sum trueNegative() {
    return new Cell(0, false);
  }

  /** Σ w of the rows of class 0 that are predicted 1. */
  static Sum falsePositive() {
    return new Cell(0, true);
  }

  /** Σ w of the rows of class 1 that are predicted 0. */
  static Sum falseNegative() {
    return new Cell(1, false);
  }

  /** All sums, in the order in which they are stored: those of losses first. */
  static List<Sum> all() {
    return Stream.concat(
            Loss.kinds().stream().map(OfLoss::new),
            Stream.of(
                largestError(), truePositive(), trueNegative(), falsePositive(), falseNegative()))
        .toList();
  }

  /** A function of the kind of sum; the compiler asks for every kind. */
  interface Visitor<R> {
    R ofLoss(OfLoss sum);

    R largestError(LargestError sum);

    R cell(Cell sum);
  }

  /** Σ w ℓ of a kind of loss, by a trial's own loss where that is of the kind. */
  static Sum of(Loss loss) {
    return Loss.kinds().stream()
        .filter(kind -> kind.isKindOf(loss))
        .map(OfLoss::new)
        .findFirst()
        .orElseThrow();
  }

  /** The sums that rows add to which models of a loss predict. */
  static List<Sum> ofModels(Loss trained) {
    return all().stream().filter(sum -> sum.fits(trained)).toList();
  }

  /** Whether the predictions of models of a loss add to it. */
  boolean fits(Loss trained);

  /** Whether it is of the predicted values in the label's units, where ŷ is on another scale. */
  default boolean isOfResponse() {
    return true;
  }

  /** Whether two sets of rows together have the larger of both, not the sum. */
  default boolean isLargest() {
    return false;
  }

  /** The value of two sets of rows together. */
  default double merged(double one, double other) {
    return isLargest() ? Math.max(one, other) : one + other;
  }

  /** Visits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** A sum of what each row adds by itself; what losses add is computed for many rows at once. */
  sealed interface OfRow extends Sum {
    /**
     * Writes what a row adds by each of its predictions, the row's weight left out.
     *
     * @param z predictions, of which the row has those of {@code from} to before {@code to}
     * @param label the row's label
     * @param out overwritten there
     */
    void into(double[] z, int from, int to, double label, double[] out);
  }

  /**
   * The sum of a kind of loss.
   *
   * @param kind the loss of this kind with its parameter at the default
   */
  record OfLoss(Loss kind) implements Sum {
    /** The loss that a trial is scored by: its own, or the kind's default. */
    public Loss scoredBy(Loss ofTrial) {
      return ofTrial.isKindOf(kind) ? ofTrial : kind;
    }

    @Override
    public boolean fits(Loss trained) {
      return kind.target() == trained.target()
          && (!kind.isLogLink() || trained.isLogLink())
          && (kind.target() != TargetType.MULTICLASS || kind.isKindOf(trained));
    }

    @Override
    public boolean isOfResponse() {
      return !kind.isLogLink();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ofLoss(this);
    }
  }

  /** See {@link #largestError}. */
  record LargestError() implements OfRow {
    @Override
    public boolean fits(Loss trained) {
      return !trained.isOfClasses();
    }

    @Override
    public boolean isLargest() {
      return true;
    }

    @Override
    public void into(double[] z, int from, int to, double label, double[] out) {
      for (int at = from; at < to; at++) {
        out[at] = Math.abs(z[at] - label);
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.largestError(this);
    }
  }

  /**
   * A cell of the confusion matrix.
   *
   * @param label the class of its rows
   * @param positive whether they are predicted 1: z > 0, rounded
   */
  record Cell(int label, boolean positive) implements OfRow {
    @Override
    public boolean fits(Loss trained) {
      return trained.isBinary();
    }

    @Override
    public void into(double[] z, int from, int to, double y, double[] out) {
      if (y != label) {
        Arrays.fill(out, from, to, 0);
        return;
      }
      for (int at = from; at < to; at++) {
        out[at] = Math.rint(z[at] * DECIMALS) > 0 == positive ? 1 : 0;
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cell(this);
    }
  }
}
