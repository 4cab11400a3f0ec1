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
 */
public record ModelForm(int degree, boolean fitIntercept, boolean standardize)
    implements Serializable {
  public ModelForm {
    if (degree < 1) {
      throw new InvalidInputException("'degree' (" + degree + ") must be >= 1");
    }
  }
}
