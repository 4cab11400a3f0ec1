package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.source.pickle.PickleFile;
import io.foldwise.spark.data.source.pickle.PickleSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleSourceTest {

  private static final SparkSession SPARK = TestSpark.session();
  private static final String QUIZ = "data/quiz_data.pkl";

  @TempDir Path directory;

  @Test
  void theQuizDataAreAHundredRowsOfXAndYInOnePartition() {
    Dataset<Row> quiz = load(QUIZ);
    assertEquals("x,y", String.join(",", quiz.columns()));
    assertEquals(100, quiz.count());
    assertEquals(1, quiz.javaRDD().getNumPartitions());
    for (StructField field : quiz.schema().fields()) {
      assertEquals(DataTypes.DoubleType, field.dataType());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "absolute", "uri"})
  void aPathIsTakenInEveryForm(String form) {
    Path file = Path.of(QUIZ);
    String path =
        switch (form) {
          case "absolute" -> file.toAbsolutePath().toString();
          case "uri" -> file.toUri().toString();
          default -> QUIZ;
        };
    assertEquals(100, load(path).count());
  }

  @ParameterizedTest
  @CsvSource({
    "pair,'x0,x1,y',6",
    "pair_list,'x0,x1,y',6",
    "pair_of_lists,'x,y',3",
    "table,'x0,x1,y',6",
    "rows,'x0,x1,y',3",
    "row_arrays,'x0,x1,y',6",
    "columns,'size,price',4",
    "split_keys,'X0,X1,y',6",
    "split_pairs,'x0,x1,y',6",
    "split_four,'x0,x1,y',6",
    "notes,'x0,x1,y',6",
    "objects,'x',2",
    "shared,'x0,x1,z0,z1,y',6",
    "python2,'x,y',2"
  })
  void columnsAreNamedAfterTheArrays(String name, String columns, long rows) {
    Dataset<Row> data = load(fixture(name));
    assertEquals(columns, String.join(",", data.columns()));
    assertEquals(rows, data.count());
  }

  @Test
  void rowsStandSideBySideInTheOrderOfTheFile() {
    List<Row> rows = load(fixture("pair")).collectAsList();
    for (int i = 0; i < 6; i++) {
      assertEquals(2.0 * i, rows.get(i).getDouble(0));
      assertEquals(2.0 * i + 1, rows.get(i).getDouble(1));
      assertEquals(10.0 * i, rows.get(i).getDouble(2));
    }
  }

  @Test
  void aMissingNumberStaysNaN() {
    Row last = load(fixture("columns")).collectAsList().get(3);
    assertTrue(Double.isNaN(last.getDouble(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"split_keys", "split_pairs", "split_four"})
  void testRowsAreReadOnRequest(String name) {
    Dataset<Row> test = SPARK.read().format("pickle").option("split", "test").load(fixture(name));
    assertEquals(2, test.count());
    assertEquals(3, test.columns().length);
    assertTrue(
        PickleSource.inventory(SPARK, fixture(name), List.of(), List.of()).test().isPresent());
  }

  @Test
  void anArrayThatNoColumnIsWantedOfIsNotRead() {
    Dataset<Row> pair = load(fixture("pair"));
    assertTrue(scanned(pair.select("y")).contains("[y#"), scanned(pair.select("y")));
    assertTrue(scanned(pair.select("x1")).contains("[x0#"), scanned(pair.select("x1")));
    assertEquals(6, pair.groupBy().count().collectAsList().get(0).getLong(0));
  }

  private static String scanned(Dataset<Row> data) {
    return data.queryExecution()
        .executedPlan()
        .toString()
        .lines()
        .filter(line -> line.contains("BatchScan"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFileWithoutTestRowsSaysSo() {
    assertFalse(PickleSource.inventory(SPARK, QUIZ, List.of(), List.of()).test().isPresent());
    String refusal =
        refusal(() -> SPARK.read().format("pickle").option("split", "test").load(QUIZ));
    assertTrue(refusal.startsWith(QUIZ + ": there are no test rows"), refusal);
  }

  @Test
  void selectedColumnsAndFiltersWorkAsOnAnyTable() {
    Dataset<Row> y = load(fixture("pair")).filter("x0 >= 4").select("y");
    assertEquals(
        List.of(20.0, 30.0, 40.0, 50.0),
        y.collectAsList().stream().map(r -> r.getDouble(0)).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "F"})
  void valuesOfALargeFileAreReadFromItByEveryTask(String order) throws IOException {
    int n = 450_000;
    int d = 20;
    byte[] bytes = new byte[n * d];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < d; column++) {
        int index = order.equals("C") ? d * row + column : column * n + row;
        bytes[index] = (byte) value(row, column);
      }
    }
    Dataset<Row> data = load(write("u1", order, n, bytes));
    assertEquals(3, data.javaRDD().getNumPartitions());
    List<Row> rows = data.select("x0", "x17", "y").collectAsList();
    assertEquals(n, rows.size());
    for (int row = 0; row < n; row++) {
      assertEquals(value(row, 0), rows.get(row).getDouble(0));
      assertEquals(value(row, 17), rows.get(row).getDouble(1));
      assertEquals(value(row, 19), rows.get(row).getDouble(2));
    }
  }

  private static int value(int row, int column) {
    return (row * 7 + column * 31 + row / 1000) % 251;
  }

  @Test
  void aFileOfMiddleSizeIsOnePartition() throws IOException {
    int n = 100_000;
    ByteBuffer values = ByteBuffer.allocate(16 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2 * n; i++) {
      values.putDouble(i);
    }
    Dataset<Row> data = load(write("f8", "C", n, values.array()));
    assertEquals(1, data.javaRDD().getNumPartitions());
    List<Row> rows = data.collectAsList();
    for (int row = 0; row < n; row += 999) {
      assertEquals(2.0 * row + 1, rows.get(row).getDouble(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unequal,'''x'' has 6 rows and ''y'' has 5: arrays must have equally many rows'",
    "ragged,'''x'' is ragged'",
    "complex,'''x'' is a NumPy array of type ''c16'', which cannot be read'",
    "colliding,'two columns would be named ''X0'''",
  })
  void aRefusalIsOneLineThatStartsWithThePath(String name, String reason) {
    String refusal = refusal(() -> load(fixture(name)));
    assertTrue(refusal.startsWith(fixture(name) + ": "), refusal);
    assertTrue(refusal.contains(reason), refusal);
    assertEquals(1, refusal.lines().count());
  }

  @Test
  void aFileThatIsNoneIsRefused() {
    assertEquals(
        "nowhere.pkl: File nowhere.pkl does not exist", refusal(() -> load("nowhere.pkl")));
    assertEquals("data: is a directory; give one pickle file", refusal(() -> load("data")));
    assertTrue(refusal(() -> SPARK.read().format("pickle").load()).contains("one file at a time"));
    assertEquals(
        "'split' (both) must be 'train' or 'test': which rows to read",
        refusal(() -> SPARK.read().format("pickle").option("split", "both").load(QUIZ)));
  }

  @ParameterizedTest
  @CsvSource({"'','X0,X1,y',12", "classes,'classes',2", "X1,'X0,X1,y',12"})
  void whatIsNeededDecidesWhichArraysAreRead(String needed, String columns, long rows) {
    Dataset<Row> data =
        SPARK.read().format("pickle").option("needed", needed).load(input("other-length.pkl"));
    assertEquals(columns, String.join(",", data.columns()));
    assertEquals(rows, data.count());
  }

  @Test
  void textsAreColumnsOfTheirOwnTypeAndMayBeMissing() {
    Dataset<Row> data =
        SPARK.read().format("pickle").option("needed", "gaps").load(fixture("texts_p4"));
    assertEquals("gaps", String.join(",", data.columns()));
    assertEquals(DataTypes.StringType, data.schema().apply("gaps").dataType());
    assertEquals("a", data.collectAsList().get(0).getString(0));
    assertTrue(data.collectAsList().get(1).isNullAt(0));
  }

  @Test
  void listedTextsOfALargeFileTravelBesideNumbersThatStayInIt() throws IOException {
    int n = 300_000;
    ByteBuffer values = ByteBuffer.allocate(16 * n).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder words = new StringBuilder("(");
    for (int i = 0; i < n; i++) {
      values.putDouble(i).putDouble(-i);
      words.append("\u008c\2w").append(i % 7);
    }
    byte[] array = Files.readAllBytes(Path.of(write("f8", "C", n, values.array())));
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(array, 0, array.length - 1);
    pickle.writeBytes(latin1("]" + words + "e\u0086."));
    Path file = Files.write(directory.resolve("pair.pkl"), pickle.toByteArray());
    List<Row> all = load(file.toString()).filter("x0 % 499 = 0").collectAsList();
    assertEquals(1 + (n - 1) / 499, all.size());
    for (Row row : all) {
      assertEquals(0, row.getDouble(0) + row.getDouble(1));
      assertEquals("w" + (int) row.getDouble(0) % 7, row.getString(2));
    }
  }

  @Test
  void unpackingStopsAtItsBound() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }
        };
    long length = PickleFile.lengthUpTo(1_000_000, endless);
    assertTrue(length > 1_000_000 && length < 1_100_000, () -> "" + length);
    assertEquals(5, PickleFile.lengthUpTo(1_000_000, new ByteArrayInputStream(new byte[5])));
  }

  private static String input(String name) {
    return "src/test/resources/inputs/" + name;
  }

  private static Dataset<Row> load(String path) {
    return SPARK.read().format("pickle").load(path);
  }

  private static String refusal(Runnable read) {
    return assertThrows(InvalidInputException.class, read::run).getMessage();
  }

  private static String fixture(String name) {
    return "src/test/resources/pickle/" + name + ".pkl";
  }

  /** An array of n rows as NumPy pickles it with protocol 5. */
  private String write(String type, String order, int n, byte[] values) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    byte[] length = numbers.putLong(values.length).array();
    int columns = values.length / n / Integer.parseInt(type.substring(1));
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(latin1("\u0080\5cnumpy._core.numeric\n_frombuffer\n(\u0096"));
    pickle.write(length, 0, 8);
    pickle.writeBytes(values);
    pickle.writeBytes(latin1("cnumpy\ndtype\n\u008c\2" + type + "\u0089\u0088\u0087R"));
    ByteBuffer shape = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    pickle.writeBytes(shape.put((byte) 'J').putInt(n).put((byte) 'J').putInt(columns).array());
    pickle.writeBytes(latin1("\u0086\u008c\1" + order + "tR."));
    return Files.write(directory.resolve("large.pkl"), pickle.toByteArray()).toString();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
