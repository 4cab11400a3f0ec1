package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.generate.NumpyPickle;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.source.Format;
import io.foldwise.spark.data.source.SourceErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLoaderTest {

  @TempDir Path directory;

  @Test
  void aMissingFileIsRefused() {
    Path none = directory.resolve("none.csv");
    assertEquals(
        "'data' (" + none + "): no such file or directory: check the path", Loads.refusal(none));
    assertEquals(
        "'data' (" + directory + "): the directory holds no data files: check the path",
        Loads.refusal(directory));
  }

  @Test
  void aFileThatTellsNoFormatIsRefused() {
    Path file = directory.resolve("d.txt");
    Tables.write(file, "x\u0000y\n1,2\n");
    assertEquals(
        "'data' (%s): neither the suffix of 'd.txt' nor how it begins tells a known file type: use --format pickle, npy, npz, csv, parquet, orc, json or libsvm"
            .formatted(file),
        Loads.refusal(file));
  }

  @Test
  void aFileOfAnotherFormatIsRefused() {
    Path file = directory.resolve("d.csv");
    Tables.write(file, "x,y\n1,2\n");
    DataOptions options = DataOptions.of(file.toString()).with(Format.parquet());
    assertEquals(
        "'data' (%s): 'd.csv' is a text file, not parquet: choose the right --format (pickle, npy, npz, csv, parquet, orc, json or libsvm)"
            .formatted(file),
        Loads.refusal(options));
    Path table = parquet(Tables.line(5));
    assertTrue(
        Loads.refusal(DataOptions.of(table.toString()).with(Format.csv()))
            .endsWith(
                "is a Parquet file, not csv: choose the right --format (pickle, npy, npz, csv, parquet, orc, json or libsvm)"));
  }

  @Test
  void parquetNumbersOfEveryKindBecomeDoubles() {
    Dataset<Row> rows =
        Tables.line(3)
            .selectExpr("int(x) i", "x > 0 b", "float(x) f", "decimal(x) d", "tinyint(x) y");
    LoadedData data = Loads.load(parquet(rows));
    assertEquals(
        List.of("[0.0,0.0,0.0,0.0,0.0]", "[1.0,1.0,1.0,1.0,1.0]", "[2.0,1.0,2.0,2.0,2.0]"),
        Loads.rows(data));
  }

  @Test
  void missingAndNonFiniteCellsOfParquetAreRefusedWithTheirRow() {
    Dataset<Row> rows = Tables.line(5);
    String missing = Loads.refusal(parquet(rows.selectExpr("if(x = 3, null, x) x", "y")));
    assertTrue(
        missing.endsWith(
            ", row 4: column 'x' is missing: fill it in (as --missing does), remove the row, or choose other features"),
        missing);
    String infinite =
        Loads.refusal(parquet(rows.selectExpr("x", "if(x = 1, double('-inf'), y) y")));
    assertTrue(infinite.contains(", row 2: column 'y' is -Infinity"), infinite);
  }

  @Test
  void aFeatureThatIsNoNumberIsRefusedWithItsType() {
    Path file = parquet(Tables.line(5).selectExpr("date('2020-01-01') day", "y"));
    assertEquals(
        "'%s': column 'day' is of type date, not a number: encode it as numbers or leave it out of 'features'"
            .formatted(file),
        Loads.refusal(file));
  }

  @Test
  void largeDataReportTheirFirstBadCellOnlyWhenAsked() {
    Dataset<Row> rows = Tables.line(50).selectExpr("if(x in (17, 40), null, x) x", "y");
    LoadedData data =
        Tables.large(rows.repartition(4), DataOptions.Roles.defaults(), new TestRows.None());
    Row sum = data.rows().selectExpr("sum(x)", "sum(y)").head();
    assertTrue(Double.isNaN(sum.getDouble(0)));
    assertEquals("x", data.firstBadCell().orElseThrow().column());
    assertEquals("missing", data.firstBadCell().orElseThrow().value());
    LoadedData clean =
        Tables.large(Tables.line(50), DataOptions.Roles.defaults(), new TestRows.None());
    assertTrue(clean.firstBadCell().isEmpty());
  }

  @Test
  void unknownColumnsAndALabelAmongTheFeaturesAreRefused() {
    DataOptions.Roles roles = DataOptions.Roles.defaults();
    assertEquals(
        "'group' (g): 'the data frame' has no such column; it has x, z, y",
        unusable(roles.withGroup("g")));
    assertEquals(
        "'features' holds the label 'y': it would predict itself; leave it out",
        unusable(roles.withFeatures(List.of("x", "y"))));
    assertEquals(
        "'features' holds 'x' twice: name it once",
        unusable(roles.withFeatures(List.of("x", "x"))));
  }

  @Test
  void aPositiveValueMakesALabelOfText() {
    Dataset<Row> rows = Tables.line(4).selectExpr("x", "if(x > 1, 'spam', 'ham') y");
    LoadedData data = DataLoader.of(rows, DataOptions.Roles.defaults().withPositive("spam"));
    assertEquals(List.of("[0.0,0.0]", "[1.0,0.0]", "[2.0,1.0]", "[3.0,1.0]"), Loads.rows(data));
  }

  @Test
  void rowsToBePredictedNeedNoLabelAndKeepTheirOtherColumns() {
    String file = Tables.write(directory.resolve("d.csv"), "name,z,x\nAda,1,2\n,3,4\n");
    FeatureRows rows =
        DataLoader.features(TestSpark.session(), DataOptions.of(file), List.of("x", "z"));
    assertEquals(
        List.of("[Ada,1.0,2.0]", "[null,3.0,4.0]"),
        rows.frame().collectAsList().stream().map(Row::toString).toList());
    assertEquals(2, rows.rows());
  }

  @Test
  void theTestSetOfAPickleIsUsedAndLeavesNoOtherToBeDrawn() throws IOException {
    Path file = directory.resolve("d.pkl");
    try (OutputStream out = Files.newOutputStream(file)) {
      NumpyPickle pickle = new NumpyPickle(out);
      pickle.begin();
      pickle.entry("x_train", new double[] {1, 2, 3, 4}, 4, 1);
      pickle.entry("y_train", new double[] {2, 4, 6, 8}, 4, 1);
      pickle.entry("x_test", new double[] {5, 6}, 2, 1);
      pickle.entry("y_test", new double[] {10, 12}, 2, 1);
      pickle.end();
    }
    AssignmentOptions options = AssignmentOptions.of(2, FoldStrategy.random(), 1);
    AssignedRows own = FoldAssigner.assign(Loads.load(file), options);
    assertEquals(List.of(5.0, 6.0), Tables.test(own));
    assertEquals(4, own.assignment().rows());
    TestSource.Fraction fraction = new TestSource.Fraction(0.25, TestSource.Split.TAIL);
    DataOptions drawn = DataOptions.of(file.toString()).with(fraction);
    assertEquals(
        "'test-fraction' (0.25): '"
            + file
            + "' holds test rows of its own, in arrays such as 'x_test', which would be left out:"
            + " leave out the option, or those arrays",
        assertThrows(InvalidInputException.class, () -> DataLoader.load(TestSpark.session(), drawn))
            .getMessage());
  }

  /** Spark reads the larger file first. */
  @Test
  void rowsToBePredictedCanBeHadInFileOrder() {
    Tables.csv(directory.resolve("d/1.csv"), 0, 3);
    Tables.csv(directory.resolve("d/2.csv"), 3, 40);
    Tables.csv(directory.resolve("d/3.csv"), 40, 45);
    Dataset<Row> rows =
        DataLoader.features(
                TestSpark.session(),
                DataOptions.of(directory.resolve("d").toString()).with(Format.csv()),
                List.of("x"))
            .inFileOrder();
    assertEquals(1, rows.rdd().getNumPartitions());
    assertEquals(
        IntStream.range(0, 45).mapToObj(x -> (double) x).toList(),
        rows.collectAsList().stream().map(row -> row.getDouble(0)).toList());
  }

  @Test
  void theIndexOfADataFrameIsAFeatureWhereItIsNamedAlone() {
    Dataset<Row> rows = Tables.line(5).withColumnRenamed("z", "__index_level_0__");
    DataOptions options = DataOptions.of(parquet(rows).toString());
    assertEquals(List.of("x"), Loads.load(options).features());
    assertEquals(1, Loads.load(options).notes().size());
    List<String> both = List.of("x", "__index_level_0__");
    LoadedData named = Loads.load(options.with(options.roles().withFeatures(both)));
    assertEquals(both, named.features());
    assertEquals(List.of(), named.notes());
    assertEquals(List.of(), Loads.load(options.with(options.roles().withId(both.get(1)))).notes());
  }

  @Test
  void parquetFilesOfOtherTypesKeepTheirOrderAndPlaces() {
    Path many = directory.resolve("many");
    Dataset<Row> rows = Tables.line(3);
    rows.selectExpr("int(x) x", "y").write().parquet(many.resolve("a").toString());
    rows.selectExpr("y + 6 y", "x + 3 x").write().parquet(many.resolve("b").toString());
    LoadedData data = Loads.load(DataOptions.of(many.toString()).with(Format.parquet()));
    assertEquals(
        List.of(1.0, 3.0, 5.0, 7.0, 9.0, 11.0),
        data.index().orElseThrow().stream().map(IndexedRow::label).toList());
    assertEquals(1, data.notes().size());
    rows.selectExpr("y", "if(x = 1, null, x) x")
        .write()
        .mode("overwrite")
        .parquet(many.resolve("b").toString());
    String message = Loads.refusal(DataOptions.of(many.toString()).with(Format.parquet()));
    assertTrue(message.contains("/many/b/part-"), message);
    assertTrue(message.contains(", row 2: column 'x' is missing"), message);
  }

  @Test
  void columnsThatFoldersHoldAreReadWithTheirFiles() {
    Path table = directory.resolve("table");
    Tables.line(6)
        .selectExpr("x", "y", "int(x % 2) part")
        .write()
        .partitionBy("part")
        .parquet(table.toString());
    LoadedData data = Loads.load(table);
    assertEquals(List.of("x", "part"), data.features());
    assertEquals(6, data.rowCount());
  }

  @Test
  void thePrefixOfAddedColumnsIsReserved() {
    Dataset<Row> rows = Tables.line(5).withColumnRenamed("z", AssignedRows.FOLD);
    assertEquals(
        "'the data frame': column '__foldwise_fold' begins with '__foldwise_', which is reserved:"
            + " rename it",
        assertThrows(
                InvalidInputException.class,
                () -> DataLoader.of(rows, DataOptions.Roles.defaults()))
            .getMessage());
  }

  @Test
  void aTextFileReadAsAPickleIsRefusedInOneLine() {
    Path file = directory.resolve("d.pkl");
    Tables.write(file, "x,y\n1,2\n");
    String message = Loads.refusal(file);
    assertTrue(message.contains(file.toString()) && message.lines().count() == 1, message);
  }

  @Test
  void aTruncatedParquetFileIsRefusedInOneLine() throws IOException {
    Path file = directory.resolve("d.parquet");
    Files.write(file, new byte[] {'P', 'A', 'R', '1', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    String message = Loads.refusal(file);
    assertTrue(message.contains(file.toString()) && message.lines().count() == 1, message);
  }

  @Test
  void aParquetFileWithDamagedPagesIsRefusedInOneLineThatNamesIt() throws IOException {
    Path table = parquet(Tables.line(2_000));
    Path part;
    try (Stream<Path> files = Files.list(table)) {
      part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(part);
    Arrays.fill(bytes, 4, 400, (byte) 0x7f);
    Files.write(part, bytes);
    Files.delete(part.resolveSibling("." + part.getFileName() + ".crc"));
    String message = Loads.refusal(table);
    assertTrue(message.startsWith("'" + part + "' cannot be read: "), message);
    Optional<InvalidInputException> found =
        SourceErrors.ofFile(
            assertThrows(
                Exception.class,
                () -> TestSpark.session().read().parquet(table.toString()).collectAsList()));
    assertEquals(message, found.orElseThrow().getMessage());
  }

  @Test
  void whatSparkSaysOfAFileIsASentenceWithoutItsCodes() {
    Tables.line(1).selectExpr("x", "y", "z", "x as w").write().parquet(directory + "/t/k=1");
    Tables.line(1).write().parquet(directory + "/t/j=1");
    String message = Loads.refusal(DataOptions.of(directory + "/t").with(Format.parquet()));
    assertFalse(message.contains("SQLSTATE") || message.contains("["), message);
  }

  private static String unusable(DataOptions.Roles roles) {
    return assertThrows(InvalidInputException.class, () -> DataLoader.of(Tables.line(5), roles))
        .getMessage();
  }

  private Path parquet(Dataset<Row> rows) {
    Path path = directory.resolve("d.parquet");
    rows.write().mode("overwrite").parquet(path.toString());
    return path;
  }
}
