package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.schema.Header;
import io.foldwise.spark.data.source.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoadingTest {

  @TempDir Path directory;

  @Test
  void aCsvFileGivesEveryOtherColumnAsAFeature() {
    LoadedData data = csv("x,z,y\n1,2,3\n4,5.5,6e2\n");
    assertEquals(List.of("x", "z"), data.features());
    assertEquals("y", data.label());
    assertEquals(List.of("[1.0,2.0,3.0]", "[4.0,5.5,600.0]"), Loads.rows(data));
  }

  @Test
  void aByteOrderMarkQuotesBlankLinesAndSpacesAreNoPartOfTheValues() {
    LoadedData data = csv("\uFEFF\"x\", z,y\r\n\r\n 1,\"2\",3\r\n4,5,6\r\n");
    assertEquals(List.of("x", "z"), data.features());
    assertEquals(List.of("[1.0,2.0,3.0]", "[4.0,5.0,6.0]"), Loads.rows(data));
  }

  @Test
  void booleansAreZeroAndOne() {
    assertEquals(
        List.of("[1.0,0.0]", "[0.0,1.0]"), Loads.rows(csv("x,y\ntrue,FALSE\nfalse,True\n")));
  }

  @Test
  void aCompressedFileIsReadByItsSuffix() throws IOException {
    Path file = directory.resolve("d.csv.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x,y\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(List.of("[1.0,2.0]", "[3.0,4.0]"), Loads.rows(Loads.load(file)));
  }

  @Test
  void aTextCellInANumericColumnIsRefusedWithItsLine() {
    refused(
        "'%s', row 2 (line 4): column 'z' holds 'abc', which is not a number: correct it, encode the column (--categorical), or leave it out of 'features'",
        "x,z,y\n1,2,3\n\n4,abc,6\n7,8,9\n");
  }

  @Test
  void aLineOfAnotherWidthIsRefusedWithItsNumber() {
    refused(
        "'%s', row 2 (line 3) does not have the 3 cells of the header: '4,5'",
        "x,z,y\n1,2,3\n4,5\n7,8,9\n");
    refused(
        "'%s', row 3 (line 4) does not have the 3 cells of the header: '7,8,9,10'",
        "x,z,y\n1,2,3\n4,5,6\n7,8,9,10\n");
  }

  @Test
  void theLineOfARowCountsCommentsAndHeaders() {
    String fix = ": fill it in (as --missing does), remove the row, or choose other features";
    refused("'%s', row 2 (line 5): column 'x' is missing" + fix, "# x,y\n1,2\n# half\n\n,4\n");
    refused("'%s', row 2 (line 5): column 'x' is missing" + fix, "# by me\nx,y\n1,2\n\n,4\n");
    Path file = Path.of(Tables.write(directory.resolve("d.csv"), "1,2\n\n,4\n"));
    assertEquals(
        "'" + file + "', row 2 (line 3): column 'x0' is missing" + fix,
        Loads.refusal(DataOptions.of(file.toString()).with(Dialect.AUTO.with(Header.FALSE))));
  }

  @Test
  void anEmptyCellIsRefusedWithItsLine() {
    refused(
        "'%s', row 3 (line 4): column 'x' is missing: fill it in (as --missing does), remove the row, or choose other"
            + " features",
        "x,z,y\n1,2,3\n4,5,6\n,8,9\n");
  }

  @Test
  void aCellThatIsNotFiniteIsRefusedWithItsLine() {
    refused(
        "'%s', row 1 (line 2): column 'z' is NaN: fill it in (as --missing does), remove the row, or choose other"
            + " features",
        "x,z,y\n1,NaN,3\n4,5,6\n");
    refused(
        "'%s', row 2 (line 3): column 'y' is -Infinity: fill it in or remove the row",
        "x,z,y\n1,2,3\n4,5,-Infinity\n");
  }

  @Test
  void missingCellsOfOtherColumnsDoNotMatter() {
    Path file = directory.resolve("d.csv");
    Tables.write(file, "name,x,y\nAda,1,2\n,3,4\n");
    DataOptions options = DataOptions.of(file.toString());
    LoadedData data =
        DataLoader.load(
            TestSpark.session(), options.with(options.roles().withFeatures(List.of("x"))));
    assertEquals(List.of("[1.0,2.0]", "[3.0,4.0]"), Loads.rows(data));
  }

  @Test
  void aDuplicateHeaderIsRefused() {
    refused(
        "'%s': the header has 'X' twice (case does not count): rename one column",
        "x,X,y\n1,2,3\n");
  }

  @Test
  void aColumnWithoutANameThatCountsTheRowsIsLeftOut() {
    LoadedData data = csv(",x,y\n0,1,2\n1,3,4\n");
    assertEquals(List.of("x"), data.features());
    assertEquals(1, data.notes().size());
  }

  /** Blocks of 40 bytes: the count goes on from one to the next. */
  @Test
  void anIndexCountsTheRowsOfAFileWhateverItsBlocks() {
    String file = Tables.write(directory.resolve("d/a.csv"), indexed(0, 60, 0));
    Tables.write(directory.resolve("d/b.csv"), indexed(0, 30, 0));
    assertEquals(List.of("x"), inSmallBlocks(file).features());
    assertEquals(90, inSmallBlocks(directory.resolve("d").toString()).rowCount());
    Tables.write(directory.resolve("d/b.csv"), indexed(60, 90, 0));
    assertEquals(90, inSmallBlocks(directory.resolve("d").toString()).rowCount());
    Tables.write(directory.resolve("d/b.csv"), indexed(60, 90, 1));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> inSmallBlocks(directory.resolve("d").toString()));
    assertTrue(refusal.getMessage().contains("does not count the rows"), refusal.getMessage());
  }

  /** Rows numbered from … to−1, but for one in the middle. */
  private static String indexed(int from, int to, int off) {
    return ",x,y\n"
        + IntStream.range(from, to)
            .mapToObj(i -> (i == (from + to) / 2 ? i + off : i) + "," + i % 7 + "," + i + "\n")
            .collect(Collectors.joining());
  }

  private static LoadedData inSmallBlocks(String path) {
    String bytes = "spark.sql.files.maxPartitionBytes";
    String least = "spark.sql.files.openCostInBytes";
    TestSpark.session().conf().set(bytes, "40");
    TestSpark.session().conf().set(least, "1");
    try {
      return DataLoader.load(TestSpark.session(), DataOptions.of(path));
    } finally {
      TestSpark.session().conf().unset(bytes);
      TestSpark.session().conf().unset(least);
    }
  }

  @Test
  void rowsOfFilesWithOtherHeadersStandInFileOrderUnderTheSameNames() {
    Tables.write(directory.resolve("many/a.csv"), "x,z,y\n1,2,3\n4,5,6\n");
    Tables.write(directory.resolve("many/b.csv"), ",Y,X,Z\n0,9,7,8\n1,12,10,11\n");
    LoadedData data = Loads.load(directory.resolve("many"));
    assertEquals(List.of("x", "z"), data.features());
    assertEquals(
        List.of("[1.0,2.0,3.0]", "[4.0,5.0,6.0]", "[7.0,8.0,9.0]", "[10.0,11.0,12.0]"),
        Loads.rows(data));
    assertEquals(
        List.of(3.0, 6.0, 9.0, 12.0),
        data.index().orElseThrow().stream().map(IndexedRow::label).toList());
    String bad = Tables.write(directory.resolve("many/b.csv"), ",y,x,z\n0,9,7,8\n\n1,12,,11\n");
    assertEquals(
        "'%s', row 2 (line 4): column 'x' is missing: fill it in (as --missing does), remove the row, or choose other features"
            .formatted(bad),
        Loads.refusal(directory.resolve("many")));
  }

  @Test
  void aColumnIsTextWhereAnyFileHasTextInIt() {
    Tables.write(directory.resolve("many/a.csv"), "x,y\n1,2\n");
    String bad = Tables.write(directory.resolve("many/b.csv"), "y,x\n1,2\n3,two\n");
    assertEquals(
        "'%s', row 2 (line 3): column 'x' holds 'two', which is not a number: correct it, encode the column (--categorical), or leave it out of 'features'"
            .formatted(bad),
        Loads.refusal(directory.resolve("many")));
  }

  @Test
  void aHeaderlessFileToBePredictedHasTheColumnsOfTheModel() {
    String file = Tables.write(directory.resolve("d.csv"), "1,2\n3,4\n");
    FeatureRows rows =
        DataLoader.features(
            TestSpark.session(),
            DataOptions.of(file).with(Dialect.AUTO.with(Header.FALSE)),
            List.of("x0", "x1"));
    assertEquals(
        List.of("[1.0,2.0]", "[3.0,4.0]"),
        rows.frame().collectAsList().stream().map(Row::toString).toList());
  }

  @Test
  void largeDataOfSeveralHeadersKnowTheirPlaces() {
    Tables.write(directory.resolve("many/a.csv"), "x,y\n1,2\n");
    String bad = Tables.write(directory.resolve("many/b.csv"), "y,x\n1,2\n3,\n");
    LoadedData data = Loads.large(DataOptions.of(directory.resolve("many").toString()));
    assertEquals(
        "'%s', row 2 (line 3): column 'x' is missing: fill it in (as --missing does), remove the row, or choose other features"
            .formatted(bad),
        data.firstBadCell().orElseThrow().message());
  }

  @Test
  void emptyDataAreRefused() {
    refused("'%s' is empty: a header line and rows are needed", "");
    refused("'%s' holds no rows: at least one is needed", "x,y\n");
  }

  @Test
  void theLabelIsNamedOrUsual() {
    assertEquals("label", csv("x,label\n1,2\n3,4\n").label());
    refused(
        "'label' is not given and '%s' has none of the columns 'y' and 'label': choose one of a, b",
        "a,b\n1,2\n");
    refused(
        "'label' is not given and '%s' has both of the columns 'y' and 'label': choose one of x, y,"
            + " label",
        "x,y,label\n1,2,3\n");
  }

  @Test
  void pathsAndColumnsMayHoldSpacesDotsAndQuotes() {
    String file =
        Tables.write(directory.resolve("my data/a%20b ü.csv"), "a.b,c`d,a b,y\n1,2,3,4\n5,6,7,8\n");
    LoadedData data = DataLoader.load(TestSpark.session(), DataOptions.of(file));
    assertEquals(List.of("a.b", "c`d", "a b"), data.features());
    assertEquals(List.of("[1.0,2.0,3.0,4.0]", "[5.0,6.0,7.0,8.0]"), Loads.rows(data));
    AssignedRows assigned = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(1));
    assertEquals(2, assigned.frame().count());
    Tables.write(Path.of(file), "a.b,y\n1,2\n,4\n");
    assertEquals(
        "'%s', row 2 (line 3): column 'a.b' is missing: fill it in (as --missing does), remove the row, or choose other features"
            .formatted(file),
        Loads.refusal(Path.of(file)));
  }

  private LoadedData csv(String text) {
    return Loads.load(Path.of(Tables.write(directory.resolve("d.csv"), text)));
  }

  private void refused(String message, String text) {
    Path file = Path.of(Tables.write(directory.resolve("d.csv"), text));
    assertEquals(message.formatted(file), Loads.refusal(file));
  }
}
