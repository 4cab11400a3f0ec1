package io.foldwise.learn.model;

import io.foldwise.input.InvalidInputException;
import java.io.Serializable;

/**
 * What a candidate's model looks like, and in which coordinates it is trained.
 *
 * @param degree total degree of the polynomial, ≥ 1
 * @param fitIntercept whether ŷ has a constant of its own
 * @param standardize whether training sees features scaled (and, with an intercept, centred) by the
 *     training rows
 * @param constants what becomes of features that do not vary over the training rows and are not
 *     scaled; those that are scaled have a coefficient of zero
 */
public record ModelForm(int degree, boolean fitIntercept, boolean standardize, Constants constants)
    implements Serializable {
  /** What becomes of features that do not vary. */
  public enum Constants {
    /** They are features like others: without an intercept, one of ones serves as it. */
    KEPT,
    /** Their coefficients are zero, as in glmnet and MLlib. */
    DROPPED
  }

  /** A form that keeps features that do not vary. */
  public ModelForm(int degree, boolean fitIntercept, boolean standardize) {
    this(degree, fitIntercept, standardize, Constants.KEPT);
  }

  public ModelForm {
    if (degree < 1) {
      throw new InvalidInputException("'degree' (" + degree + ") must be >= 1");
    }
  }
}
