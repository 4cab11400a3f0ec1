package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.load.TestRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldAssignerTest {

  private static final AssignmentOptions RANDOM =
      AssignmentOptions.of(5, FoldStrategy.random(), 42);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void foldsAndPlacesDoNotDependOnPartitions(int partitions) {
    Dataset<Row> rows = Tables.line(103);
    assertEquals(
        Tables.dealt(Tables.assigned(rows, RANDOM)),
        Tables.dealt(Tables.assigned(rows.repartition(partitions), RANDOM)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void hashedFoldsAndPlacesDoNotDependOnPartitions(int partitions) {
    Dataset<Row> rows = Tables.line(600);
    assertEquals(
        Tables.dealt(large(rows, RANDOM)),
        Tables.dealt(large(rows.repartition(partitions), RANDOM)));
  }

  @Test
  void foldsAndPlacesDoNotDependOnTheOrderOfRows() {
    List<Row> shuffled = new ArrayList<>(Tables.line(103).collectAsList());
    Collections.shuffle(shuffled, new Random(7));
    assertEquals(
        Tables.dealt(Tables.assigned(Tables.line(103), RANDOM)),
        Tables.dealt(
            Tables.assigned(Tables.frame(shuffled, "x double, z double, y double"), RANDOM)));
  }

  @Test
  void foldsDoNotDependOnWhetherNumbersAreStoredAsIntegers() {
    Dataset<Row> doubles = Tables.line(50);
    Dataset<Row> mixed = doubles.selectExpr("int(x) x", "z", "decimal(y) y");
    assertEquals(
        Tables.dealt(Tables.assigned(doubles, RANDOM)),
        Tables.dealt(Tables.assigned(mixed, RANDOM)));
  }

  @ParameterizedTest
  @CsvSource({"100,5", "103,5", "80,80", "7,2", "11,10"})
  void foldSizesDifferByAtMostOneRowAndPlacesAreRanks(int n, int k) {
    AssignedRows rows =
        Tables.assigned(Tables.line(n), AssignmentOptions.of(k, FoldStrategy.random(), 1));
    long[] sizes = Tables.sizes(rows);
    assertTrue(
        LongStream.of(sizes).max().orElseThrow() - LongStream.of(sizes).min().orElseThrow() <= 1);
    assertEquals(n, rows.assignment().positions());
    assertEquals(
        LongStream.range(0, n).boxed().toList(),
        Tables.dealt(rows).values().stream().map(Tables.Dealt::position).sorted().toList());
  }

  @Test
  void anotherSeedDealsOtherFoldsAndPlaces() {
    assertNotEquals(
        Tables.dealt(Tables.assigned(Tables.line(50), RANDOM)),
        Tables.dealt(Tables.assigned(Tables.line(50), RANDOM.withSeed(43))));
  }

  @Test
  void duplicatesAreSpreadOverTheFolds() {
    List<Row> same = IntStream.range(0, 100).mapToObj(i -> RowFactory.create(1.0, 2.0)).toList();
    AssignedRows rows = Tables.assigned(Tables.frame(same, "x double, y double"), RANDOM);
    assertArrayEquals(new long[] {20, 20, 20, 20, 20}, Tables.sizes(rows));
  }

  @Test
  void anIdDecidesTheFoldWhateverTheOtherColumnsHold() {
    DataOptions.Roles roles = DataOptions.Roles.defaults().withId("x");
    Dataset<Row> rows = Tables.line(60);
    Dataset<Row> other = rows.selectExpr("x", "z + 1 z", "-y y");
    assertEquals(foldsById(rows, roles), foldsById(other, roles));
    assertNotEquals(
        Tables.folds(Tables.assigned(rows, RANDOM)), Tables.folds(Tables.assigned(other, RANDOM)));
  }

  @Test
  void columnsThatAreNotSelectedStillBelongToTheRowKey() {
    DataOptions.Roles some = DataOptions.Roles.defaults().withFeatures(List.of("x"));
    assertEquals(
        Tables.folds(Tables.assigned(Tables.line(60), RANDOM)),
        Tables.folds(FoldAssigner.assign(DataLoader.of(Tables.line(60), some), RANDOM)));
  }

  @Test
  void negativeZeroIsZero() {
    List<Row> plus =
        List.of(
            RowFactory.create(0.0, 1.0), RowFactory.create(1.0, 2.0), RowFactory.create(2.0, 0.0));
    List<Row> minus =
        List.of(
            RowFactory.create(-0.0, 1.0),
            RowFactory.create(1.0, 2.0),
            RowFactory.create(2.0, -0.0));
    AssignmentOptions three = AssignmentOptions.of(3, FoldStrategy.random(), 5);
    assertEquals(
        new ArrayList<>(
            Tables.dealt(Tables.assigned(Tables.frame(plus, "x double, y double"), three))
                .values()),
        new ArrayList<>(
            Tables.dealt(Tables.assigned(Tables.frame(minus, "x double, y double"), three))
                .values()));
  }

  @Test
  void withoutFoldsEveryRowIsInFoldZero() {
    AssignedRows rows = Tables.assigned(Tables.line(9), AssignmentOptions.withoutFolds(1));
    assertArrayEquals(new long[] {9}, Tables.sizes(rows));
  }

  @Test
  void framesHoldDoublesThatAreNeverNullThenFoldAndPlace() {
    Dataset<Row> rows = Tables.line(9).selectExpr("int(x) x", "x > 3 b", "decimal(y) y");
    for (AssignedRows assigned :
        List.of(
            Tables.assigned(rows, AssignmentOptions.withoutFolds(1)),
            large(rows, AssignmentOptions.withoutFolds(1)))) {
      assertEquals(
          "x DOUBLE NOT NULL,b DOUBLE NOT NULL,y DOUBLE NOT NULL,__foldwise_fold INT NOT NULL,__foldwise_position BIGINT NOT NULL",
          assigned.frame().schema().toDDL());
    }
  }

  @Test
  void moreFoldsThanRowsAreRefused() {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                Tables.assigned(
                    Tables.line(80), AssignmentOptions.of(81, FoldStrategy.random(), 1)));
    assertEquals("'folds' (81) must be <= rows (80): a fold would be empty", refusal.getMessage());
  }

  @Test
  void oneFoldIsRefused() {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> AssignmentOptions.of(1, FoldStrategy.random(), 1));
    assertEquals(
        "'folds' (1) must be >= 2: one fold leaves nothing to train on", refusal.getMessage());
  }

  @Test
  void largeDataAreDealtAgainWhereDuplicatesMakeFoldsLopsided() {
    List<Row> few =
        IntStream.range(0, 5000).mapToObj(i -> RowFactory.create((double) (i % 3), 1.0)).toList();
    AssignedRows rows = large(Tables.frame(few, "x double, y double"), RANDOM);
    AssignedRows again = rows.rebalanced(Tables.sizes(rows)).orElseThrow();
    assertTrue(again.rebalanced(Tables.sizes(again)).isEmpty());
    assertEquals(5000, LongStream.of(Tables.sizes(again)).sum());
  }

  @Test
  void hashedFoldsOfDistinctRowsAreLeftAlone() {
    AssignedRows rows = large(Tables.line(5000), RANDOM);
    assertTrue(rows.rebalanced(Tables.sizes(rows)).isEmpty());
    Set<Long> positions = new HashSet<>();
    Tables.dealt(rows).values().forEach(row -> positions.add(row.position()));
    assertTrue(positions.size() > 4990);
    assertEquals(1L << 32, rows.assignment().positions());
  }

  private static SortedMap<Double, Integer> foldsById(Dataset<Row> rows, DataOptions.Roles roles) {
    SortedMap<Double, Integer> folds = new TreeMap<>();
    AssignedRows assigned = FoldAssigner.assign(DataLoader.of(rows, roles), RANDOM);
    // Without x among the features, |y| = 2x + 1 tells rows apart.
    for (Row row : assigned.frame().collectAsList()) {
      folds.put(Math.abs(row.getDouble(1)), row.getInt(2));
    }
    return folds;
  }

  private static AssignedRows large(Dataset<Row> rows, AssignmentOptions options) {
    return FoldAssigner.assign(
        Tables.large(rows, DataOptions.Roles.defaults(), new TestRows.None()), options);
  }
}
