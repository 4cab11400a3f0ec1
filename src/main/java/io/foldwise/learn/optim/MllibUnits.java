package io.foldwise.learn.optim;

import io.foldwise.math.ColumnSums;
import java.util.List;

/**
 * The penalties of Spark MLlib's λ and α: as it divides the features, and for squared loss the
 * label, by standard deviations s of its own, λα·‖w‖₁ + λ(1 − α)/2·‖w‖² over its coordinates come
 * in ours, which divide features by population deviations σ, to
 *
 * <pre>
 * squared loss   l1 = 2λα·ρ    l2 = λ(1 − α)·ρ²/s_y
 * with a scale   l1 = 0        l2 = λ/2·ρ²·σ_y
 * other losses   l1 = λα·ρ     l2 = λ(1 − α)/2·ρ²
 * </pre>
 *
 * with ρ = s/σ, or 1 where features are not standardised, and then σ_y is 1 too. (Squared loss is
 * ½(ŷ − y)²/s_y² there and (ŷ − y)² here; a scale, see {@link Exact}, is here in units of the
 * label's coordinate.)
 *
 * @param label what is done to the label
 * @param standardizes whether features are divided by their deviations
 * @param deviation which deviation s is
 * @param squaredWeights Σ w² over each fold; empty where rows have no weights
 */
public record MllibUnits(
    Label label, boolean standardizes, Deviation deviation, List<Double> squaredWeights)
    implements Penalty.Units {
  /** What is done to the label. */
  public enum Label {
    /** It is divided by its deviation. */
    DIVIDED,
    /** It is the last feature, and errors are in units of a scale. */
    SCALED,
    /** Nothing. */
    KEPT
  }

  /** A standard deviation. */
  public enum Deviation {
    /** √(Σ w (x − x̄)²/Σ w), as MLlib's normal equations have it. */
    POPULATION,
    /** √(Σ w (x − x̄)²/(Σ w − Σ w²/Σ w)), as its iterative solvers have it. */
    SAMPLE
  }

  public MllibUnits {
    squaredWeights = List.copyOf(squaredWeights);
  }

  @Override
  public double ofL1(Split split, ColumnSums training) {
    return standardizes ? Math.sqrt(ratio(split, training)) : 1;
  }

  @Override
  public double ofL2(Split split, ColumnSums training) {
    double features = standardizes ? ratio(split, training) : 1;
    return switch (label) {
      case KEPT -> features;
      case DIVIDED -> {
        double variance = variance(training, training.label()) * ratio(split, training);
        yield variance > 0 ? features / Math.sqrt(variance) : features;
      }
      case SCALED ->
          standardizes ? features * Math.sqrt(variance(training, training.label() - 1)) : features;
    };
  }

  private static double variance(ColumnSums training, int column) {
    return training.deviation(column) / training.weight();
  }

  /** (s/σ)². */
  private double ratio(Split split, ColumnSums training) {
    if (deviation == Deviation.POPULATION) {
      return 1;
    }
    double unseen = squares(split, training) / training.weight();
    return training.weight() > unseen ? training.weight() / (training.weight() - unseen) : 1;
  }

  /** Σ w² over the rows trained on. */
  private double squares(Split split, ColumnSums training) {
    if (squaredWeights.isEmpty()) {
      return training.rows();
    }
    double sum = 0;
    for (int fold = 0; fold < squaredWeights.size(); fold++) {
      sum += split.leavesOut(fold) ? 0 : squaredWeights.get(fold);
    }
    return sum;
  }
}
