package io.foldwise.spark.data.fold;

/**
 * A row on the driver.
 *
 * @param features its d features
 * @param piece the fold it is in, or the piece of one; −1 for a test row
 */
public record SampledRow(double[] features, double label, int piece) {
  public boolean isTest() {
    return piece < 0;
  }
}
