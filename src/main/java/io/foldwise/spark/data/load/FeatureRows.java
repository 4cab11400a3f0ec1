package io.foldwise.spark.data.load;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows to be predicted.
 *
 * @param frame every column of the file, in its order; the features as doubles that are never null,
 *     missing as NaN, or as one column of vectors; every other column as it is
 * @param inFileOrder the same rows in file order, one partition
 * @param features names of the features
 * @param rows number of rows
 * @param notes what a person should know of how they were read, each one line
 */
public record FeatureRows(
    Dataset<Row> frame,
    Dataset<Row> inFileOrder,
    List<String> features,
    long rows,
    List<String> notes) {
  public FeatureRows {
    notes = List.copyOf(notes);
    features = List.copyOf(features);
  }
}
