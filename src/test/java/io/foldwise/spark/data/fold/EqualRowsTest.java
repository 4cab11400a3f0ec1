package io.foldwise.spark.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.Tables;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.TestSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualRowsTest {

  @TempDir Path directory;

  /** x and y repeat every 60 rows; id never does. */
  private static Dataset<Row> repeating(int n) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(RowFactory.create((double) i, (double) (i % 60), 2.0 * (i % 60)));
    }
    return Tables.frame(rows, "id double, x double, y double");
  }

  @Test
  void rowsThatAreEqualButForTheirIdAreCountedAcrossFolds() {
    DataOptions.Roles roles = DataOptions.Roles.defaults().withId("id");
    AssignedRows rows =
        FoldAssigner.assign(
            DataLoader.of(repeating(100), roles),
            AssignmentOptions.of(5, FoldStrategy.random(), 3));
    Map<Double, Set<Integer>> folds = new HashMap<>();
    List<Row> all = rows.frame().collectAsList();
    all.forEach(
        row -> folds.computeIfAbsent(row.getDouble(0), x -> new HashSet<>()).add(row.getInt(2)));
    long shared = all.stream().filter(row -> folds.get(row.getDouble(0)).size() > 1).count();
    assertTrue(shared > 40, "the test is of something");
    assertEquals(
        List.of(
            shared
                + " of 100 training rows have the features and label of a row in another fold:"
                + " of these cross-validation says nothing new"),
        rows.notes());
  }

  @Test
  void testRowsThatAreEqualToTrainingRowsAreCounted() {
    TestSource.Fraction fraction = new TestSource.Fraction(0.2, TestSource.Split.RANDOM);
    LoadedData data =
        Tables.small(
            repeating(100),
            DataOptions.Roles.defaults().withFeatures(List.of("x")),
            new TestRows.Drawn(fraction));
    AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(3));
    Set<Double> trained = new HashSet<>();
    rows.frame().collectAsList().forEach(row -> trained.add(row.getDouble(0)));
    long equal =
        rows.test().orElseThrow().collectAsList().stream()
            .filter(row -> trained.contains(row.getDouble(0)))
            .count();
    assertTrue(equal > 5 && equal < 20, "the test is of something");
    assertEquals(
        List.of(
            equal
                + " of 20 test rows have the features and label of a training row:"
                + " of these the test score says nothing new"),
        rows.notes());
  }

  @Test
  void soAreThoseOfAnotherFile() {
    String training = Tables.csv(directory.resolve("training.csv"), 0, 50);
    Tables.csv(directory.resolve("test/a.csv"), 40, 70);
    Tables.csv(directory.resolve("test/again.csv"), 40, 42);
    String test = directory.resolve("test").toString();
    DataOptions options = DataOptions.of(training).with(new TestSource.Separate(test));
    try (LoadedData data = DataLoader.load(TestSpark.session(), options);
        AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(3))) {
      assertEquals(1, rows.notes().size());
      assertTrue(rows.notes().get(0).startsWith("12 of 32 test rows"), rows.notes()::toString);
    }
  }

  @Test
  void differentRowsAndRowsOfOneFoldAreNotWorthAWord() {
    AssignedRows rows =
        Tables.assigned(Tables.line(50), AssignmentOptions.of(5, FoldStrategy.random(), 3));
    assertEquals(List.of(), rows.notes());
    AssignedRows whole = Tables.assigned(repeating(100), AssignmentOptions.withoutFolds(3));
    assertEquals(List.of(), whole.notes());
  }
}
