package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.schema.TestSource;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightTest {

  private static final String ADVICE =
      ": a weight must be a number >= 0: correct it, remove the row, or leave out --weight";
  private static final AssignmentOptions OPTIONS =
      AssignmentOptions.of(2, FoldStrategy.random(), 1);

  @TempDir Path directory;

  @Test
  void aWeightIsNoFeatureAndStandsLast() {
    LoadedData data = Loads.load(weighted("x,w,y\n1,2,3\n4,0.5,6\n7,0,9\n"));
    assertEquals(List.of("x"), data.features());
    assertEquals(List.of("[1.0,3.0,2.0]", "[4.0,6.0,0.5]", "[7.0,9.0,0.0]"), Loads.rows(data));
    AssignedRows rows = FoldAssigner.assign(data, OPTIONS);
    assertTrue(rows.isWeighted());
    assertFalse(rows.isSparse());
    assertArrayEquals(
        new String[] {"x", "y", AssignedRows.FOLD, AssignedRows.POSITION, AssignedRows.WEIGHT},
        rows.frame().columns());
    assertArrayEquals(new String[] {"x", "y", AssignedRows.WEIGHT}, rows.scored().columns());
  }

  @Test
  void largeDataHaveTheSameColumns() {
    StringBuilder csv = new StringBuilder("x,w,y\n");
    for (int i = 0; i < 300; i++) {
      csv.append(i).append(",1,").append(2 * i).append('\n');
    }
    TestSource.Fraction fraction = new TestSource.Fraction(0.3, TestSource.Split.RANDOM);
    AssignedRows rows =
        FoldAssigner.assign(Loads.large(weighted(csv.toString()).with(fraction)), OPTIONS);
    assertArrayEquals(
        new String[] {"x", "y", AssignedRows.FOLD, AssignedRows.POSITION, AssignedRows.WEIGHT},
        rows.frame().columns());
    assertArrayEquals(
        new String[] {"x", "y", AssignedRows.WEIGHT}, rows.test().orElseThrow().columns());
    assertArrayEquals(rows.test().orElseThrow().columns(), rows.scored().columns());
  }

  @Test
  void rowsWithoutWeightsHaveNoSuchColumn() {
    AssignedRows rows = FoldAssigner.assign(DataLoader.of(Tables.line(5), roles()), OPTIONS);
    assertFalse(rows.isWeighted());
    assertArrayEquals(
        new String[] {"x", "z", "y", AssignedRows.FOLD, AssignedRows.POSITION},
        rows.frame().columns());
  }

  @Test
  void aWeightIsPartOfTheRowKey() {
    List<Long> keys = keys("x,w,y\n1,2,3\n1,4,3\n");
    assertEquals(keys, keys("w,x,y\n2,1,3\n4,1,3\n"));
    assertNotEquals(keys, keys("x,w,y\n1,2,3\n1,5,3\n"));
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "-0.5,-0.5", ",missing", "NaN,NaN", "Infinity,Infinity"})
  void aWeightThatIsNoneIsRefusedWithItsLine(String cell, String shown) {
    DataOptions options =
        weighted("x,w,y\n1,2,3\n\n4," + (cell == null ? "" : cell) + ",6\n7,-9,9\n");
    String message =
        "'%s', row 2 (line 4): column 'w' is %s".formatted(options.path(), shown) + ADVICE;
    assertEquals(message, Loads.refusal(options));
    assertEquals(message, Loads.large(options).firstBadCell().orElseThrow().message());
  }

  @Test
  void weightsOfTextAreRefused() {
    DataOptions options = weighted("x,w,y\n1,2,3\n4,heavy,6\n");
    assertTrue(
        Loads.refusal(options).contains("row 2 (line 3): column 'w' holds 'heavy', which is no"));
  }

  @Test
  void weightsThatAreAllZeroAreRefused() {
    assertEquals(
        "'weight' (w) is 0 in every row: no row would count; leave out the option",
        Loads.refusal(weighted("x,w,y\n1,0,3\n4,0,6\n")));
  }

  @Test
  void theWeightIsNeitherFeatureNorLabelAndMustBeThere() {
    DataOptions options = weighted("x,w,y\n1,2,3\n4,5,6\n");
    assertEquals(
        "'weight' (w) is a feature too: a weight says what a row counts; name another column",
        Loads.refusal(options.with(options.roles().withFeatures(List.of("x", "w")))));
    assertEquals(
        "'weight' (y) is the label too: a weight says what a row counts; name another column",
        Loads.refusal(options.with(options.roles().withWeight("y"))));
    assertEquals(
        "'weight' (v): '" + options.path() + "' has no such column; it has x, w, y",
        Loads.refusal(options.with(options.roles().withWeight("v"))));
  }

  @Test
  void testRowsNeedWeightsWhereTrainingRowsHaveThem() {
    DataOptions options = weighted("x,w,y\n1,2,3\n4,5,6\n");
    String test = Tables.write(directory.resolve("t.csv"), "x,y\n1,2\n");
    DataOptions tested = options.with(new TestSource.Separate(test));
    assertEquals(
        "'test-data' (w): '" + test + "' has no such column; it has x, y", Loads.refusal(tested));
    Tables.write(Path.of(test), "x,w,y\n1,3,2\n1,-3,2\n");
    assertEquals(
        "'" + test + "', row 2 (line 3): column 'w' is -3" + ADVICE, Loads.refusal(tested));
    assertEquals(
        "'" + test + "', row 2 (line 3): column 'w' is -3" + ADVICE,
        Loads.large(tested).firstBadCell().orElseThrow().message());
    Tables.write(Path.of(test), "x,w,y\n1,0,2\n");
    assertTrue(Loads.refusal(tested).startsWith("'weight' (w) is 0 in every row"));
    Tables.write(Path.of(test), "x,w,y\n1,3,2\n");
    AssignedRows rows = FoldAssigner.assign(Loads.load(tested), OPTIONS);
    assertEquals(
        List.of("[1.0,2.0,3.0]"),
        rows.test().orElseThrow().collectAsList().stream().map(Row::toString).toList());
  }

  private List<Long> keys(String csv) {
    try (LoadedData data = Loads.load(weighted(csv))) {
      return data.index().orElseThrow().stream().map(IndexedRow::identity).toList();
    }
  }

  private static DataOptions.Roles roles() {
    return DataOptions.Roles.defaults();
  }

  private DataOptions weighted(String csv) {
    return DataOptions.of(Tables.write(directory.resolve("d.csv"), csv))
        .with(roles().withWeight("w"));
  }
}
