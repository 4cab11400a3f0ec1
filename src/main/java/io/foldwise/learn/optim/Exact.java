package io.foldwise.learn.optim;

/** The optimum itself, with which every descent is compared. */
public record Exact() implements Optimizer {
  @Override
  public String label() {
    return "exact";
  }
}
