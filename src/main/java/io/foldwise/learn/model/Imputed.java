package io.foldwise.learn.model;

import java.io.Serializable;
import java.util.List;

/**
 * A feature whose missing cells are filled with its mean or median over the rows that are trained
 * on, in each fold that of its own: x̂ = x̃ + δ·m, where x̃ holds a constant c in place of missing
 * cells, m is 1 in their rows and 0 in others, and δ = mean or median of the cells that are there −
 * c. So x̂ is a feature in the columns that rows have, and training it needs their sums alone; a
 * model of x̂ with the coefficient β is one of x̃ and m with β and β·δ.
 *
 * @param value the column of x̃
 * @param missing the column of m, which has no weight of its own
 * @param filled c
 * @param medians the median where each fold is held out, then that where none is; the median of the
 *     training set alone where that is settled, NaN while rows are not dealt; none where cells are
 *     filled with means, which sums tell
 */
public record Imputed(int value, int missing, double filled, List<Double> medians)
    implements Serializable {
  public Imputed {
    medians = List.copyOf(medians);
  }

  /** A feature that is filled with medians, which are found when rows are dealt. */
  public static Imputed ofMedians(int value, int missing, double filled) {
    return new Imputed(value, missing, filled, List.of(Double.NaN));
  }

  /** A feature that is filled with means. */
  public Imputed(int value, int missing, double filled) {
    this(value, missing, filled, List.of());
  }

  /** Whether it is filled with medians. */
  public boolean isByMedian() {
    return !medians.isEmpty();
  }

  /** This feature with medians. */
  public Imputed with(List<Double> others) {
    return new Imputed(value, missing, filled, others);
  }

  /** This feature on the training set that leaves a fold out, −1 where none is. */
  Imputed without(int fold) {
    return isByMedian() ? with(List.of(medians.get(fold < 0 ? medians.size() - 1 : fold))) : this;
  }
}
