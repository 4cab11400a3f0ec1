package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.fold.RowSketch;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of many columns, against the same rows read as those of few. */
final class NarrowRowsTest {

  private static final int AS_FEW = Integer.MAX_VALUE;
  private static final int AS_MANY = 0;
  private static final long SMALL = LoadedData.SMALL_ROWS;
  private static final long LARGE = 0;
  private static final int ROWS = 600;
  private static final int FOLDS = 3;

  private static final List<String> FEATURES =
      List.of("b", "c d", "a", "i", "l", "s", "t", "f", "n", "ok");

  private static final DataOptions.Roles ROLES =
      DataOptions.Roles.defaults()
          .withFeatures(FEATURES)
          .withWeight("w")
          .withGroup("g")
          .withFoldColumn("part");

  /** Numbers of every type, of which eight times is whole, and what is missing or no number. */
  private static final String[] CELLS = {
    "cast(id * 37 % 101 as double) / 8 - 5 b",
    "name",
    "cast(id * 53 % 211 as double) / 8 `c d`",
    "case when id % 5 = 0 then null when id % 7 = 0 then double('nan') when id % 11 = 0 then -0e0"
        + " else 1.5e0 end e",
    "cast(id % 13 as double) a",
    "cast(id % 3 as int) i",
    "id * 1000 l",
    "cast(id % 10 as smallint) s",
    "cast(id % 4 as tinyint) t",
    "cast(id % 9 as float) / 4 f",
    "cast(id % 19 as decimal(10, 3)) / 8 n",
    "id % 2 = 0 ok",
    "cast(id % 4 as double) w",
    "concat('g', id % 17) g",
    "cast(id % 3 as int) part",
    "cast(id % 2 as double) y"
  };

  @TempDir Path directory;
  private Dataset<Row> table;

  @BeforeEach
  void makeTable() {
    table =
        TestSpark.session()
            .range(0, ROWS, 1, 3)
            .selectExpr("id", "if(id % 6 = 0, null, concat('né ', id % 50)) name")
            .selectExpr(CELLS);
  }

  @Test
  void csvRowsAreDealtTheSame() {
    DataOptions options = DataOptions.of(csv("one.csv")).with(ROLES);
    same(options, SMALL, FoldStrategy.random());
    same(options, LARGE, FoldStrategy.contiguous());
    DataOptions drawn = options.with(new TestSource.Fraction(0.3, TestSource.Split.RANDOM));
    same(drawn, SMALL, FoldStrategy.column());
  }

  @Test
  @Tag("sweep")
  void rowsOfSeveralCsvFilesAreDealtTheSame() {
    csv("many/a.csv");
    List<String> names = new ArrayList<>(List.of(table.columns()));
    Collections.reverse(names);
    table = table.select(Columns.named(names));
    csv("many/b.csv");
    DataOptions options = DataOptions.of(directory.resolve("many").toString()).with(ROLES);
    same(options, SMALL, FoldStrategy.random());
    same(options, LARGE, FoldStrategy.group());
  }

  @Test
  void parquetRowsAreDealtTheSame() {
    Column[] also = {
      functions.expr("map(name, i)").as("m"),
      functions.expr("array(b, a)").as("v"),
      functions.expr("named_struct('day', date_add(date('2020-01-02'), i))").as("d"),
      functions.expr("timestamp_seconds(l)").as("at")
    };
    Column[] all =
        Stream.of(Columns.named(List.of(table.columns())), also)
            .flatMap(Stream::of)
            .toArray(Column[]::new);
    String path = directory.resolve("d.parquet").toString();
    table.where("name is not null").select(all).write().parquet(path);
    DataOptions options = DataOptions.of(path).with(ROLES);
    same(options, SMALL, FoldStrategy.group());
    same(options, LARGE, FoldStrategy.random());
    same(options.with(ROLES.withId("l").with(Labels.BINARY)), SMALL, FoldStrategy.stratified());
    same(options.with(ROLES.withId("name").withPositive("1")), LARGE, FoldStrategy.column());
    DataOptions apart = options.with(new TestSource.Separate(path));
    same(apart, SMALL, FoldStrategy.random());
    same(
        apart.with(new TestSource.Fraction(0.2, TestSource.Split.TAIL)),
        LARGE,
        FoldStrategy.random());
  }

  @Test
  @Tag("sweep")
  void filesOfOtherTypesAreDealtTheSame() {
    Path many = directory.resolve("many");
    table.write().parquet(many.resolve("one").toString());
    table.withColumn("i", Columns.named("a")).write().parquet(many.resolve("two").toString());
    DataOptions options = DataOptions.of(many.toString()).with(ROLES);
    same(options, SMALL, FoldStrategy.random());
    same(options, LARGE, FoldStrategy.contiguous());
  }

  @Test
  void rowsOfAFrameAreDealtTheSame() {
    assertEquals(
        dealt(loader(SMALL, AS_FEW).loaded(table, ROLES, new TestRows.None()), options()),
        dealt(loader(SMALL, AS_MANY).loaded(table, ROLES, new TestRows.None()), options()));
  }

  private static AssignmentOptions options() {
    return AssignmentOptions.of(FOLDS, FoldStrategy.random(), 7);
  }

  private static void same(DataOptions options, long small, FoldStrategy strategy) {
    AssignmentOptions folds = AssignmentOptions.of(FOLDS, strategy, 7);
    List<String> few = dealt(loader(small, AS_FEW).load(options), folds);
    assertTrue(few.size() > ROWS / 2);
    assertEquals(few, dealt(loader(small, AS_MANY).load(options), folds));
  }

  private static DataLoader loader(long small, int mostColumns) {
    return new DataLoader(TestSpark.session(), small, mostColumns);
  }

  /** What is known of each row and of all, the rows in any order. */
  private static List<String> dealt(LoadedData loaded, AssignmentOptions folds) {
    try (LoadedData data = loaded;
        AssignedRows rows = FoldAssigner.assign(data, folds)) {
      assertEquals(FEATURES, rows.features());
      List<String> all = new ArrayList<>(texts(rows.keyed().frame(), rows));
      rows.test().ifPresent(test -> all.addAll(texts(test, rows)));
      Collections.sort(all);
      RowSketch sketch = rows.sketched();
      all.add("sketch " + Arrays.hashCode(sketch.toBytes()) + " " + rows.trainedOn(sketch));
      all.add("spread " + rows.labelSpread() + " of " + rows.assignment());
      all.addAll(rows.notes());
      return all;
    }
  }

  private static List<String> texts(Dataset<Row> frame, AssignedRows rows) {
    return frame.collectAsList().stream()
        .map(
            row -> {
              List<Object> cells = new ArrayList<>();
              int features = rows.isPacked() ? 1 : FEATURES.size();
              for (int j = 0; j < features; j++) {
                cells.addAll(rows.isPacked() ? row.getList(0) : List.of(row.get(j)));
              }
              for (int j = features; j < row.size(); j++) {
                cells.add(row.get(j));
              }
              return cells.toString();
            })
        .toList();
  }

  @Test
  void whatCannotBeUsedIsRefusedInTheSameWords() {
    DataOptions.Roles plain = DataOptions.Roles.defaults();
    refused("is missing", "1,2,0\n3,,1\n4,5,NaN\n", plain);
    refused("is NaN", "1,2,0\nnan,,1\n4,5,1\n", plain);
    refused("is Infinity", "1,2,0\n4,5,1e999\n", plain);
    refused("which is not a number", "1,2,0\n3,x,1\n4,5,6\n", plain);
    refused("2 of the features hold text", "1,2,0\nz,x,1\n4,5,6\n", plain);
    refused("the label 'y' holds 'u'", "1,2,0\n3,2,u\n4,5,6\n", plain);
    refused("too small", "1,1e-200,0\n3,-2e-190,1\n4,0,6\n", plain);
    refused("the loss needs labels 0 and 1", "1,2,0\n3,2,1\n4,5,6\n", plain.with(Labels.BINARY));
    refused("must be a number >= 0", "1,2,0\n3,-2,1\n4,5,6\n", plain.withWeight("c"));
    refused("does not have the 3 cells", "1,2,0\n3,2\n4,5,6\n", plain);
    refused("is missing, and folds", "1,2,0\n3,,1\n4,5,1\n", plain.withGroup("c"));
    refused("has no such column", "1,2,0\n", plain.withLabel("z"));
  }

  private void refused(String about, String rows, DataOptions.Roles roles) {
    String file = Tables.write(directory.resolve("bad.csv"), "b,c,y\n" + rows);
    DataOptions options = DataOptions.of(file).with(roles);
    String few = refusal(options, AS_FEW);
    assertTrue(few.contains(about), few);
    assertEquals(few, refusal(options, AS_MANY));
    String good = Tables.write(directory.resolve("good.csv"), "b,c,y\n1,2,0\n2,3,1\n");
    DataOptions tested = DataOptions.of(good).with(roles).with(new TestSource.Separate(file));
    assertEquals(outcome(tested, AS_FEW), outcome(tested, AS_MANY));
  }

  private static String refusal(DataOptions options, int mostColumns) {
    return assertThrows(
            InvalidInputException.class, () -> loader(SMALL, mostColumns).load(options).close())
        .getMessage();
  }

  private static String outcome(DataOptions options, int mostColumns) {
    try (LoadedData data = loader(SMALL, mostColumns).load(options)) {
      return "%d rows".formatted(data.rowCount());
    } catch (InvalidInputException refused) {
      return refused.getMessage();
    }
  }

  @Test
  void aFileOfMoreThanAFewHundredColumnsIsReadSo() {
    int d = NarrowRows.MOST_COLUMNS;
    String names =
        IntStream.range(0, d).mapToObj(j -> "x" + j).collect(Collectors.joining(",")) + ",y\n";
    String zeros = "0,".repeat(d);
    String file = Tables.write(directory.resolve("w.csv"), names + zeros + "1\n" + zeros + "2\n");
    try (LoadedData data = DataLoader.load(TestSpark.session(), DataOptions.of(file));
        AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(1))) {
      assertTrue(rows.isPacked());
      assertEquals(d, rows.features().size());
      assertEquals(
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          rows.frame().schema().apply(AssignedRows.PACKED).dataType());
    }
  }

  /** Writes the table as csv. */
  private String csv(String name) {
    String head = String.join(",", table.columns()) + "\n";
    String rows =
        table.collectAsList().stream()
            .map(
                row ->
                    IntStream.range(0, row.size())
                        .mapToObj(j -> row.isNullAt(j) ? "" : row.get(j).toString())
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", "", "\n"));
    return Tables.write(directory.resolve(name), head + rows);
  }
}
