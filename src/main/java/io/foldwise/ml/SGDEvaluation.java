package io.foldwise.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a model scores on rows, all of which weigh 1.
 *
 * @param rows the number of rows
 * @param metrics the values by the names of {@link Metric}: for numbers the model's own loss, mse,
 *     rmse, mae, r2 and max-error, for two classes the loss, accuracy, f1, auc and hinge, for more
 *     the loss, accuracy and macro-f1
 */
public record SGDEvaluation(long rows, Map<String, Double> metrics) {
  public SGDEvaluation {
    metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  static SGDEvaluation of(SGDModel model, Dataset<?> dataset) {
    boolean isVector = NamedFeatures.isVector(model.getFeaturesCol(), dataset.schema());
    Dataset<Row> read =
        isVector ? dataset.toDF() : new NamedFeatures(model.features()).assembled(dataset);
    Dataset<Row> scored =
        read.select(
            Columns.named(isVector ? model.getFeaturesCol() : NamedFeatures.VECTOR),
            coalesce(label(model, dataset.schema()), lit(Double.NaN)));
    EngineRows.Layout layout =
        new EngineRows.Layout(model.features(), EngineRows.Layout.Form.DENSE_VECTOR, false);
    MetricSums sums = SparkEngines.score(scored, layout, model.linearModel(), model.loss());
    Map<String, Double> metrics = new LinkedHashMap<>();
    Metric.all(model.loss()).forEach(metric -> metrics.put(metric.label(), metric.of(sums)));
    return new SGDEvaluation(sums.rows(), metrics);
  }

  /** The label as a number: 1 for the class that counts as 1, where labels were mapped. */
  private static Column label(SGDModel model, StructType schema) {
    Column label = Columns.named(model.getLabelCol());
    String positive = model.trained().positive();
    Classes classes = model.trained().classes();
    if (!classes.isNone()) {
      SGDTraining.requireColumn(schema, "labelCol", model.getLabelCol());
      return classes.index(label, schema.apply(model.getLabelCol()).dataType());
    }
    if (positive.isEmpty()) {
      SGDTraining.requireNumber(schema, "labelCol", model.getLabelCol());
      return label.cast("double");
    }
    SGDTraining.requireColumn(schema, "labelCol", model.getLabelCol());
    return label.equalTo(positive).cast("double");
  }

  /**
   * The value of a metric.
   *
   * @throws IllegalArgumentException if the model has no metric of that name
   */
  public double value(String metric) {
    if (!metrics.containsKey(metric)) {
      throw new IllegalArgumentException(
          "the model has no metric '%s': it has %s".formatted(metric, metrics.keySet()));
    }
    return metrics.get(metric);
  }
}
