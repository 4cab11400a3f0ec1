package io.foldwise.cli;

import static org.apache.spark.sql.functions.col;

import io.foldwise.ml.FoldPredictions;
import io.foldwise.ml.SGDModel;
import io.foldwise.ml.TrainedFunction;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.KeyedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Every training row with the prediction of the chosen candidate's model that did not see its fold:
 * {@code row} or {@code id}, {@code fold}, {@code label}, {@code prediction}, and {@code
 * probability}, or one for each of several classes, where the loss has them. Rows of a fold that no
 * model is scored on, as the first of forward chaining, are left out.
 *
 * @param result the result of a search over these rows
 */
record OutOfFold(SearchResult result, AssignedRows assigned) {
  /** What the label is called while predictions are made, since a feature may bear its name. */
  static final String LABEL = "__foldwise_label";

  /** The models of the chosen candidate, by the fold that they are scored on, ascending. */
  private FoldPredictions models() {
    List<SGDModel> models = new ArrayList<>();
    for (TrialResult trial : result.trialsOf(result.chosen().orElseThrow())) {
      models.add(SGDModel.of(TrainedFunction.of(trial).with(assigned.classes())));
    }
    return new FoldPredictions(models);
  }

  /** The predicted rows, in file order up to 100,000 of them. */
  Dataset<Row> rows() {
    KeyedRows keyed = assigned.keyed();
    FoldPredictions models = models();
    int first = assigned.assignment().splits().get(0).fold();
    boolean classes = result.refit().trial().candidate().loss().isOfClasses();
    Dataset<Row> predicted =
        models.appendedTo(
            keyed
                .frame()
                .where(assigned.foldOf().geq(first))
                .withColumnRenamed(assigned.label(), LABEL),
            assigned.foldOf().minus(first));
    List<Column> columns = new ArrayList<>();
    keyed.key().ifPresent(key -> columns.add(col(key).as(key.equals(KeyedRows.ID) ? "id" : "row")));
    columns.add(assigned.foldOf().as("fold"));
    Column label =
        assigned.classes().isNone()
            ? CsvParts.whole(col(LABEL))
            : assigned.classes().named(col(LABEL));
    columns.add(label.as("label"));
    for (String column : models.columns()) {
      Column value = functions.col("`" + column.replace("`", "``") + "`");
      boolean number = predicted.schema().apply(column).dataType().equals(DataTypes.DoubleType);
      columns.add(classes && number ? CsvParts.whole(value).as(column) : value);
    }
    return predicted.select(columns.toArray(Column[]::new));
  }

  /** The number of rows trained on, each of which has one prediction or none. */
  long count() {
    return result.refit().scores().training().rows();
  }
}
