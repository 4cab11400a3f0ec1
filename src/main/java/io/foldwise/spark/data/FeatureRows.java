package io.foldwise.spark.data;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows to be predicted, in file order within each partition.
 *
 * @param frame the features as doubles that are never null, missing as NaN; then every other column
 *     of the file as it is
 * @param features names of the first columns
 * @param rows number of rows
 */
public record FeatureRows(Dataset<Row> frame, List<String> features, long rows) {
  public FeatureRows {
    features = List.copyOf(features);
  }
}
