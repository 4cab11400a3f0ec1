package io.foldwise.learn.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The absolute errors |y − ŷ| of rows, ascending and each once, with the weight of the rows that
 * have each. Those of two sets of rows merge, and however rows are divided the result is the same,
 * to rounding where weights are fractions.
 *
 * @param values the errors, ascending
 * @param weights the weight of the rows of each error, &gt; 0
 * @param rows the number of rows
 */
public record Residuals(double[] values, double[] weights, long rows) implements Serializable {
  /** The residuals of no rows. */
  public static final Residuals NONE = new Residuals(new double[0], new double[0], 0);

  /** How exact a residual is kept. */
  public enum Precision {
    /** As it is. */
    EXACT(0),
    /** Rounded to 10 binary digits, by at most 0.1 %, so that many rows take little room. */
    ROUNDED(43);

    private final int bits;

    Precision(int bits) {
      this.bits = bits;
    }

    /** A residual ≥ 0 as it is kept; what is no number counts as infinite. */
    double kept(double residual) {
      if (bits == 0 || !(residual < Double.POSITIVE_INFINITY)) {
        return Double.isNaN(residual) ? Double.POSITIVE_INFINITY : residual;
      }
      long half = 1L << (bits - 1);
      long rounded = (Double.doubleToLongBits(residual) + half) >> bits << bits;
      return Double.longBitsToDouble(rounded);
    }
  }

  /** Residuals that are still coming in. */
  public static final class Collector {
    private final Precision precision;
    private final Map<Double, Double> weights = new HashMap<>();
    private long rows;

    public Collector(Precision precision) {
      this.precision = precision;
    }

    /** Adds a row; one of weight 0 does not count. */
    public void add(double prediction, double label, double weight) {
      if (weight > 0) {
        weights.merge(precision.kept(Math.abs(label - prediction)), weight, Double::sum);
        rows++;
      }
    }

    /** What came in. */
    public Residuals residuals() {
      double[] values = weights.keySet().stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(values);
      return new Residuals(values, Arrays.stream(values).map(weights::get).toArray(), rows);
    }
  }

  /** These residuals and those of other rows. */
  public Residuals merge(Residuals other) {
    double[] allValues = new double[values.length + other.values.length];
    double[] allWeights = new double[allValues.length];
    int count = 0;
    for (int own = 0, others = 0; own < values.length || others < other.values.length; count++) {
      int order =
          own == values.length
              ? 1
              : others == other.values.length
                  ? -1
                  : Double.compare(values[own], other.values[others]);
      allValues[count] = order <= 0 ? values[own] : other.values[others];
      allWeights[count] += order <= 0 ? weights[own++] : 0;
      allWeights[count] += order >= 0 ? other.weights[others++] : 0;
    }
    return new Residuals(
        Arrays.copyOf(allValues, count), Arrays.copyOf(allWeights, count), rows + other.rows);
  }
}
