package io.foldwise.spark.data.load;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows to be predicted.
 *
 * @param frame every column of the file, in its order; the features are doubles that are never
 *     null, missing ones NaN, or one column of vectors; every other column is as it was
 * @param inFileOrder the same rows in file order, one partition
 * @param features the names of the features
 * @param shown the columns as the file has them
 * @param rows the number of rows
 * @param notes what a person should know of how they were read, each one line
 */
public record FeatureRows(
    Dataset<Row> frame,
    Dataset<Row> inFileOrder,
    List<String> features,
    List<Column> shown,
    long rows,
    List<String> notes) {
  public FeatureRows {
    notes = List.copyOf(notes);
    features = List.copyOf(features);
    shown = List.copyOf(shown);
  }
}
