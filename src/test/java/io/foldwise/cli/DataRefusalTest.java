package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad data: one line that names the place, status 2, nothing written. */
class DataRefusalTest {
  private static final String FIX = ": fill it in or remove the row";

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(Path data, String line, String... more) {
    Path out = folder.resolve("run");
    Object[] words =
        Stream.concat(Stream.of("search", "--data", data, "--out", out), Stream.of(more)).toArray();
    Outcome.of(words).assertRefused(2, line);
    assertFalse(Files.exists(out));
  }

  static Stream<Arguments> badCells() {
    return Stream.of(
        arguments("NaN", "is NaN" + FIX),
        arguments("Infinity", "is Infinity" + FIX),
        arguments("-Infinity", "is -Infinity" + FIX),
        arguments("", "is missing" + FIX));
  }

  @ParameterizedTest
  @MethodSource("badCells")
  void aCellThatIsNoNumberIsNamed(String cell, String complaint) throws IOException {
    Path data = file("d.csv", "x,y\n1,2\n2," + cell + "\n3,5\n4,9\n5,1\n6,2\n");
    assertRefused(data, "'" + data + "', row 2 (line 3): column 'y' " + complaint);
  }

  @Test
  void aTextCellIsNamed() throws IOException {
    Path data = file("d.csv", "x,y\n1,2\ntwo,3\n3,5\n4,9\n5,1\n6,2\n");
    assertRefused(
        data,
        "'"
            + data
            + "', row 2 (line 3): column 'x' holds 'two', which is not a number: correct it, encode the column (--categorical), or leave it out of 'features'");
  }

  @Test
  void aRaggedRowIsNamed() throws IOException {
    Path data = file("d.csv", "x,y\n1,2\n2,3,4\n3,5\n4,9\n5,1\n");
    assertRefused(
        data, "'" + data + "', row 2 (line 3) does not have the 2 cells of the header: '2,3,4'");
  }

  @Test
  void aDatasetWithoutRowsIsRefused() throws IOException {
    Path data = file("d.csv", "x,y\n");
    assertRefused(data, "'" + data + "' holds no rows: at least one is needed");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path data = file("d.csv", "");
    assertRefused(data, "'" + data + "' is empty: a header line and rows are needed");
  }

  @Test
  void aMissingFileIsRefused() {
    Path data = folder.resolve("none.csv");
    assertRefused(data, "'data' (" + data + "): no such file or directory: check the path");
  }

  @Test
  void aFileOfAnotherFormatIsRefused() throws IOException {
    Path data = file("d.csv", "x,y\n1,2\n");
    assertRefused(
        data,
        "'data' ("
            + data
            + "): 'd.csv' is a text file, not parquet: choose the right --format (pickle,"
            + " npy, npz, csv, parquet, orc, json or libsvm)",
        "--format",
        "parquet");
  }

  @Test
  void anUnknownSuffixIsRefused() throws IOException {
    Path data = file("d.dat", "x\u0000y\n1,2\n");
    assertRefused(
        data,
        "'data' ("
            + data
            + "): neither the suffix of 'd.dat' nor how it begins tells a known file type: use --format pickle, npy, npz, csv, parquet, orc, json or libsvm");
  }

  @Test
  void aLabelThatIsNoColumnIsRefused() throws IOException {
    Path data = file("d.csv", "x,y\n1,2\n");
    assertRefused(
        data,
        "'label' (price): '" + data + "' has no such column; it has x, y",
        "--label",
        "price");
  }

  @Test
  void aFeatureThatIsNoColumnIsRefused() throws IOException {
    Path data = file("d.csv", "x,y\n1,2\n");
    assertRefused(
        data,
        "'features' (z): '" + data + "' has no such column; it has x, y",
        "--features",
        "x,z");
  }

  /** {'x': array of 3, 'y': array of 2}, float64, as NumPy pickles them in protocol 2. */
  @Test
  void featuresAndLabelsOfDifferentLengthAreRefused() throws IOException {
    Path data = folder.resolve("d.pkl");
    Files.write(data, PickledArrays.of("x", 3, "y", 2));
    assertRefused(
        data, data + ": 'x' has 3 rows and 'y' has 2: arrays must have equally many rows");
  }

  @Test
  void aPickleThatCallsAFunctionIsRefused() throws IOException {
    Path data = folder.resolve("d.pkl");
    Files.write(data, "cos\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        data,
        data
            + ": byte 0: the global 'os.system' is not read: only arrays, frames of pandas, numbers, texts, lists,"
            + " tuples and dicts are");
  }
}
