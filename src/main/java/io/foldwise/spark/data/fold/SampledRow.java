package io.foldwise.spark.data.fold;

/**
 * A row on the driver.
 *
 * @param features its d features
 * @param fold the fold it is in; −1 for a test row
 */
public record SampledRow(double[] features, double label, int fold) {
  public boolean isTest() {
    return fold < 0;
  }
}
