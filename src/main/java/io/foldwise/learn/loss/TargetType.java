package io.foldwise.learn.loss;

/** What labels are, as scikit-learn's {@code type_of_target} calls it. */
public enum TargetType {
  /** Any number. */
  CONTINUOUS,
  /** One of two classes, 0 or 1. */
  BINARY,
  /** One of K classes, 0 to K − 1. */
  MULTICLASS
}
