package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.TestSource;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestSplitTest {

  private static final long SMALL = LoadedData.SMALL_ROWS;
  private static final long LARGE = 0;
  private static final AssignmentOptions OPTIONS =
      AssignmentOptions.of(5, FoldStrategy.random(), 42);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void noTestRowIsTrainedOn(long smallRows) {
    AssignedRows rows = split(Tables.line(1000), 0.2, TestSource.Split.RANDOM, smallRows);
    Set<Double> seen = new HashSet<>(Tables.dealt(rows).keySet());
    List<Double> test = Tables.test(rows);
    assertEquals(1000, seen.size() + test.size());
    assertTrue(test.stream().noneMatch(seen::contains));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.2, 20", "100, 0.29, 29", "101, 0.2, 21", "10, 0.1, 1", "1000, 0.007, 7"})
  void aRandomTestSetHasExactlyTheRowsThatWereAskedFor(int n, double fraction, int expected) {
    AssignedRows rows = split(Tables.line(n), fraction, TestSource.Split.RANDOM, SMALL);
    assertEquals(expected, Tables.test(rows).size());
    assertEquals(n - expected, rows.assignment().rows());
    assertEquals(
        LongStream.range(0, n - expected).boxed().toList(),
        Tables.dealt(rows).values().stream().map(Tables.Dealt::position).sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void theTailIsTheLastRowsOfFileOrder(long smallRows) {
    Tables.csv(directory.resolve("in/a.csv"), 0, 300);
    Tables.csv(directory.resolve("in/b.csv"), 300, 1000);
    DataOptions options =
        DataOptions.of(directory.resolve("in").toString())
            .with(new TestSource.Fraction(0.1, TestSource.Split.TAIL));
    AssignedRows rows =
        FoldAssigner.assign(new DataLoader(TestSpark.session(), smallRows).load(options), OPTIONS);
    assertEquals(IntStream.range(900, 1000).mapToObj(i -> (double) i).toList(), Tables.test(rows));
    assertEquals(900, rows.frame().count());
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void contiguousFoldsCountTrainingRowsAlone(long smallRows) {
    LoadedData data =
        loaded(
            Tables.line(1000), new TestSource.Fraction(0.25, TestSource.Split.RANDOM), smallRows);
    AssignedRows rows =
        FoldAssigner.assign(data, AssignmentOptions.of(7, FoldStrategy.contiguous(), 42));
    List<Integer> folds = Tables.folds(rows);
    int n = folds.size();
    assertEquals(Tables.runs(n, 7), folds);
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void testRowsStayTheSameOverRepeatsAndPartitions(long smallRows) {
    Dataset<Row> rows = Tables.line(800);
    TestSource.Fraction fraction = new TestSource.Fraction(0.3, TestSource.Split.RANDOM);
    LoadedData data = loaded(rows, fraction, smallRows);
    AssignedRows first = FoldAssigner.assign(data, OPTIONS);
    AssignedRows second = FoldAssigner.assign(data, OPTIONS.withSeed(43));
    assertEquals(Tables.test(first), Tables.test(second));
    assertNotEquals(Tables.dealt(first), Tables.dealt(second));
    AssignedRows cut =
        FoldAssigner.assign(loaded(rows.repartition(7), fraction, smallRows), OPTIONS);
    assertEquals(Tables.test(first), Tables.test(cut));
    assertEquals(Tables.dealt(first), Tables.dealt(cut));
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void aSeparateTestSetIsReadInTheOrderOfTheTrainingColumns(long smallRows) {
    String train = Tables.csv(directory.resolve("a.csv"), 0, 1000);
    String test = Tables.write(directory.resolve("b.csv"), "y,x\n7,8\n9,10\n");
    DataOptions options = DataOptions.of(train).with(new TestSource.Separate(test));
    AssignedRows rows =
        FoldAssigner.assign(new DataLoader(TestSpark.session(), smallRows).load(options), OPTIONS);
    assertEquals(
        List.of("[8.0,7.0]", "[10.0,9.0]"),
        rows.test().orElseThrow().collectAsList().stream().map(Row::toString).toList());
    assertEquals(1000, rows.assignment().rows());
  }

  @Test
  void aSeparateTestSetWithoutAFeatureIsRefused() {
    String train = Tables.csv(directory.resolve("a.csv"), 0, 10);
    String test = Tables.write(directory.resolve("b.csv"), "y,z\n7,8\n");
    DataOptions options = DataOptions.of(train).with(new TestSource.Separate(test));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> DataLoader.load(TestSpark.session(), options));
    assertEquals(
        "'test-data' (x): '%s' has no such column; it has y, z".formatted(test),
        refusal.getMessage());
  }

  @Test
  void aFractionThatLeavesNothingIsRefused() {
    assertEquals(
        "'test-fraction' (0.95) of 5 rows leaves none to train on: lower it or add rows",
        assertThrows(
                InvalidInputException.class,
                () -> split(Tables.line(5), 0.95, TestSource.Split.RANDOM, SMALL))
            .getMessage());
    assertEquals(
        "'test-fraction' (1.0) must be > 0 and < 1: both sets need rows",
        assertThrows(
                InvalidInputException.class,
                () -> new TestSource.Fraction(1, TestSource.Split.RANDOM))
            .getMessage());
  }

  private static AssignedRows split(
      Dataset<Row> rows, double fraction, TestSource.Split split, long smallRows) {
    return FoldAssigner.assign(
        loaded(rows, new TestSource.Fraction(fraction, split), smallRows), OPTIONS);
  }

  private static LoadedData loaded(
      Dataset<Row> rows, TestSource.Fraction fraction, long smallRows) {
    return new DataLoader(TestSpark.session(), smallRows)
        .loaded(rows, DataOptions.Roles.defaults(), new TestRows.Drawn(fraction));
  }
}
