package io.foldwise.spark.data.fold;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every test runs as if the data were small and as if they were large. */
class FoldStrategyTest {

  private static final String SPLIT_BYTES = "spark.sql.files.maxPartitionBytes";
  private static final long SMALL = LoadedData.SMALL_ROWS;
  private static final long LARGE = 0;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void contiguousFoldsAreThoseOfScikitLearnsKFold(long smallRows) {
    // scikit-learn 1.2.1: [len(t) for _, t in KFold(4).split(range(11))] = [3, 3, 3, 2]
    assertEquals(
        List.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3),
        Tables.folds(
            dealt(Tables.line(11), DataOptions.Roles.defaults(), contiguous(4), smallRows)));
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void contiguousFoldsFollowTheOrderOfFilesHoweverSparkCutsThem(long smallRows) throws Exception {
    // Of very different lengths: Spark reads the longest first.
    Tables.csv(directory.resolve("in/a.csv"), 0, 20);
    Tables.csv(directory.resolve("in/b.csv"), 20, 1_500);
    Tables.csv(directory.resolve("in/c.csv"), 1_500, 1_700);
    SparkSession spark = TestSpark.session();
    String before = spark.conf().get(SPLIT_BYTES);
    spark.conf().set(SPLIT_BYTES, "1000");
    try {
      assertTrue(
          spark.read().text(directory.resolve("in").toString()).rdd().getNumPartitions() > 5);
      LoadedData data =
          new DataLoader(spark, smallRows).load(DataOptions.of(directory.resolve("in").toString()));
      assertEquals(Tables.runs(1_700, 7), Tables.folds(FoldAssigner.assign(data, contiguous(7))));
    } finally {
      spark.conf().set(SPLIT_BYTES, before);
    }
  }

  @Test
  void theFoldOfAPositionIsTheSameAsAColumn() {
    Dealing.Runs runs = new Dealing.Runs(10, 103, 0);
    Dataset<Row> positions = TestSpark.session().range(0, 103).toDF("p");
    List<Integer> folds =
        positions.select(expr(runs.piece("p"))).collectAsList().stream()
            .map(row -> row.getInt(0))
            .toList();
    assertEquals(Tables.runs(103, 10), folds);
    assertEquals(folds, IntStream.range(0, 103).map(runs::piece).boxed().toList());
  }

  /**
   * Of 14 rows in runs of 5, 5 and 4 the last two of each are pieces of their own; so they are by
   * times that are twice as far apart, except of the last run, which no other follows.
   */
  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void aPurgeCutsTheEndOfEachRunOff(long smallRows) {
    List<Integer> pieces = List.of(0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5);
    AssignmentOptions byRow = AssignmentOptions.of(3, FoldStrategy.forward().purged(2), 1);
    assertEquals(
        pieces,
        Tables.folds(dealt(Tables.line(14), DataOptions.Roles.defaults(), byRow, smallRows)));
    List<Integer> byTimes = new ArrayList<>(pieces);
    Collections.replaceAll(byTimes, 5, 4);
    AssignmentOptions byTime = AssignmentOptions.of(3, FoldStrategy.time().purged(4), 1);
    Dataset<Row> timed = Tables.line(14).selectExpr("x", "y", "2 * x as t");
    DataOptions.Roles roles = DataOptions.Roles.defaults().withFoldColumn("t");
    AssignedRows assigned = dealt(timed, roles, byTime, smallRows);
    assertEquals(byTimes, Tables.folds(assigned));
    assertEquals(3, assigned.assignment().folds());
    assertEquals(6, assigned.assignment().pieces());
    assertEquals(
        List.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2),
        assigned.frame().orderBy("x").select(assigned.foldOf()).collectAsList().stream()
            .map(row -> row.getInt(0))
            .toList());
  }

  @Test
  void stratifiedFoldsAreEvenInEachValueAndOverAll() {
    Dataset<Row> rows = Tables.line(113).selectExpr("x", "if(x < 23, 1, if(x < 50, 2, 3)) y");
    AssignedRows assigned =
        dealt(
            rows,
            DataOptions.Roles.defaults(),
            AssignmentOptions.of(5, FoldStrategy.stratified(), 3),
            SMALL);
    assertEven(Tables.sizes(assigned));
    for (int value = 1; value <= 3; value++) {
      assertEven(sizesWhere(assigned, "y = " + value));
    }
  }

  @Test
  void stratifiedFoldsOfLargeDataFollowTheHash() {
    Dataset<Row> rows = Tables.line(1000).selectExpr("x", "int(x) % 2 y");
    AssignedRows assigned =
        dealt(
            rows,
            DataOptions.Roles.defaults(),
            AssignmentOptions.of(5, FoldStrategy.stratified(), 3),
            LARGE);
    assertEquals(1000, LongStream.of(Tables.sizes(assigned)).sum());
    assertTrue(assigned.notes().get(0).startsWith("stratified folds"));
  }

  /** Where nothing is said; of many rows they need not be counted, since chance does the same. */
  @Test
  void foldsOfClassesAreStratified() {
    Dataset<Row> rows = Tables.line(113).selectExpr("x", "int(x < 23) y");
    for (Loss loss : Loss.kinds()) {
      FoldStrategy named = loss.isOfClasses() ? FoldStrategy.stratified() : FoldStrategy.random();
      assertEquals(named.option(), FoldStrategy.of(loss).option());
    }
    for (Loss loss : List.of(Loss.squared(), Loss.hinge())) {
      AssignmentOptions options = AssignmentOptions.of(5, FoldStrategy.of(loss), 3);
      AssignedRows few = dealt(rows, DataOptions.Roles.defaults(), options, SMALL);
      LongSummaryStatistics ones = LongStream.of(sizesWhere(few, "y = 1")).summaryStatistics();
      assertEquals(loss.isOfClasses(), ones.getMax() <= ones.getMin() + 1, ones.toString());
    }
    AssignmentOptions asked = AssignmentOptions.of(5, FoldStrategy.of(Loss.logistic()), 3);
    Dataset<Row> many = Tables.line(1000).selectExpr("x", "int(x) % 2 y");
    AssignedRows assigned = dealt(many, DataOptions.Roles.defaults(), asked, LARGE);
    assertEquals(1000, LongStream.of(Tables.sizes(assigned)).sum());
    assertEquals(List.of(), assigned.notes());
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void stratifyingAContinuousLabelIsRefused(long smallRows) {
    assertEquals(
        "'fold-strategy' stratified needs a value of 'y' on at least 5 rows, one a fold; of its 50"
            + " values none is on more than 1: use random",
        refusal(
            Tables.line(50),
            DataOptions.Roles.defaults(),
            AssignmentOptions.of(5, FoldStrategy.stratified(), 3),
            smallRows));
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void aGroupSharesOneFoldAndFoldsAreAsEvenAsGroupsAllow(long smallRows) {
    // Groups of 40, 30, 20, 10 rows go 40 | 30 | 20 + 10.
    Dataset<Row> rows =
        Tables.line(100)
            .selectExpr(
                "x",
                "y",
                "case when x < 40 then 'a' when x < 70 then 'b' when x < 90 then 'c' else 'd' end g");
    AssignedRows assigned =
        dealt(rows, byGroup(), AssignmentOptions.of(3, FoldStrategy.group(), 3), smallRows);
    long[] sizes = Tables.sizes(assigned);
    assertArrayEquals(new long[] {40, 30, 30}, sizes);
    SortedMap<Integer, Integer> foldOf = new TreeMap<>();
    Tables.dealt(assigned)
        .forEach(
            (x, row) -> {
              int group = x < 40 ? 0 : x < 70 ? 1 : x < 90 ? 2 : 3;
              assertEquals(row.fold(), foldOf.computeIfAbsent(group, g -> row.fold()));
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void moreFoldsThanGroupsAndMissingGroupsAreRefused(long smallRows) {
    AssignmentOptions three = AssignmentOptions.of(3, FoldStrategy.group(), 3);
    assertEquals(
        "'folds' (3) must be <= groups (2): a fold would be empty",
        refusal(Tables.line(9).selectExpr("x", "y", "x > 3 g"), byGroup(), three, smallRows));
    String missing =
        refusal(
            Tables.line(9).selectExpr("x", "y", "if(x = 3, null, x) g"),
            byGroup(),
            three,
            smallRows);
    assertTrue(missing.contains("column 'g'") && missing.contains("missing"), missing);
  }

  @Test
  void aMissingGroupAmongAMillionIsRefused() {
    Dataset<Row> rows =
        TestSpark.session().range(1_000_003).selectExpr("id x", "id y", "if(id = 7, null, id) g");
    String missing =
        refusal(rows, byGroup(), AssignmentOptions.of(3, FoldStrategy.group(), 3), LARGE);
    assertTrue(missing.contains("column 'g'") && missing.contains("missing"), missing);
  }

  @Test
  void aStrategyWithoutItsColumnIsRefused() {
    assertEquals(
        "'fold-strategy' group needs 'group': name a column",
        refusal(
            Tables.line(9),
            DataOptions.Roles.defaults(),
            AssignmentOptions.of(3, FoldStrategy.group(), 3),
            SMALL));
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void theValuesOfAFoldColumnAreSortedAsNumbersOrAsText(long smallRows) {
    Dataset<Row> rows = Tables.line(12).selectExpr("x", "y", "(int(x) % 3) * 9 f");
    DataOptions.Roles roles = DataOptions.Roles.defaults().withFoldColumn("f");
    List<Integer> expected = IntStream.range(0, 12).map(i -> i % 3).boxed().toList();
    AssignedRows numbers = dealt(rows, roles, AssignmentOptions.byColumn(1), smallRows);
    assertEquals(expected, Tables.folds(numbers));
    assertEquals(3, numbers.assignment().folds());
    assertEquals(List.of("x"), numbers.features());
    Dataset<Row> text = rows.withColumn("f", Columns.named("f").cast("string"));
    assertEquals(
        expected,
        Tables.folds(
            dealt(
                text.selectExpr("x", "y", "concat('fold', lpad(f, 2, '0')) f"),
                roles,
                AssignmentOptions.byColumn(1),
                smallRows)));
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, LARGE})
  void aFoldColumnOfOneValueOrOfFractionsIsRefused(long smallRows) {
    DataOptions.Roles roles = DataOptions.Roles.defaults().withFoldColumn("f");
    AssignmentOptions options = AssignmentOptions.byColumn(1);
    assertEquals(
        "'fold-column' (f) has one value, 7.0: at least two are needed",
        refusal(Tables.line(9).selectExpr("x", "y", "7 f"), roles, options, smallRows));
    assertEquals(
        "'fold-column' (f) holds 0.5: folds must be whole numbers or text",
        refusal(
            Tables.line(9).selectExpr("x", "y", "if(x = 1, 0.5D, x) f"),
            roles,
            options,
            smallRows));
  }

  private static AssignmentOptions contiguous(int folds) {
    return AssignmentOptions.of(folds, FoldStrategy.contiguous(), 42);
  }

  private static DataOptions.Roles byGroup() {
    return DataOptions.Roles.defaults().withGroup("g");
  }

  private static AssignedRows dealt(
      Dataset<Row> rows, DataOptions.Roles roles, AssignmentOptions options, long smallRows) {
    LoadedData data =
        new DataLoader(TestSpark.session(), smallRows).loaded(rows, roles, new TestRows.None());
    return FoldAssigner.assign(data, options);
  }

  private static String refusal(
      Dataset<Row> rows, DataOptions.Roles roles, AssignmentOptions options, long smallRows) {
    return assertThrows(InvalidInputException.class, () -> dealt(rows, roles, options, smallRows))
        .getMessage();
  }

  private static long[] sizesWhere(AssignedRows rows, String condition) {
    long[] sizes = new long[rows.assignment().folds()];
    rows.frame()
        .where(condition)
        .select(AssignedRows.FOLD)
        .collectAsList()
        .forEach(row -> sizes[row.getInt(0)]++);
    return sizes;
  }

  private static void assertEven(long[] sizes) {
    long most = LongStream.of(sizes).max().orElseThrow();
    long least = LongStream.of(sizes).min().orElseThrow();
    assertTrue(most - least <= 1, Arrays.toString(sizes));
  }
}
