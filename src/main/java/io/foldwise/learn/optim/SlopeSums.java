package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * What rows add to the value and gradient of m functions' losses. Sums over other rows can be
 * added.
 *
 * @param losses Σ w ℓ over the rows trained on and over the held-out ones
 * @param gradients Σ w ℓ′·x over the rows trained on
 */
public record SlopeSums(LossSums losses, GradientSums gradients) implements Serializable {
  /** Adds the sums of other rows to these. */
  public SlopeSums merge(SlopeSums other) {
    losses.merge(other.losses);
    gradients.merge(other.gradients);
    return this;
  }
}
