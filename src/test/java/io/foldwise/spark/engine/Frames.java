package io.foldwise.spark.engine;

import io.foldwise.TestSpark;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows as the frames that engines are opened over. */
final class Frames {
  private Frames() {}

  /** In as many partitions, in the order of the rows. */
  static EngineRows engineRows(TrainingRows rows, int partitions) {
    return new EngineRows(
        training(rows, partitions, IntStream.range(0, rows.n()).boxed().toList()),
        Optional.empty(),
        EngineRows.Layout.flat(rows.names()),
        () -> new InvalidInputException("a cell is missing"));
  }

  /** In as many partitions, shuffled. */
  static EngineRows shuffled(TrainingRows rows, int partitions, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.n()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return new EngineRows(
        training(rows, partitions, order),
        Optional.empty(),
        EngineRows.Layout.flat(rows.names()),
        () -> new InvalidInputException("a cell is missing"));
  }

  static EngineRows withTest(TrainingRows rows, TrainingRows test) {
    List<Row> cells = new ArrayList<>();
    for (int i = 0; i < test.n(); i++) {
      cells.add(RowFactory.create(cells(test, i).toArray()));
    }
    EngineRows training = engineRows(rows, 2);
    return new EngineRows(
        training.training(),
        Optional.of(TestSpark.session().createDataFrame(cells, numbers(rows.names()))),
        training.layout(),
        training.badCell());
  }

  private static Dataset<Row> training(TrainingRows rows, int partitions, List<Integer> order) {
    StructType schema =
        numbers(rows.names())
            .add("fold", DataTypes.IntegerType, false)
            .add("place", DataTypes.LongType, false);
    List<Row> cells = new ArrayList<>();
    for (int i : order) {
      List<Object> row = cells(rows, i);
      row.add(rows.fold()[i]);
      row.add(rows.place()[i]);
      cells.add(RowFactory.create(row.toArray()));
    }
    return TestSpark.session().createDataFrame(cells, schema).repartition(partitions);
  }

  private static List<Object> cells(TrainingRows rows, int i) {
    List<Object> row = new ArrayList<>();
    for (double value : rows.x()[i]) {
      row.add(value);
    }
    row.add(rows.y()[i]);
    return row;
  }

  private static StructType numbers(List<String> features) {
    StructType schema = new StructType();
    for (String feature : features) {
      schema = schema.add(feature, DataTypes.DoubleType, false);
    }
    return schema.add("label", DataTypes.DoubleType, false);
  }
}
