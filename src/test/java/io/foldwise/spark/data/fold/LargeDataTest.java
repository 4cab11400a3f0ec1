package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.Tables;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What large data cost. */
class LargeDataTest {

  @TempDir Path directory;

  static Stream<FoldStrategy> uncounted() {
    return Stream.of(
        FoldStrategy.random(),
        FoldStrategy.contiguous(),
        FoldStrategy.forward(),
        FoldStrategy.none());
  }

  @ParameterizedTest
  @MethodSource("uncounted")
  void dealingShufflesNothingAndCachesNothing(FoldStrategy strategy) {
    LoadedData data = loaded(Tables.line(1000), DataOptions.Roles.defaults());
    Dataset<Row> frame = FoldAssigner.assign(data, AssignmentOptions.of(5, strategy, 1)).frame();
    assertFalse(plan(frame).contains("Exchange hashpartitioning"), plan(frame));
    assertEquals(StorageLevel.NONE(), data.rows().storageLevel());
  }

  @Test
  void groupsAreJoinedByBroadcast() {
    LoadedData data =
        loaded(
            Tables.line(1000).selectExpr("x", "y", "int(x) % 20 g"),
            DataOptions.Roles.defaults().withGroup("g"));
    AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.of(5, FoldStrategy.group(), 1));
    assertFalse(plan(rows.frame()).contains("Exchange hashpartitioning"), plan(rows.frame()));
    assertTrue(rows.notes().get(0).contains("one pass counted the rows of each group"));
  }

  @Test
  void onlyTheColumnsOfTheKeyAreReadForFolds() {
    LoadedData data = loaded(Tables.line(1000), DataOptions.Roles.defaults().withId("x"));
    AssignmentOptions options = AssignmentOptions.of(5, FoldStrategy.random(), 1);
    String plan = plan(FoldAssigner.assign(data, options).frame().select("y", AssignedRows.FOLD));
    assertFalse(plan.contains("z#"), plan);
  }

  @ParameterizedTest
  @CsvSource({"1000000 1000000 1000000, false", "1060000 970000 970000, true", "60 40 50, false"})
  void foldsAreLopsidedBeyondFivePercentAndChance(String sizes, String expected) {
    long[] rows = Arrays.stream(sizes.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    assertEquals(expected, String.valueOf(LargeAssigner.isLopsided(rows)));
  }

  @Test
  void smallDataAreCachedInOnePartitionUntilTheyAreClosed() {
    Dataset<Row> cached;
    try (LoadedData data =
        DataLoader.of(Tables.line(19_000).repartition(4), DataOptions.Roles.defaults())) {
      cached = data.rows();
      assertEquals(1, cached.rdd().getNumPartitions());
      assertEquals(StorageLevel.MEMORY_AND_DISK(), cached.storageLevel());
    }
    assertEquals(StorageLevel.NONE(), cached.storageLevel());
  }

  @Test
  void passesOverAHandfulOfRowsAreNoJobs() {
    try (LoadedData data =
            DataLoader.of(Tables.line(1000).repartition(4), DataOptions.Roles.defaults());
        AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(1))) {
      assertTrue(plan(rows.frame()).startsWith("LocalTableScan"), plan(rows.frame()));
    }
  }

  private LoadedData loaded(Dataset<Row> rows, DataOptions.Roles roles) {
    String path = directory.resolve("d.parquet").toString();
    rows.write().parquet(path);
    return new DataLoader(TestSpark.session(), 0).load(DataOptions.of(path).with(roles));
  }

  private static String plan(Dataset<Row> frame) {
    return frame.queryExecution().executedPlan().toString();
  }
}
