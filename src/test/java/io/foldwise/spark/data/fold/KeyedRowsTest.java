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
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tells training rows apart: x of {@link Tables#line} is the number of its row. */
@Tag("serializer")
class KeyedRowsTest {
  private static final AssignmentOptions FOLDS = AssignmentOptions.of(3, FoldStrategy.random(), 1);

  private static AssignedRows assigned(long smallRows, DataOptions.Roles roles, TestRows test) {
    Dataset<Row> rows = Tables.line(600).selectExpr("x", "z", "y", "concat('r', int(x)) name");
    LoadedData data = new DataLoader(TestSpark.session(), smallRows).loaded(rows, roles, test);
    return FoldAssigner.assign(data, FOLDS);
  }

  private static DataOptions.Roles roles() {
    return DataOptions.Roles.defaults().withFeatures(List.of("x", "z"));
  }

  @Test
  void smallDataAreNumberedInFileOrderTestRowsLeftOut() {
    TestRows drawn = new TestRows.Drawn(new TestSource.Fraction(0.25, TestSource.Split.RANDOM));
    KeyedRows keyed = assigned(1000, roles(), drawn).keyed();
    assertEquals(Optional.of(KeyedRows.ROW), keyed.key());
    List<Row> rows = keyed.frame().select("x", KeyedRows.ROW).collectAsList();
    assertEquals(450, rows.size());
    double last = -1;
    for (Row row : rows) {
      assertEquals(row.getDouble(0), (double) row.getLong(1), 0.0);
      assertTrue(row.getDouble(0) > last);
      last = row.getDouble(0);
    }
  }

  @Test
  void anIdIsKeptAsItStands() {
    for (long smallRows : new long[] {1000, 10}) {
      KeyedRows keyed = assigned(smallRows, roles().withId("name"), new TestRows.None()).keyed();
      assertEquals(Optional.of(KeyedRows.ID), keyed.key());
      for (Row row : keyed.frame().select("x", KeyedRows.ID).collectAsList()) {
        assertEquals("r" + (int) row.getDouble(0), row.getString(1));
      }
    }
  }

  @Test
  void largeDataWithoutAnIdHaveNoKey() {
    AssignedRows rows = assigned(10, roles(), new TestRows.None());
    assertEquals(Optional.empty(), rows.keyed().key());
    assertEquals(List.of(rows.frame().columns()), List.of(rows.keyed().frame().columns()));
    assertEquals(600, rows.keyed().frame().count());
  }

  @Test
  void foldsAreThoseOfTheFrame() {
    AssignedRows rows = assigned(1000, roles().withId("name"), new TestRows.None());
    String columns = "struct(x, " + AssignedRows.FOLD + ") s";
    assertEquals(
        rows.frame().selectExpr(columns).orderBy("s").collectAsList(),
        rows.keyed().frame().selectExpr(columns).orderBy("s").collectAsList());
  }
}
