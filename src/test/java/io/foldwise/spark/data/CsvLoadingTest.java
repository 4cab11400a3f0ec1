package io.foldwise.spark.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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
        "'%s', row 2 (line 4): column 'z' holds 'abc', which is no number: correct it, encode the"
            + " column as numbers, or leave it out of 'features'",
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
  void anEmptyCellIsRefusedWithItsLine() {
    refused(
        "'%s', row 3 (line 4): column 'x' is missing: fill it in, remove the row, or choose other"
            + " features",
        "x,z,y\n1,2,3\n4,5,6\n,8,9\n");
  }

  @Test
  void aCellThatIsNotFiniteIsRefusedWithItsLine() {
    refused(
        "'%s', row 1 (line 2): column 'z' is NaN: fill it in, remove the row, or choose other"
            + " features",
        "x,z,y\n1,NaN,3\n4,5,6\n");
    refused(
        "'%s', row 2 (line 3): column 'y' is -Infinity: fill it in, remove the row, or choose other"
            + " features",
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
  void anUnnamedColumnGetsANameByItsPosition() {
    assertEquals(List.of("_c0", "x"), csv(",x,y\n0,1,2\n1,3,4\n").features());
  }

  @Test
  void filesWhoseHeadersDifferAreRefused() {
    Tables.write(directory.resolve("many/a.csv"), "x,y\n1,2\n");
    Tables.write(directory.resolve("many/b.csv"), "y,x\n1,2\n");
    String message = Loads.refusal(directory.resolve("many"));
    assertTrue(message.contains("CSV header does not conform to the schema"), message);
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
        "'%s', row 2 (line 3): column 'a.b' is missing: fill it in, remove the row, or choose other features"
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
