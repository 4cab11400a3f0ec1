package io.foldwise.spark.data.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Columns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

  @TempDir Path directory;

  @Test
  void aLineWithoutNoiseIsExact() {
    GeneratedData data = made(GeneratorOptions.Shape.LINEAR, 50, 3, 0);
    double[] a = data.coefficients().values().stream().mapToDouble(v -> v).toArray();
    for (Row row : data.frame().collectAsList()) {
      double expected =
          data.intercept()
              + a[0] * row.getDouble(0)
              + a[1] * row.getDouble(1)
              + a[2] * row.getDouble(2);
      assertEquals(expected, row.getDouble(3), 1e-12);
    }
    assertEquals(List.of("x0", "x1", "x2"), List.copyOf(data.coefficients().keySet()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 23, Long.MAX_VALUE})
  void aPickleTooLargeIsRefused(long rows) {
    GeneratedData data =
        Generator.generate(
            TestSpark.session(),
            new GeneratorOptions(GeneratorOptions.Shape.LINEAR, rows, 2, 0, 1));
    Path file = directory.resolve("d.pkl");
    assertEquals(
        "'rows' ("
            + rows
            + ") times columns (3) must be <= 16777216 for a pickle: use csv or parquet",
        assertThrows(
                InvalidInputException.class,
                () -> data.write(file.toString(), WrittenFormat.PICKLE))
            .getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aPolynomialWithoutNoiseIsExact() {
    GeneratedData data = made(GeneratorOptions.Shape.POLYNOMIAL, 50, 1, 0);
    assertEquals(List.of("x", "x^2", "x^3"), List.copyOf(data.coefficients().keySet()));
    double[] a = data.coefficients().values().stream().mapToDouble(v -> v).toArray();
    for (Row row : data.frame().collectAsList()) {
      double x = row.getDouble(0);
      assertEquals(data.intercept() + x * (a[0] + x * (a[1] + x * a[2])), row.getDouble(1), 1e-12);
    }
  }

  @Test
  void featuresAndNoiseHaveTheirMoments() {
    Row moments =
        made(GeneratorOptions.Shape.LINEAR, 20_000, 1, 2.0)
            .frame()
            .selectExpr("avg(x)", "stddev(x)", "corr(x, y)", "regr_slope(y, x)", "kurtosis(x)")
            .head();
    assertEquals(0, moments.getDouble(0), 0.03);
    assertEquals(1, moments.getDouble(1), 0.03);
    assertEquals(0, moments.getDouble(4), 0.15);
  }

  @Test
  void logisticLabelsAreZeroAndOne() {
    List<Row> counts =
        made(GeneratorOptions.Shape.LOGISTIC, 500, 2, 0)
            .frame()
            .groupBy("y")
            .count()
            .orderBy("y")
            .collectAsList();
    assertEquals(2, counts.size());
    assertEquals(0.0, counts.get(0).getDouble(0));
    assertEquals(1.0, counts.get(1).getDouble(0));
  }

  @Test
  void dataDoNotDependOnPartitionsButOnTheSeed() {
    GeneratedData data = made(GeneratorOptions.Shape.LINEAR, 100, 2, 1);
    List<Row> rows = data.frame().collectAsList();
    assertEquals(rows, data.frame().coalesce(1).collectAsList());
    GeneratedData other =
        Generator.generate(
            TestSpark.session(),
            new GeneratorOptions(GeneratorOptions.Shape.LINEAR, 100, 2, 1, 43));
    assertNotEquals(rows, other.frame().collectAsList());
    assertNotEquals(data.coefficients(), other.coefficients());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.csv", "d.csv.gz", "d.parquet", "d.pkl"})
  void aFileThatWasWrittenIsReadAgain(String name) {
    GeneratedData data = made(GeneratorOptions.Shape.LINEAR, 100, 2, 1);
    Path file = directory.resolve(name);
    WrittenFormat format = WrittenFormat.ofName(name).orElseThrow();
    data.write(file.toString(), format);
    assertTrue(Files.isRegularFile(file));
    LoadedData loaded = DataLoader.load(TestSpark.session(), DataOptions.of(file.toString()));
    assertEquals(
        data.frame().collectAsList(),
        loaded.rows().select(Columns.named(loaded.roles().numbers())).collectAsList());
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> data.write(file.toString(), format));
    assertEquals(
        "'out' (" + file + ") exists: remove it or choose another path", refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource(GeneratorOptions.Shape.class)
  void sizesOutOfBoundsAreRefused(GeneratorOptions.Shape shape) {
    assertThrows(InvalidInputException.class, () -> new GeneratorOptions(shape, 0, 1, 0, 1));
    assertThrows(InvalidInputException.class, () -> new GeneratorOptions(shape, 1, 0, 0, 1));
    assertThrows(InvalidInputException.class, () -> new GeneratorOptions(shape, 1, 1, -1, 1));
  }

  private static GeneratedData made(
      GeneratorOptions.Shape shape, long rows, int features, double noise) {
    return Generator.generate(
        TestSpark.session(), new GeneratorOptions(shape, rows, features, noise, 42));
  }
}
