package io.foldwise.learn.loss;

import io.foldwise.input.InvalidInputException;

/**
 * The Tweedie deviance of power p in (1, 2), without scikit-learn's ½, of the mean μ = exp(ŷ): 2(
 * y²⁻ᵖ/((1 − p)(2 − p)) − y·μ¹⁻ᵖ/(1 − p) + μ²⁻ᵖ/(2 − p)). The derivative is 2(μ²⁻ᵖ − y·μ¹⁻ᵖ).
 * Labels are sums of a Poisson number of gamma parts, as claims of a year: ≥ 0, many of them 0.
 *
 * @param power p; 1 would be {@link Poisson}, 2 {@link Gamma}
 */
public record Tweedie(double power) implements LogLink {
  public static final double DEFAULT_POWER = 1.5;

  public Tweedie {
    if (!(power > 1 && power < 2)) {
      throw new InvalidInputException(
          "'power' (" + power + ") must lie in (1, 2): 1 is loss poisson, 2 is loss gamma");
    }
  }

  @Override
  public String label() {
    return "tweedie";
  }

  @Override
  public String metric() {
    return "tweedie-deviance";
  }

  /** About μ = y the terms all but cancel, and are written in u = ŷ − ln y. */
  @Override
  public double value(double prediction, double label) {
    double more = 2 - power;
    double less = 1 - power;
    if (label == 0) {
      return 2 * Math.exp(more * prediction) / more;
    }
    double apart = prediction - Math.log(label);
    double terms = Math.expm1(more * apart) / more - Math.expm1(less * apart) / less;
    return 2 * Math.pow(label, more) * terms;
  }

  @Override
  public double derivative(double prediction, double label) {
    return 2 * (Math.exp((2 - power) * prediction) - pulled(prediction, label));
  }

  /** y·μ¹⁻ᵖ, 0 where y is, though μ¹⁻ᵖ may overflow. */
  private double pulled(double prediction, double label) {
    return label == 0 ? 0 : label * Math.exp((1 - power) * prediction);
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double mean = Math.exp((2 - power) * prediction);
    double pulled = pulled(prediction, label);
    point.exact(
        value(prediction, label),
        2 * (mean - pulled),
        2 * ((2 - power) * mean + (power - 1) * pulled));
  }

  @Override
  public String parameterName() {
    return "power";
  }

  @Override
  public double parameter() {
    return power;
  }

  @Override
  public Loss with(double parameter) {
    return new Tweedie(parameter);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.tweedie(this);
  }
}
