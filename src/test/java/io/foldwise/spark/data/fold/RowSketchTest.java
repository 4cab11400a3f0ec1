package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.schema.RowHash;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSketchTest {

  private static final String SAYS =
      " have the features and label of a row that the model was trained on:"
          + " this score is too good for unseen rows";
  private static final DataOptions.Roles ROLES =
      DataOptions.Roles.defaults().withFeatures(List.of("x", "z"));

  /** As a file keeps it. */
  private static RowSketch sketch(Dataset<Row> rows) throws IOException {
    return RowSketch.of(assigned(rows).sketched().toBytes());
  }

  private static AssignedRows assigned(Dataset<Row> rows) {
    return FoldAssigner.assign(DataLoader.of(rows, ROLES), AssignmentOptions.withoutFolds(7));
  }

  @Test
  void everyRowThatWasTrainedOnIsKnownAndNoOther() throws IOException {
    RowSketch sketch = sketch(Tables.line(1000));
    Dataset<Row> half = Tables.line(1500).where("x >= 500");
    assertEquals(Optional.of("500 of 1,000 rows" + SAYS), assigned(half).trainedOn(sketch));
    Dataset<Row> others = Tables.line(2000).where("x >= 1000");
    assertEquals(Optional.empty(), assigned(others).trainedOn(sketch));
  }

  @Test
  void aRowIsKnownInAnotherFileOrderAndTypeAndBesideOtherColumns() throws IOException {
    RowSketch sketch = sketch(Tables.line(1000));
    Dataset<Row> other =
        Tables.line(1000)
            .selectExpr("'t' as text", "cast(y as int) as y", "z", "cast(x as float) as x")
            .orderBy("z")
            .repartition(3);
    assertEquals(Optional.of("1,000 of 1,000 rows" + SAYS), assigned(other).trainedOn(sketch));
  }

  @Test
  void aRowOfAnotherLabelIsAnotherRow() throws IOException {
    RowSketch sketch = sketch(Tables.line(100));
    Dataset<Row> other = Tables.line(100).selectExpr("x", "z", "y + 1e-9 as y");
    assertEquals(Optional.empty(), assigned(other).trainedOn(sketch));
  }

  @Test
  void ofManyRowsASampleIsKeptAndAskedFor() throws IOException {
    AssignedRows rows = assigned(Tables.line(4000));
    RowSketch sample =
        RowSketch.of(
            rows.frame(),
            RowHash.ofContents(rows.frame().schema(), rows.roles().numbers()),
            1L << 20);
    String note = assigned(Tables.line(8000)).trainedOn(sample).orElseThrow();
    // A quarter of 8,000 rows, of which half were trained on: binomial, five deviations.
    assertTrue(note.matches("about (4[5-9]|5[0-5]) % of 8,000 rows \\(.*" + SAYS), note);
    String looked = note.replaceAll(".* of (.*) that were looked up.*", "$1").replace(",", "");
    assertEquals(2000, Integer.parseInt(looked), 5 * Math.sqrt(8000 * 0.25 * 0.75), note);
  }

  @Test
  void itIsSmall() {
    AssignedRows rows = assigned(Tables.line(1000));
    for (long claimed : new long[] {1L << 18, 1L << 20}) {
      RowSketch sketch =
          RowSketch.of(
              rows.frame(),
              RowHash.ofContents(rows.frame().schema(), rows.roles().numbers()),
              claimed);
      assertTrue(sketch.toBytes().length <= 1_000_000, () -> "" + sketch.toBytes().length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5000})
  void aFewFalseHitsAmongManyRowsAreNotSaid(int n) throws IOException {
    RowSketch sketch = sketch(Tables.line(n));
    List<Long> unseen = LongStream.range(0, 1_000_000).boxed().toList();
    assertEquals(Optional.empty(), sketch.note(unseen));
  }

  @Test
  void noneSaysNothingAndADamagedOneIsRefused() {
    assertTrue(RowSketch.none().isEmpty());
    assertEquals(Optional.empty(), assigned(Tables.line(5)).trainedOn(RowSketch.none()));
    assertThrows(IOException.class, () -> RowSketch.of(new byte[] {0, 0, 0, 9, 1, 2}));
  }
}
