package io.foldwise.spark.data;

import java.util.Locale;

/** How training rows are dealt into folds. */
public enum FoldStrategy {
  /** By (seed, row key). */
  RANDOM,
  /** Consecutive runs of file order, as scikit-learn's KFold(shuffle=False). */
  CONTIGUOUS,
  /** Evenly within each label value, as scikit-learn's StratifiedKFold(shuffle=True). */
  STRATIFIED,
  /** Rows of one group share a fold, as scikit-learn's GroupKFold. */
  GROUP,
  /** The distinct values of the fold column, sorted, are folds 0 to k−1. */
  COLUMN,
  /** No folds: every row is in fold 0. */
  NONE;

  /** The name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
