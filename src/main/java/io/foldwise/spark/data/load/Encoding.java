package io.foldwise.spark.data.load;

import io.foldwise.spark.data.source.SourceFrame;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was made of columns so that they are features, as MLlib's own {@link SQLTransformer} does
 * it.
 *
 * <p>Each column that it makes depends on nothing but the cells of its row: a value that no
 * training row had has none of the columns of its category. In a fold whose training rows lack a
 * value, that value's column is zero in all of them, and so its coefficient is zero: what is
 * learned of a category is learned inside the folds.
 *
 * @param statement a query over {@code __THIS__}
 */
public record Encoding(String statement) {

  /** The stage of a pipeline that does it. */
  public SQLTransformer stage() {
    return new SQLTransformer().setStatement(statement);
  }

  /** The rows with the columns that are made; the others stay, as do reserved ones. */
  Dataset<Row> applied(Dataset<Row> rows) {
    return stage().transform(rows);
  }

  /** What the stage of a pipeline does. */
  public static Encoding of(SQLTransformer stage) {
    return new Encoding(stage.getStatement());
  }

  /** The same of a source. */
  SourceFrame applied(SourceFrame source) {
    return source.mapped(this::applied);
  }
}
