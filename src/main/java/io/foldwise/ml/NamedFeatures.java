package io.foldwise.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The features of a model as numeric columns that bear their names, for datasets without a vector.
 *
 * @param names the names, in the order of the vector
 */
record NamedFeatures(List<String> names) {
  /** A column of vectors that is there while a dataset is transformed. */
  static final String VECTOR = "__foldwise_vector";

  /** Whether a dataset has a vector of that name. */
  static boolean isVector(String name, StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(column -> column.name().equals(name))
        .anyMatch(column -> column.dataType().equals(SQLDataTypes.VectorType()));
  }

  /** The rows and {@link #VECTOR}; a missing feature is NaN. */
  Dataset<Row> assembled(Dataset<?> dataset) {
    require(dataset.schema());
    Column[] cells =
        names.stream().map(name -> Columns.named(name).cast("double")).toArray(Column[]::new);
    UDF1<scala.collection.Seq<Double>, Vector> vector = NamedFeatures::vector;
    return dataset.withColumn(
        VECTOR, udf(vector, SQLDataTypes.VectorType()).asNonNullable().apply(array(cells)));
  }

  /** The schema of {@link #assembled}. */
  StructType assembled(StructType schema) {
    require(schema);
    return schema.add(VECTOR, SQLDataTypes.VectorType(), false);
  }

  private static Vector vector(scala.collection.Seq<Double> cells) {
    double[] x = new double[cells.size()];
    for (int j = 0; j < x.length; j++) {
      x[j] = Optional.ofNullable(cells.apply(j)).orElse(Double.NaN);
    }
    return Vectors.dense(x);
  }

  private void require(StructType schema) {
    names.forEach(feature -> requireNumber(feature, schema));
  }

  private static void requireNumber(String feature, StructType schema) {
    if (!Arrays.asList(schema.fieldNames()).contains(feature)) {
      throw new InvalidInputException(
          "the model's feature '%s' is not a column of the data, which have %s"
              .formatted(feature, String.join(", ", schema.fieldNames())));
    }
    if (!(schema.apply(feature).dataType() instanceof NumericType)) {
      throw new InvalidInputException(
          "column '%s' is of type %s, not a number: the model cannot read it"
              .formatted(feature, schema.apply(feature).dataType().simpleString()));
    }
  }
}
