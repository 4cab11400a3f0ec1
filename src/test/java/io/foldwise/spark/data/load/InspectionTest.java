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
        new Inspection.Facts("name", "string", 1, 2, range("Ada", "Bob", null)), facts.get(0));
    assertEquals(new Inspection.Facts("x", "double", 2, 2, range("1.0", "4.0", 2.5)), facts.get(1));
    assertEquals("boolean", facts.get(2).type());
    assertEquals(1, facts.get(2).missing());
    assertTrue(inspection.test().isEmpty());
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
