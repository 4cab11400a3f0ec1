package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.TestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Fold, position and test set are three draws of a row, each with a salt of its own. */
class DrawnRowsTest {
  private static final long SEED = 42;
  private static final long HASHES = 1L << 32;
  private static final int FOLDS = 5;

  /** The rows of {@link Tables#line}, their columns by name. */
  private static DrawnRows line(int n) {
    return DrawnRows.of(
        IntStream.range(0, n)
            .mapToObj(i -> new double[] {i, 2.0 * i + 1, Math.sin(i)})
            .toArray(double[][]::new));
  }

  @Test
  void theHashIsXxHash64() {
    // Spark 4.0.1: SELECT xxhash64(1.0D, 3.0D), xxhash64(7L)
    assertEquals(
        TestSpark.session().sql("SELECT xxhash64(1D, 3D)").first().getLong(0),
        DrawnRows.of(new double[] {1, 3}).identities()[0]);
    // xxHash 0.8.1, XXH64 of no bytes: the seed 42 goes through where a value is missing
    assertEquals(42, DrawnRows.hash());
  }

  @Test
  void foldsAndPlacesOfFewRowsAreRanksOfTwoDrawsOfSeparateSalts() {
    int n = 103;
    SortedMap<Double, Tables.Dealt> expected = new TreeMap<>();
    int[] folds = line(n).ranks("fold", SEED);
    int[] positions = line(n).ranks("plac", SEED);
    for (int i = 0; i < n; i++) {
      expected.put((double) i, new Tables.Dealt(folds[i] * FOLDS / n, positions[i]));
    }
    assertEquals(expected, Tables.dealt(Tables.assigned(Tables.line(n), random(SEED))));
  }

  @Test
  void foldsAndPlacesOfManyRowsAreTwoDrawsOfSeparateSalts() {
    int n = 600;
    long[] folds = line(n).draws("fold", SEED);
    long[] positions = line(n).draws("plac", SEED);
    SortedMap<Double, Tables.Dealt> expected = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      int fold = (int) Math.floorMod(folds[i], (long) FOLDS);
      expected.put((double) i, new Tables.Dealt(fold, positions[i] >>> 32));
    }
    assertEquals(expected, Tables.dealt(large(n, random(SEED), new TestRows.None())));
  }

  @Test
  void testRowsOfFewRowsAreTheFirstRanksOfAThirdDraw() {
    int n = 90;
    int[] ranks = line(n).ranks("test", SEED);
    int[] training = IntStream.range(0, n).filter(i -> ranks[i] >= 18).toArray();
    AssignedRows rows =
        FoldAssigner.assign(
            Tables.small(Tables.line(n), DataOptions.Roles.defaults(), fifth()),
            random(SEED).withSeed(43));
    assertEquals(
        IntStream.range(0, n).filter(i -> ranks[i] < 18).mapToObj(i -> (double) i).toList(),
        Tables.test(rows));
    // Another repeat draws folds and positions anew, over what is left to train on.
    int[] folds = line(n).only(training).ranks("fold", 43);
    int[] positions = line(n).only(training).ranks("plac", 43);
    SortedMap<Double, Tables.Dealt> expected = new TreeMap<>();
    for (int i = 0; i < training.length; i++) {
      int fold = folds[i] * FOLDS / training.length;
      expected.put((double) training[i], new Tables.Dealt(fold, positions[i]));
    }
    assertEquals(expected, Tables.dealt(rows));
  }

  @Test
  void testRowsOfManyRowsAreAThirdDrawBelowItsFraction() {
    int n = 900;
    long[] draws = line(n).draws("test", SEED);
    assertEquals(
        IntStream.range(0, n)
            .filter(i -> (draws[i] >>> 32) < Math.ceil(0.2 * HASHES))
            .mapToObj(i -> (double) i)
            .toList(),
        Tables.test(large(n, random(SEED).withSeed(43), fifth())));
  }

  @Test
  void equalRowsAreToldApartByTheirOccurrenceNumber() {
    List<Row> thrice = new ArrayList<>();
    List<Long> identities = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      thrice.add(RowFactory.create(i % 10.0, 1.0));
      long key = DrawnRows.of(new double[] {i % 10, 1}).identities()[0];
      identities.add(i < 10 ? key : DrawnRows.hash(key, i / 10));
    }
    DrawnRows drawn = new DrawnRows(identities.stream().mapToLong(Long::longValue).toArray());
    int[] folds = drawn.ranks("fold", SEED);
    int[] positions = drawn.ranks("plac", SEED);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      expected.add("[%s,%d,%d]".formatted(i % 10.0, folds[i] * FOLDS / 30, positions[i]));
    }
    AssignedRows rows = Tables.assigned(Tables.frame(thrice, "x double, y double"), random(SEED));
    List<String> dealt =
        rows.frame().select("x", AssignedRows.FOLD, AssignedRows.POSITION).collectAsList().stream()
            .map(Row::toString)
            .toList();
    assertEquals(expected.stream().sorted().toList(), dealt.stream().sorted().toList());
  }

  @Test
  void foldPlaceAndTestSetAreIndependent() {
    AssignedRows all = Tables.assigned(Tables.line(4_000), random(SEED));
    AssignedRows split =
        FoldAssigner.assign(
            Tables.small(Tables.line(4_000), DataOptions.Roles.defaults(), fifth()), random(SEED));
    long[][] placesOfFolds = new long[FOLDS][FOLDS];
    long[] testsOfFolds = new long[FOLDS];
    long[] testsOfPositions = new long[FOLDS];
    for (Map.Entry<Double, Tables.Dealt> row : Tables.dealt(all).entrySet()) {
      int quintile = (int) (row.getValue().position() * FOLDS / 4_000);
      placesOfFolds[row.getValue().fold()][quintile]++;
    }
    SortedMap<Double, Tables.Dealt> dealt = Tables.dealt(all);
    for (double row : Tables.test(split)) {
      testsOfFolds[dealt.get(row).fold()]++;
      testsOfPositions[(int) (dealt.get(row).position() * FOLDS / 4_000)]++;
    }
    for (int fold = 0; fold < FOLDS; fold++) {
      // Each count of about 160 has a deviation of 11.
      assertNear(160, 55, testsOfFolds[fold]);
      assertNear(160, 55, testsOfPositions[fold]);
      for (long each : placesOfFolds[fold]) {
        assertNear(160, 55, each);
      }
    }
  }

  @Test
  void foldAndPlaceOfLargeDataAreIndependent() {
    long[][] counts = new long[FOLDS][4];
    Tables.dealt(large(4_000, random(SEED), new TestRows.None()))
        .values()
        .forEach(row -> counts[row.fold()][(int) (row.position() >>> 30)]++);
    for (long[] ofFold : counts) {
      for (long each : ofFold) {
        assertNear(200, 70, each);
      }
    }
  }

  @Test
  void stratifiedFoldsOfFewRowsAreDealtByLabelAndDraw() {
    int n = 60;
    DrawnRows drawn = classes(n);
    long[] draws = drawn.draws("fold", SEED);
    List<Integer> order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                java.util.Comparator.<Integer>comparingInt(i -> i % 3)
                    .thenComparingLong(i -> draws[i]))
            .toList();
    SortedMap<Double, Integer> expected = new TreeMap<>();
    for (int rank = 0; rank < n; rank++) {
      expected.put((double) order.get(rank), rank % FOLDS);
    }
    AssignmentOptions stratified = AssignmentOptions.of(FOLDS, FoldStrategy.stratified(), SEED);
    assertEquals(
        List.copyOf(expected.values()), Tables.folds(Tables.assigned(ofClasses(n), stratified)));
  }

  @Test
  void stratifiedFoldsOfManyRowsFollowTheirDrawAndAreEvenInEachClass() {
    int n = 3_000;
    AssignedRows rows =
        FoldAssigner.assign(
            Tables.large(ofClasses(n), DataOptions.Roles.defaults(), new TestRows.None()),
            AssignmentOptions.of(FOLDS, FoldStrategy.stratified(), SEED));
    long[] draws = classes(n).draws("fold", SEED);
    List<Integer> folds = Tables.folds(rows);
    long[][] counts = new long[3][FOLDS];
    for (int i = 0; i < n; i++) {
      assertEquals((int) Math.floorMod(draws[i], (long) FOLDS), folds.get(i));
      counts[i % 3][folds.get(i)]++;
    }
    for (long[] ofClass : counts) {
      for (long each : ofClass) {
        assertNear(200, 65, each);
      }
    }
  }

  @Test
  void groupsBeyondAMillionFollowTheirOwnDraw() {
    Dataset<Row> rows =
        TestSpark.session().range(2_200_000).selectExpr("id x", "id y", "id % 1100000 g");
    AssignedRows assigned =
        FoldAssigner.assign(
            Tables.large(rows, DataOptions.Roles.defaults().withGroup("g"), new TestRows.None()),
            AssignmentOptions.of(FOLDS, FoldStrategy.group(), SEED));
    assertTrue(assigned.notes().get(0).contains("spread by hash"), assigned.notes().toString());
    List<Row> some = assigned.frame().where("y % 1100000 < 1000").collectAsList();
    assertEquals(2_000, some.size());
    for (Row row : some) {
      double group = row.getDouble(0) % 1_100_000;
      long draw = DrawnRows.of(new double[] {group}).draws("fold", SEED)[0];
      assertEquals((int) Math.floorMod(draw, (long) FOLDS), row.getInt(2));
    }
  }

  /** x = 0 … n−1 and the class x mod 3. */
  private static Dataset<Row> ofClasses(int n) {
    return Tables.line(n).selectExpr("x", "int(x) % 3 y");
  }

  private static DrawnRows classes(int n) {
    return DrawnRows.of(
        IntStream.range(0, n).mapToObj(i -> new double[] {i, i % 3}).toArray(double[][]::new));
  }

  private static AssignmentOptions random(long seed) {
    return AssignmentOptions.of(FOLDS, FoldStrategy.random(), seed);
  }

  private static TestRows fifth() {
    return new TestRows.Drawn(new TestSource.Fraction(0.2, TestSource.Split.RANDOM));
  }

  private static AssignedRows large(int n, AssignmentOptions options, TestRows test) {
    return FoldAssigner.assign(
        Tables.large(Tables.line(n), DataOptions.Roles.defaults(), test), options);
  }

  private static void assertNear(long expected, long bound, long actual) {
    assertTrue(Math.abs(actual - expected) <= bound, actual + " is far from " + expected);
  }
}
