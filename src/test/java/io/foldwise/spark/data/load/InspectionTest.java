package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.generate.Generator;
import io.foldwise.spark.data.generate.GeneratorOptions;
import io.foldwise.spark.data.generate.WrittenFormat;
import io.foldwise.spark.data.source.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {

  @TempDir Path directory;

  @Test
  void everyColumnOfACsvFileIsDescribed() {
    String file =
        Tables.write(
            directory.resolve("d.csv"), "name,x,ok\nAda,1,true\nBob,,false\nAda,4,\n,NaN,true\n");
    Inspection inspection = Inspection.of(TestSpark.session(), DataOptions.of(file));
    assertEquals(Format.csv(), inspection.format());
    assertEquals(4, inspection.training().rows());
    List<Inspection.Facts> facts = inspection.training().columns();
    assertEquals(
        new Inspection.Facts(
            "name",
            false,
            DataTypes.StringType,
            1,
            2,
            range("Ada", "Bob", null),
            List.of(),
            Optional.empty()),
        facts.get(0));
    List<Double> ends = List.of(0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5);
    assertEquals(
        new Inspection.Facts(
            "x",
            false,
            DataTypes.DoubleType,
            2,
            2,
            range("1.0", "4.0", 2.5),
            ends,
            Optional.empty()),
        facts.get(1));
    assertEquals(0, inspection.training().equal());
    assertEquals(DataTypes.BooleanType, facts.get(2).type());
    assertEquals(1, facts.get(2).missing());
    assertTrue(inspection.test().isEmpty());
  }

  /** Against aggregates of Spark SQL, over several partitions. */
  @Test
  void whatIsSaidIsWhatSqlSays() {
    Path file = directory.resolve("d.parquet");
    Dataset<Row> table =
        TestSpark.session()
            .range(0, 3000, 1, 5)
            .selectExpr(
                "IF(id % 7 = 0, NULL, IF(id % 11 = 0, double('NaN'), pow(id % 100, 2))) a",
                "CAST(id % 50 AS INT) b",
                "CAST(id % 9 AS DECIMAL(10, 2)) c",
                "IF(id % 13 = 0, NULL, concat('t', id % 31)) d",
                "date_add(date('2020-01-01'), CAST(id % 400 AS INT)) e",
                "id % 2 = 0 f")
            .selectExpr("*", "1D g")
            .unionAll(
                TestSpark.session()
                    .range(0, 200, 1, 2)
                    .selectExpr(
                        "5D",
                        "7",
                        "CAST(1 AS DECIMAL(10, 2))",
                        "'t'",
                        "date('2020-05-05')",
                        "true",
                        "1D"));
    table.write().parquet(file.toString());
    Inspection.Table found =
        Inspection.of(TestSpark.session(), DataOptions.of(file.toString())).training();
    assertEquals(3200, found.rows());
    assertEquals(3200 - table.distinct().count(), found.equal());
    for (Inspection.Facts facts : found.columns()) {
      String name = facts.name();
      boolean number = !List.of("d", "e").contains(name);
      String cell = name.equals("a") ? "IF(isnan(a), NULL, a)" : name;
      Row exact =
          table
              .selectExpr(
                  "count(*) - count(%s)".formatted(cell),
                  "count(DISTINCT %s)".formatted(cell),
                  number
                      ? "CAST(min(CAST(%s AS DOUBLE)) AS STRING)".formatted(cell)
                      : "CAST(min(%s) AS STRING)".formatted(cell),
                  number
                      ? "CAST(max(CAST(%s AS DOUBLE)) AS STRING)".formatted(cell)
                      : "CAST(max(%s) AS STRING)".formatted(cell),
                  number ? "avg(CAST(%s AS DOUBLE))".formatted(cell) : "0D")
              .head();
      assertEquals(exact.getLong(0), facts.missing(), name);
      double most = exact.getLong(1);
      assertEquals(most, (double) facts.distinct(), 1 + 0.05 * most, name);
      assertEquals(exact.getString(2), facts.range().orElseThrow().min(), name);
      assertEquals(exact.getString(3), facts.range().orElseThrow().max(), name);
      if (number) {
        assertEquals(exact.getDouble(4), facts.range().get().mean().orElseThrow(), 1e-9, name);
      }
    }
    List<Double> shares = found.columns().get(0).shares();
    assertEquals(1, shares.stream().mapToDouble(share -> share).sum(), 1e-12);
    for (int bar = 0; bar < 10; bar++) {
      double width = 99 * 99 / 10.0;
      String within =
          bar == 9
              ? "a >= %s".formatted(9 * width)
              : "a >= %s AND a < %s".formatted(bar * width, (bar + 1) * width);
      double exact =
          table.where("a IS NOT NULL AND NOT isnan(a)").where(within).count()
              / (double) table.where("a IS NOT NULL AND NOT isnan(a)").count();
      assertEquals(exact, shares.get(bar), 0.01, "bar " + bar);
    }
    assertEquals(List.of(), found.columns().get(6).shares());
  }

  /** By registers alone, of these 90 columns some would be counted one short. */
  @Test
  void fewDifferentValuesAreCountedExactly() {
    Path file = directory.resolve("d.parquet");
    String[] columns =
        IntStream.range(0, 90)
            .mapToObj(
                j ->
                    "%s AS c%d"
                        .formatted(
                            j % 2 == 0
                                ? "concat('v%d-', id %% %d)".formatted(j, values(j))
                                : "double(xxhash64(%d, id %% %d)) * (id %% %2$d)"
                                    .formatted(j, values(j)),
                            j))
            .toArray(String[]::new);
    TestSpark.session().range(0, 2000, 1, 3).selectExpr(columns).write().parquet(file.toString());
    List<Inspection.Facts> facts =
        Inspection.of(TestSpark.session(), DataOptions.of(file.toString())).training().columns();
    for (int j = 0; j < columns.length; j++) {
      assertEquals(values(j) <= 1000, facts.get(j).isCounted(), "column " + j);
      if (values(j) <= 1000) {
        assertEquals(values(j), facts.get(j).distinct(), "column " + j);
      } else {
        assertEquals(values(j), (double) facts.get(j).distinct(), 0.1 * values(j), "column " + j);
      }
    }
  }

  private static int values(int column) {
    return column < 60 ? 20 + column / 20 : 1 + 55 * (column - 60);
  }

  @Test
  void columnsWithoutOrderAreCountedAllTheSame() {
    Path file = directory.resolve("d.parquet");
    Tables.line(3)
        .selectExpr("map(x, y) m", "array(x) a", "date('2020-01-02') d")
        .write()
        .parquet(file.toString());
    List<Inspection.Facts> facts =
        Inspection.of(TestSpark.session(), DataOptions.of(file.toString())).training().columns();
    assertEquals(List.of(3L, 3L, 1L), facts.stream().map(Inspection.Facts::distinct).toList());
    assertEquals("2020-01-02", facts.get(2).range().orElseThrow().min());
  }

  @Test
  void theArraysOfAPickleAreNamedWithTheirShapes() {
    Path file = directory.resolve("d.pkl");
    Generator.generate(
            TestSpark.session(), new GeneratorOptions(GeneratorOptions.Shape.LINEAR, 10, 2, 1, 42))
        .write(file.toString(), WrittenFormat.PICKLE);
    Inspection inspection = Inspection.of(TestSpark.session(), DataOptions.of(file.toString()));
    assertEquals(List.of("x: (10, 2) float64", "y: (10, 1) float64"), inspection.arrays());
    assertEquals(10, inspection.training().rows());
  }

  private static Optional<Inspection.Range> range(String min, String max, Double mean) {
    return Optional.of(new Inspection.Range(min, max, Optional.ofNullable(mean)));
  }
}
