package io.foldwise.learn.optim;

/**
 * The optimum itself, with which every descent is compared.
 *
 * <p>With a scale σ > 0 that is estimated along with the weights β (Huber 1981, chapter 7; Owen
 * 2007) the last feature is the label y, and the optimum is that of
 *
 * <pre>
 * σ·(½ + mean ℓ(u)) + penalty of β,   u = (βᵀx − y)/σ
 * </pre>
 *
 * which is convex in β and σ. The function that is trained is u, of the label 0: its coefficients
 * are β/σ, and −1/σ for y.
 *
 * @param estimatesScale whether a scale is estimated
 */
public record Exact(boolean estimatesScale) implements Optimizer {
  /** The optimum for a scale of 1. */
  public Exact() {
    this(false);
  }

  @Override
  public String label() {
    return "exact";
  }
}
