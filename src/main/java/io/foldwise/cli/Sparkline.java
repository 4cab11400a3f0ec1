package io.foldwise.cli;

import java.util.Arrays;
import java.util.Collection;

/**
 * Curves in a few characters, each a bar of one of eight heights, all on one scale: the least value
 * of any curve is the lowest bar, the largest the highest. Where all values are positive, heights
 * go by their logarithms, as losses fall by factors.
 *
 * @param logarithmic whether heights go by logarithms
 * @param low the height, or its logarithm, of the lowest bar
 * @param high that of the highest
 */
record Sparkline(boolean logarithmic, double low, double high) {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** The scale of some curves. */
  static Sparkline over(Collection<double[]> curves) {
    double[] all =
        curves.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    double low = Arrays.stream(all).min().orElse(0);
    double high = Arrays.stream(all).max().orElse(0);
    return low > 0
        ? new Sparkline(true, Math.log(low), Math.log(high))
        : new Sparkline(false, low, high);
  }

  /** Shares of a whole as bars, from none to the largest; a share that is hardly there is a gap. */
  static String ofShares(double[] shares) {
    double high = Arrays.stream(shares).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double share : shares) {
      boolean there = share > high / (4 * BARS.length());
      line.append(there ? new Sparkline(false, 0, high).bar(share) : ' ');
    }
    return line.toString();
  }

  /**
   * Draws a curve, from its first point to its last at even distances.
   *
   * @param values the curve's points; those that are not finite leave a gap
   * @param width the most characters, at least 2
   */
  String of(double[] values, int width) {
    int drawn = Math.min(width, values.length);
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < drawn; at++) {
      long point = drawn == 1 ? 0 : Math.round(at * (values.length - 1.0) / (drawn - 1));
      line.append(bar(values[(int) point]));
    }
    return line.toString();
  }

  private char bar(double value) {
    if (!Double.isFinite(value)) {
      return ' ';
    }
    double share = high > low ? ((logarithmic ? Math.log(value) : value) - low) / (high - low) : 0;
    return BARS.charAt((int) Math.min(BARS.length() - 1, Math.floor(BARS.length() * share)));
  }
}
