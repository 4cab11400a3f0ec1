package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmSourceTest {

  @TempDir Path directory;

  @Test
  void aLineIsALabelAndItsEntries() {
    LoadedData data = Loads.load(file("1 1:2 3:-4.5e1\n-1 2:.5\n3\n"));
    assertEquals(List.of("x1", "x2", "x3"), data.features());
    assertEquals("label", data.label());
    assertEquals(
        List.of("[(3,[0,2],[2.0,-45.0]),1.0]", "[(3,[1],[0.5]),-1.0]", "[(3,[],[]),3.0]"),
        Loads.rows(data));
  }

  /** scikit-learn 1.2.1: load_svmlight_file reads all of these alike, but for zeros it keeps. */
  @Test
  void blankLinesCommentsQueriesTabsAndZerosAreNoEntries() {
    LoadedData data =
        Loads.load(
            file("# 1 1:1\r\n\r\n  \t\r\n+1 qid:7 1:0\t2:3  # 3:4\r\n  # more\r\n2 1:-0 4:0\r\n"));
    assertEquals(List.of("[(4,[1],[3.0]),1.0]", "[(4,[],[]),2.0]"), Loads.rows(data));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLabel() {
    assertEquals(
        List.of("[(1,[0],[2.0]),1.0]", "[(1,[0],[3.0]),2.0]"),
        Loads.rows(Loads.load(file("\uFEFF1 1:2\n2 1:3\n"))));
    assertEquals(1, Loads.load(file("\uFEFF# none\n2 1:3\n")).rowCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.libsvm", "d.svm", "d.svmlight", "d.SVM", "d.libsvm.gz", "d.svm.gz"})
  void theSuffixTellsTheFormat(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] text = "1 1:2\n2 2:3\n".getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".gz")) {
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text);
      }
    } else {
      Files.write(file, text);
    }
    assertEquals(
        List.of("[(2,[0],[2.0]),1.0]", "[(2,[1],[3.0]),2.0]"), Loads.rows(Loads.load(file)));
  }

  @Test
  void directoriesAndGlobsAreReadInFileOrder() {
    Tables.write(directory.resolve("d/1.svm"), "1 1:1\n2 1:2\n");
    Tables.write(directory.resolve("d/2.svm"), "3 5:3\n");
    for (String path : List.of("d", "d/*.svm")) {
      LoadedData data = Loads.load(directory.resolve(path));
      assertEquals(5, data.features().size());
      assertEquals(
          List.of(1.0, 2.0, 3.0),
          data.index().orElseThrow().stream().map(IndexedRow::label).toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one 1:2 | the label is 'one', which is not a number",
        "1,2 1:2 | the label is '1,2', which is not a number",
        "1d 1:2 | the label is '1d', which is not a number",
        "nan 1:2 | the label is nan, not finite",
        "1 1 | '1' is not index:value",
        "1 a:2 | index 'a' is not a whole number",
        "1 1.0:2 | index '1.0' is not a whole number",
        "1 :2 | index '' is not a whole number",
        "1 1: 2 | the value of index 1 is '', which is not a number",
        "1 1:2:3 | the value of index 1 is '2:3', which is not a number",
        "1 2:-Inf | the value of index 2 is -Inf, not finite",
        "1 2:1e999 | the value of index 2 is 1e999, not finite",
        "1 0:2 | index 0: indices begin at 1: add 1 to all where they begin at 0",
        "1 -3:2 | index -3: indices begin at 1: add 1 to all where they begin at 0",
        "1 5:1 2:1 | index 2 stands after 5: the indices of a line must ascend",
        "1 5:1 5:1 | index 5 stands after 5: the indices of a line must ascend",
        "1 20000000:1 | index 20000000 is beyond 16777216, the most that are read: correct the line",
        "1 1:2 qid:3 | index 'qid' is not a whole number",
      })
  void aMalformedLineIsRefusedWithItsNumber(String line, String complaint) {
    Path file = file("1 1:1\n\n# comment\n" + line + "\n1 0:0\n");
    assertEquals("'" + file + "', row 2 (line 4): " + complaint, Loads.refusal(file));
  }

  @Test
  void theLineIsFoundInItsFileWhateverTheSuffix() {
    Tables.write(directory.resolve("d/part-1"), "1 1:1\n2 1:2\n");
    String bad = Tables.write(directory.resolve("d/part-2"), "\n3 1:3\n4 x\n");
    assertEquals(
        "'" + bad + "', row 2 (line 3): 'x' is not index:value",
        Loads.refusal(DataOptions.of(directory.resolve("d").toString()).with(Format.libsvm())));
  }

  @Test
  void filesWithoutRowsOrFeaturesAreRefused() {
    Path file = file("# nothing\n\n");
    assertEquals("'" + file + "' holds no rows: at least one is needed", Loads.refusal(file));
    file("1\n2\n");
    assertEquals(
        "'" + file + "' holds labels and no index:value: at least one feature is needed",
        Loads.refusal(file));
    Tables.write(directory.resolve("empty.svm"), "");
    assertEquals(
        "'%1$s' holds no rows: at least one is needed".formatted(directory.resolve("empty.svm")),
        Loads.refusal(directory.resolve("empty.svm")));
  }

  @Test
  void dimensionsStateTheFeatures() {
    Path file = file("1 1:1\n2 3:3\n");
    DataOptions options = DataOptions.of(file.toString());
    assertEquals(7, Loads.load(options.withDimensions(7)).features().size());
    assertEquals(
        "'"
            + file
            + "', row 2 (line 2): index 3 is beyond 'dimensions' (2): raise it or correct the line",
        Loads.refusal(options.withDimensions(2)));
    String csv = Tables.csv(directory.resolve("d.csv"), 0, 3);
    assertEquals(
        "'dimensions' (2): '"
            + csv
            + "' holds each feature in a column of its own: leave the option out",
        Loads.refusal(DataOptions.of(csv).withDimensions(2)));
  }

  @Test
  void testRowsHaveTheFeaturesOfTheTrainingRows() {
    Path file = file("1 1:1\n2 3:3\n");
    String test = Tables.write(directory.resolve("t.svm"), "3 2:5\n");
    DataOptions options = DataOptions.of(file.toString());
    AssignedRows rows = dealt(Loads.load(options.with(new TestSource.Separate(test))));
    assertEquals(
        List.of("[(3,[1],[5.0]),3.0]"),
        rows.test().orElseThrow().collectAsList().stream().map(Row::toString).toList());
    Tables.write(Path.of(test), "3 2:5\n3 4:5\n");
    assertEquals(
        "'"
            + test
            + "', row 2 (line 2): index 4 is beyond the training data's 3 features: set"
            + " --dimensions or correct the line",
        Loads.refusal(options.with(new TestSource.Separate(test))));
    AssignedRows wider =
        dealt(Loads.load(options.with(new TestSource.Separate(test)).withDimensions(4)));
    assertEquals(2, wider.test().orElseThrow().count());
  }

  @Test
  void theNamesOfAllFeaturesStandForThemAndNoOthersAreTaken() {
    Path file = file("1 1:1\n2 3:3\n");
    DataOptions.Roles roles = DataOptions.Roles.defaults();
    DataOptions options = DataOptions.of(file.toString());
    List<String> four = List.of("x1", "x2", "x3", "x4");
    assertEquals(four, Loads.load(options.with(roles.withFeatures(four))).features());
    assertEquals(
        "'"
            + file
            + "', row 2 (line 2): index 3 is beyond the model's 2 features: remove it, or"
            + " train with --dimensions",
        Loads.refusal(options.with(roles.withFeatures(List.of("x1", "x2")))));
    assertEquals(
        "'features' (x3): '"
            + file
            + "' holds its features in one vector, x1 to x3, which is taken"
            + " whole: leave the option out",
        Loads.refusal(options.with(roles.withFeatures(List.of("x3", "x1")))));
    assertEquals(
        "'group' (g): '" + file + "' has no such column; it has label, features",
        Loads.refusal(options.with(roles.withGroup("g"))));
  }

  @Test
  void framesHaveOneColumnOfFeatures() {
    AssignedRows rows = dealt(Loads.load(file("1 1:1\n2 2:3\n3 1:4\n")));
    assertTrue(rows.isSparse());
    StructField[] columns = rows.frame().schema().fields();
    assertArrayEquals(
        new String[] {"features", "label", AssignedRows.FOLD, AssignedRows.POSITION},
        rows.frame().columns());
    assertTrue(VectorColumn.is(columns[0]));
    assertEquals(DataTypes.DoubleType, columns[1].dataType());
    assertArrayEquals(new String[] {"features", "label"}, rows.scored().columns());
  }

  @Test
  void rowsToBePredictedHaveTheFeaturesOfTheModel() {
    Path file = file("1 1:1\n2 3:3\n");
    FeatureRows rows =
        DataLoader.features(
            TestSpark.session(), DataOptions.of(file.toString()), List.of("x1", "x2", "x3", "x4"));
    assertEquals(
        List.of("[1.0,(4,[0],[1.0])]", "[2.0,(4,[2],[3.0])]"),
        rows.inFileOrder().collectAsList().stream().map(Row::toString).toList());
  }

  @Test
  void largeDataAreCheckedAsTheyAreCounted() {
    DataOptions options = DataOptions.of(file("1 1:1\n2 3:3\n").toString());
    LoadedData data = Loads.large(options);
    assertEquals(3, data.features().size());
    assertEquals(Optional.empty(), data.firstBadCell());
    LoadedData binary = Loads.large(options.with(options.roles().with(Labels.BINARY)));
    assertEquals(
        "'"
            + options.path()
            + "', row 2 (line 2): column 'label' is 2: the loss needs labels 0 and"
            + " 1: name the value that counts as 1 with --positive, or take --loss softmax or ovr-hinge",
        binary.firstBadCell().orElseThrow().message());
  }

  @Test
  void wideRowsCostWhatTheirEntriesCost() {
    int d = 20_000;
    String lines =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "%d %d:1 %d:%d\n".formatted(i % 2, 1 + i, d - i, 1 + i))
            .collect(Collectors.joining());
    LoadedData data = Loads.load(file(lines));
    assertEquals(d, data.features().size());
    assertEquals("x20000", data.features().get(d - 1));
    AssignedRows rows = dealt(data);
    assertEquals(2_000, rows.frame().select("features").distinct().count());
  }

  private static AssignedRows dealt(LoadedData data) {
    return FoldAssigner.assign(data, AssignmentOptions.withoutFolds(1));
  }

  private Path file(String text) {
    return Path.of(Tables.write(directory.resolve("d.svm"), text));
  }
}
