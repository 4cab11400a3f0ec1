package io.foldwise.spark.engine;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows as the frames that engines are opened over. */
public final class Frames {
  private Frames() {}

  /** In as many partitions, in the order of the rows. */
  public static EngineRows engineRows(TrainingRows rows, int partitions) {
    return over(rows, flat(rows), training(rows, flat(rows), partitions, inOrder(rows)));
  }

  /** In as many partitions, shuffled. */
  static EngineRows shuffled(TrainingRows rows, int partitions, long seed) {
    List<Integer> order = new ArrayList<>(inOrder(rows));
    Collections.shuffle(order, new Random(seed));
    return over(rows, flat(rows), training(rows, flat(rows), partitions, order));
  }

  /** Features as vectors, sparse and dense ones by turns. */
  static EngineRows vectors(TrainingRows rows, int partitions) {
    EngineRows.Layout layout =
        new EngineRows.Layout(rows.names(), EngineRows.Layout.Form.VECTOR, rows.weighted());
    return over(rows, layout, training(rows, layout, partitions, inOrder(rows)));
  }

  /** Features as arrays. */
  static EngineRows arrays(TrainingRows rows, int partitions) {
    EngineRows.Layout layout =
        new EngineRows.Layout(rows.names(), EngineRows.Layout.Form.ARRAY, rows.weighted());
    return over(rows, layout, training(rows, layout, partitions, inOrder(rows)));
  }

  public static EngineRows withTest(TrainingRows rows, TrainingRows test) {
    List<Row> cells = new ArrayList<>();
    for (int i = 0; i < test.n(); i++) {
      List<Object> row = cells(test, flat(test), i);
      if (test.weighted()) {
        row.add(test.weight(i));
      }
      cells.add(RowFactory.create(row.toArray()));
    }
    StructType schema = numbers(flat(test));
    EngineRows training = engineRows(rows, 2);
    return new EngineRows(
        training.training(),
        Optional.of(
            TestSpark.session()
                .createDataFrame(cells, test.weighted() ? withWeight(schema) : schema)),
        training.layout(),
        training.badCell());
  }

  private static EngineRows over(
      TrainingRows rows, EngineRows.Layout layout, Dataset<Row> training) {
    return new EngineRows(
        training,
        Optional.empty(),
        layout,
        () -> new InvalidInputException("a cell of " + rows.n() + " rows is missing"));
  }

  private static EngineRows.Layout flat(TrainingRows rows) {
    return new EngineRows.Layout(rows.names(), EngineRows.Layout.Form.COLUMNS, rows.weighted());
  }

  private static List<Integer> inOrder(TrainingRows rows) {
    return IntStream.range(0, rows.n()).boxed().toList();
  }

  private static Dataset<Row> training(
      TrainingRows rows, EngineRows.Layout layout, int partitions, List<Integer> order) {
    StructType schema =
        numbers(layout)
            .add("fold", DataTypes.IntegerType, false)
            .add("position", DataTypes.LongType, false);
    List<Row> cells = new ArrayList<>();
    for (int i : order) {
      List<Object> row = cells(rows, layout, i);
      row.add(rows.fold()[i]);
      row.add(rows.position()[i]);
      if (rows.weighted()) {
        row.add(rows.weight(i));
      }
      cells.add(RowFactory.create(row.toArray()));
    }
    return TestSpark.session()
        .createDataFrame(cells, rows.weighted() ? withWeight(schema) : schema)
        .repartition(partitions);
  }

  private static StructType withWeight(StructType schema) {
    return schema.add("weight", DataTypes.DoubleType, false);
  }

  private static List<Object> cells(TrainingRows rows, EngineRows.Layout layout, int i) {
    List<Object> row = new ArrayList<>();
    double[] x = rows.x()[i];
    switch (layout.form()) {
      case COLUMNS -> Arrays.stream(x).forEach(row::add);
      case ARRAY -> row.add(x);
      case VECTOR, DENSE_VECTOR -> {
        Vector dense = Vectors.dense(x);
        row.add(i % 2 == 0 ? dense.toSparse() : dense);
      }
    }
    row.add(rows.y()[i]);
    return row;
  }

  /** The columns of features and label. */
  static StructType numbers(EngineRows.Layout layout) {
    StructType schema = new StructType();
    switch (layout.form()) {
      case COLUMNS -> {
        for (String feature : layout.features()) {
          schema = schema.add(feature, DataTypes.DoubleType, false);
        }
      }
      case ARRAY ->
          schema =
              schema.add("packed", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
      case VECTOR, DENSE_VECTOR ->
          schema = schema.add("features", SQLDataTypes.VectorType(), false);
    }
    return schema.add("label", DataTypes.DoubleType, false);
  }
}
