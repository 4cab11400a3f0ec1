package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.loss.Tweedie;
import io.foldwise.spark.engine.plan.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The losses as columns are those of {@code learn}. */
final class LossColumnsTest {
  private static final double[] PREDICTIONS = {
    0, 1, -1, 2, 1e-300, -1e-300, 36, -36, 709, -709, 710, -710, 1e9, -1e9
  };

  @Test
  void valuesAndDerivativesAreThoseOfTheLoss() {
    for (Loss loss : losses()) {
      double[] labels = DoubleStream.of(0, 1, -3.5, 1e6).filter(loss.labels()::has).toArray();
      for (Row row : scored(loss, predictions(), labels)) {
        double z = row.getDouble(0);
        double y = row.getDouble(1);
        String where = "%s at %s, %s".formatted(loss, z, y);
        // eᶻ has as many more ulps of error as its exponent has
        double ulps = loss.isLogLink() ? 8 * (8 + Math.abs(z)) : 8;
        assertClose(loss.value(z, y), row.getDouble(2), ulps, where);
        assertClose(loss.derivative(z, y), row.getDouble(3), ulps, where);
      }
    }
  }

  @Test
  void whatIsNoNumberShows() {
    for (Loss loss : losses()) {
      Row row = scored(loss, new double[] {Double.NaN}, new double[] {1}).get(0);
      assertTrue(Double.isNaN(row.getDouble(2)), loss.toString());
    }
  }

  private static List<Loss> losses() {
    Stream<Loss> others = Stream.of(new Huber(0.3), new Quantile(0.1), new Tweedie(1.1));
    return Stream.concat(
            Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS), others)
        .toList();
  }

  private static double[] predictions() {
    return DoubleStream.concat(DoubleStream.of(PREDICTIONS), new Random(3).doubles(40, -4, 4))
        .toArray();
  }

  private static List<Row> scored(Loss loss, double[] predictions, double[] labels) {
    List<Row> cells = new ArrayList<>();
    for (double z : predictions) {
      for (double y : labels) {
        cells.add(RowFactory.create(z, y));
      }
    }
    StructType schema =
        new StructType()
            .add("z", DataTypes.DoubleType, false)
            .add("y", DataTypes.DoubleType, false);
    // Across a shuffle, since Spark itself would work out a projection of local rows.
    Dataset<Row> rows = TestSpark.session().createDataFrame(cells, schema).repartition(1);
    Dataset<Row> scored =
        rows.select(
            col("z"),
            col("y"),
            LossColumns.value(loss, col("z"), col("y")),
            LossColumns.derivative(loss, col("z"), col("y")));
    GpuSwitch gpu = TestSpark.device().use() == Device.Use.GPU ? GpuSwitch.ON : GpuSwitch.OFF;
    return gpu.during(TestSpark.session(), scored::collectAsList);
  }

  private static void assertClose(double expected, double actual, double ulps, String where) {
    assertEquals(expected, actual, 1e-15 * Math.max(1e-300, Math.abs(expected)) * ulps, where);
  }
}
