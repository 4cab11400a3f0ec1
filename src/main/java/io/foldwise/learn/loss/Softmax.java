package io.foldwise.learn.loss;

import io.foldwise.math.Exponential;
import java.util.Arrays;

/**
 * −log pᵧ with pₖ = exp(zₖ)/Σ exp(zₗ): multinomial logistic regression over K classes, y a whole
 * number in [0, K). The derivative by zₖ is pₖ − [y = k], the second by zₖ and zₗ is pₖ([k = l] −
 * pₗ).
 *
 * <p>Each class has a function zₖ of its own, none is held at zero (the symmetric parameters of
 * scikit-learn and glmnet): adding the same to all of them changes no probability. The Hessian is
 * at most ½(I − 11ᵀ/K) (Böhning, Ann. Inst. Statist. Math. 44, 1992).
 *
 * @param classes K ≥ 2, or 0 where the classes of the data are not known yet
 */
public record Softmax(int classes) implements MulticlassLoss {
  /** Of data whose classes are not known yet. */
  public Softmax() {
    this(0);
  }

  public Softmax {
    MulticlassLoss.requireClasses(classes);
  }

  @Override
  public String label() {
    return "softmax";
  }

  @Override
  public String metric() {
    return "log-loss";
  }

  @Override
  public Loss ofClasses(int count) {
    return new Softmax(count);
  }

  @Override
  public void values(double[] z, LossBlock block) {
    int k = classes;
    for (int i = 0, at = 0; i < block.rows(); i++) {
      int label = (int) block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        int from = at * k;
        double own = label >= 0 && label < k ? z[from + label] : Double.NaN;
        double most = shift(z, from);
        Exponential.exp(z, from, k);
        z[at] = Math.log(sum(z, from)) + most - own;
      }
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    int k = classes;
    int m = block.trials();
    for (int i = 0; i < block.rows(); i++) {
      int label = (int) block.label(i);
      int first = i * m * k;
      for (int c = 0, from = first; c < m; c++, from += k) {
        shift(z, from);
      }
      Exponential.exp(z, first, m * k);
      for (int c = 0, from = first; c < m; c++, from += k) {
        normalize(z, from);
        z[from + label] -= 1;
      }
    }
  }

  /** zₖ − max zₗ in place of zₖ; gives the largest. */
  private double shift(double[] z, int from) {
    double most = z[from];
    for (int at = from + 1; at < from + classes; at++) {
      most = Math.max(most, z[at]);
    }
    for (int at = from; at < from + classes; at++) {
      z[at] -= most;
    }
    return most;
  }

  private double sum(double[] z, int from) {
    double sum = 0;
    for (int at = from; at < from + classes; at++) {
      sum += z[at];
    }
    return sum;
  }

  private void normalize(double[] z, int from) {
    double sum = sum(z, from);
    for (int at = from; at < from + classes; at++) {
      z[at] /= sum;
    }
  }

  /** The probabilities of the classes, of functions z. */
  public static double[] probabilities(double[] z) {
    double[] p = z.clone();
    Softmax softmax = new Softmax(z.length);
    softmax.shift(p, 0);
    Exponential.exp(p, 0, p.length);
    softmax.normalize(p, 0);
    return p;
  }

  @Override
  public double curvaturesInto(double[] z, int from, double label, double[] curvatures, int to) {
    int y = (int) label;
    double own = z[from + y];
    double most = shift(z, from);
    Exponential.exp(z, from, classes);
    double loss = Math.log(sum(z, from)) + most - own;
    normalize(z, from);
    for (int k = 0, at = to; k < classes; k++) {
      for (int l = 0; l <= k; l++, at++) {
        curvatures[at] = z[from + k] * ((k == l ? 1 : 0) - z[from + l]);
      }
    }
    z[from + y] -= 1;
    return loss;
  }

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public double curvature() {
    return 0.25;
  }

  /**
   * The logarithms of the classes' frequencies about their mean; where a class is missing, each is
   * taken to have half a row more.
   */
  @Override
  public double[] bestConstants(double[] weights) {
    double more = Arrays.stream(weights).allMatch(weight -> weight > 0) ? 0 : 0.5;
    double[] logs = Arrays.stream(weights).map(weight -> Math.log(weight + more)).toArray();
    double mean = Arrays.stream(logs).average().orElse(0);
    return Arrays.stream(logs).map(log -> log - mean).toArray();
  }

  @Override
  public double withoutKnowledge() {
    return Math.log(functions());
  }

  @Override
  public boolean hasProbabilities() {
    return true;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.softmax(this);
  }
}
