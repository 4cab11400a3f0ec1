package io.foldwise.spark.engine.rows;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.Imputed;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows an engine is opened over.
 *
 * @param training the training rows, of columns: the features and the label, non-null doubles as
 *     the layout says, then the fold (int, in [0, folds)), the position (long, in [0, positions))
 *     and, where rows have weights, the weight (double); missing cells are NaN
 * @param test the rows that only the chosen model sees, of columns: the features, the label and,
 *     where rows have weights, the weight
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
   * @param features the d names of the features
   * @param form how features stand in a row
   * @param weighted whether rows have weights, in the last column
   * @param imputed the features whose missing cells are filled
   */
  public record Layout(List<String> features, Form form, boolean weighted, List<Imputed> imputed)
      implements Serializable {
    public Layout {
      features = List.copyOf(features);
      imputed = List.copyOf(imputed);
    }

    /** A layout of features none of which is filled. */
    public Layout(List<String> features, Form form, boolean weighted) {
      this(features, form, weighted, List.of());
    }

    /** How the features of a row stand in it. */
    public enum Form {
      /** Features stand in d columns of doubles. */
      COLUMNS,
      /** Features stand in one column of arrays of d doubles, none of them null. */
      ARRAY,
      /** Features stand in one column of vectors, which are sparse. */
      VECTOR,
      /** Features stand in one column of vectors, of which most cells are stored. */
      DENSE_VECTOR
    }

    /** The layout of flat columns without weights. */
    public static Layout flat(List<String> features) {
      return new Layout(features, Form.COLUMNS, false);
    }

    /** Whether features that are zero are not stored. */
    public boolean sparse() {
      return form == Form.VECTOR;
    }

    /** The label's column, which those of the features stand before. */
    int label() {
      return form == Form.COLUMNS ? features.size() : 1;
    }
  }

  public List<String> features() {
    return layout.features();
  }
}
