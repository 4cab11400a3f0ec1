package io.foldwise.learn.loss;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Labels in ascending order with running sums, so that the slope of the mean loss of a constant c,
 * D(c) = Σ w ℓ′(c, y), is found in O(log n): it never falls with c, and the least c with D(c) ≥ 0
 * minimises the loss.
 */
public final class OrderedLabels implements Serializable {
  private final double[] labels;
  private final double[] weights;
  private final double[] products;

  /**
   * Orders labels.
   *
   * @param labels y
   * @param weights w, as many as labels, or empty where each is 1
   */
  public OrderedLabels(double[] labels, double[] weights) {
    int n = labels.length;
    this.labels = labels.clone();
    double[] ordered = new double[n];
    Arrays.fill(ordered, 1);
    if (weights.length == 0) {
      Arrays.sort(this.labels);
    } else {
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> labels[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      Arrays.setAll(this.labels, i -> labels[order[i]]);
      Arrays.setAll(ordered, i -> weights[order[i]]);
    }
    this.weights = new double[n + 1];
    this.products = new double[n + 1];
    for (int i = 0; i < n; i++) {
      this.weights[i + 1] = this.weights[i] + ordered[i];
      this.products[i + 1] = this.products[i] + ordered[i] * this.labels[i];
    }
  }

  /** The least label; +∞ where there is none. */
  public double least() {
    return labels.length == 0 ? Double.POSITIVE_INFINITY : labels[0];
  }

  /** The greatest label; −∞ where there is none. */
  public double greatest() {
    return labels.length == 0 ? Double.NEGATIVE_INFINITY : labels[labels.length - 1];
  }

  /** Adds the weight of the labels that are c, for each class c of an array. */
  public void addClassWeights(double[] classes) {
    for (int c = 0, below = 0; c < classes.length; c++) {
      int to = upTo(c);
      classes[c] += weights[to] - weights[below];
      below = to;
    }
  }

  /** D(c) of any loss, label by label. */
  double slope(Loss loss, double c) {
    double slope = 0;
    for (int i = 0; i < labels.length; i++) {
      slope += (weights[i + 1] - weights[i]) * loss.derivative(c, labels[i]);
    }
    return slope;
  }

  /** D(c) of the pinball loss, at a kink the slope to its right. */
  double slopeOfQuantile(double tau, double c) {
    int below = upTo(c);
    return (1 - tau) * weights[below] - tau * (weights[labels.length] - weights[below]);
  }

  /** D(c) of the Huber loss. */
  double slopeOfHuber(double delta, double c) {
    int low = upTo(c - delta);
    int high = upTo(c + delta);
    double near = c * (weights[high] - weights[low]) - (products[high] - products[low]);
    return near + delta * (weights[low] - (weights[labels.length] - weights[high]));
  }

  /** D(c) of the loss max(0, |e| − ε), at a kink the slope to its right. */
  double slopeBeyond(double epsilon, double c) {
    return weights[upTo(c - epsilon)] - (weights[labels.length] - weights[upTo(c + epsilon)]);
  }

  /** The number of labels ≤ c. */
  private int upTo(double c) {
    int low = 0;
    int high = labels.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (labels[middle] <= c) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
