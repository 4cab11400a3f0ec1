package io.foldwise.spark.engine;

import io.foldwise.search.InvalidInputException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows an engine is opened over.
 *
 * @param training columns: the features and the label, non-null doubles, then the fold (int, in [0,
 *     folds)), the place (long, in [0, places)) and, where rows have weights, the weight (double);
 *     missing cells are NaN
 * @param test columns: the features, the label and, where rows have weights, the weight; the rows
 *     that only the chosen model sees
 * @param layout what the columns are
 * @param badCell names the first missing or infinite cell, negative weight or label that the loss
 *     cannot take, of the training or test rows; asked when a sum shows that there is one
 */
public record EngineRows(
    Dataset<Row> training,
    Optional<Dataset<Row>> test,
    Layout layout,
    Supplier<InvalidInputException> badCell) {

  /**
   * The columns of a frame.
   *
   * @param features the d names
   * @param sparse whether they stand in one column of vectors, not in d columns of doubles
   * @param weighted whether rows have weights, in the last column
   */
  public record Layout(List<String> features, boolean sparse, boolean weighted)
      implements Serializable {
    public Layout {
      features = List.copyOf(features);
    }

    /** Flat columns, no weights. */
    public static Layout flat(List<String> features) {
      return new Layout(features, false, false);
    }

    /** The label's column, which those of the features stand before. */
    int label() {
      return sparse ? 1 : features.size();
    }
  }

  List<String> features() {
    return layout.features();
  }
}
