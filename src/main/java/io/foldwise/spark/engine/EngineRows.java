package io.foldwise.spark.engine;

import io.foldwise.search.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows an engine is opened over.
 *
 * @param training columns: d features and the label, non-null doubles in this order, then the fold
 *     (int, in [0, folds)) and the place (long, in [0, places)); missing cells are NaN
 * @param test columns: d features and the label, likewise; the rows that only the chosen model sees
 * @param features the d feature names
 * @param badCell names the first missing or infinite cell of the training or test rows, asked when
 *     a sum is not finite
 */
public record EngineRows(
    Dataset<Row> training,
    Optional<Dataset<Row>> test,
    List<String> features,
    Supplier<InvalidInputException> badCell) {
  public EngineRows {
    features = List.copyOf(features);
  }
}
