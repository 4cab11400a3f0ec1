package io.foldwise.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pandas 0.25 to 3.1, NumPy 1.17 to 2.4 and scikit-learn 1.9 pickled, against what they say
 * themselves that it holds: src/test/resources/pickle/frames, written by make_frames.py there.
 */
final class PickledFrameTest {

  private static final Path FRAMES = Path.of("src/test/resources/pickle/frames");

  /** Every pickle, and the columns that Python says it has. */
  static Stream<Map.Entry<String, JsonNode>> pickles() throws IOException {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FRAMES)) {
      for (Path said : files.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        new ObjectMapper().readTree(said.toFile()).properties().forEach(all::add);
      }
    }
    assertTrue(all.size() > 50, "the fixtures are there");
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("pickles")
  void everyColumnHasTheValuesThatPythonSays(Map.Entry<String, JsonNode> pickle)
      throws IOException {
    ByteSource file = ByteSource.of(Files.readAllBytes(FRAMES.resolve(pickle.getKey())));
    Map<String, List<?>> columns = columns(file);
    List<String> names = new ArrayList<>();
    pickle.getValue().fieldNames().forEachRemaining(names::add);
    assertTrue(columns.keySet().containsAll(names), columns.keySet() + " lacks some of " + names);
    pickle
        .getValue()
        .properties()
        .forEach(column -> assertSame(column.getValue(), columns.get(column.getKey()), column));
  }

  private static void assertSame(JsonNode expected, List<?> values, Object named) {
    assertEquals(expected.size(), values.size(), named::toString);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      Object missing = value instanceof Double number && number.isNaN() ? null : value;
      JsonNode said = expected.get(i);
      Object known =
          said.isNull() ? null : said.isNumber() ? (Object) said.doubleValue() : said.textValue();
      assertEquals(known, missing, named::toString);
    }
  }

  /** The columns of all tables and arrays, each by its rows one at a time and by all together. */
  private static Map<String, List<?>> columns(ByteSource file) throws IOException {
    Map<String, List<?>> columns = new LinkedHashMap<>();
    for (Map.Entry<String, StoredArray> entry : PickleReader.scan(file).arrays().entrySet()) {
      StoredArray array = entry.getValue();
      List<String> names =
          array instanceof Table table
              ? table.names()
              : PickledLayout.columns(entry.getKey(), array.columns());
      List<?> all = array.values(file);
      List<Object> rows = new ArrayList<>();
      for (int row = 0; row < array.rows(); row++) {
        rows.addAll(array.part(row, row + 1, file).values(file));
      }
      assertEquals(all, rows, entry.getKey());
      int d = names.size();
      for (int j = 0; j < d; j++) {
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < array.rows(); i++) {
          column.add(all.get(i * d + j));
        }
        // Training rows stand before test rows of the same columns.
        columns.putIfAbsent(names.get(j), column);
      }
    }
    return columns;
  }

  @ParameterizedTest
  @CsvSource({
    "duration, 'holds durations (timedelta64), which are not read'",
    "sparse, 'is sparse: save it with .sparse.to_dense()'",
    "period, 'holds periods or intervals: save it with .astype(str)'",
    "interval, 'to be saved with .astype(str) or .to_numpy()'",
    "lists, 'holds a list in each row'",
    "complex, 'is a NumPy array of type ''c16'''"
  })
  void aColumnThatIsNotReadIsLeftOutWithWhatToDo(String column, String why) throws IOException {
    String said = scan("other").leftOut().get(column);
    assertTrue(said != null && said.contains(why), scan("other").leftOut().toString());
  }

  @Test
  void theIndexStandsFirstAndIsToldFromTheColumns() throws IOException {
    Table named = (Table) scan("index-named").arrays().get(PickledLayout.NAMELESS);
    assertEquals(List.of("key", "int", "text", "float"), named.names());
    assertEquals(1, named.indexes());
    Table levels = (Table) scan("index-levels").arrays().get(PickledLayout.NAMELESS);
    assertEquals(List.of("letter", "level_1"), levels.names().subList(0, 2));
    assertEquals(2, levels.indexes());
    Table counted = (Table) scan("index-numbers").arrays().get(PickledLayout.NAMELESS);
    assertEquals(List.of("int", "text", "float"), counted.names());
    assertEquals(0, counted.indexes());
  }

  @Test
  void aTableSaysHowManyColumnsAreOfWhichType() throws IOException {
    Table table = (Table) scan("index-named").arrays().get(PickledLayout.NAMELESS);
    assertEquals("DataFrame of 2 text, 1 int64, 1 float64", table.typeName());
  }

  @Test
  void framesInATupleAreNamedByTheirNumbersOfRows() throws IOException {
    assertEquals(
        List.of("x_train", "x_test", "y_train", "y_test"),
        List.copyOf(scan("four").arrays().keySet()));
    assertEquals(List.of("x", "y"), List.copyOf(scan("x-and-y").arrays().keySet()));
  }

  @Test
  void ofABunchTheDataAndTheTargetAreReadAndTheRestIsNoted() throws IOException {
    PickledLayout arrays = scan("bunch");
    assertEquals(List.of("data", "target"), List.copyOf(arrays.arrays().keySet()));
    assertEquals("describes 'data'", arrays.notes().get("images"));
    PickledLayout framed = scan("bunch-frame");
    assertEquals(List.of("frame"), List.copyOf(framed.arrays().keySet()));
    assertEquals("is in 'frame' too", framed.notes().get("target"));
  }

  @Test
  void valuesStayInTheFileWhereTheyLieThereAsNumbersAndTimes() throws IOException {
    Table table = (Table) scan("pandas-3.1.1-p5").arrays().get(PickledLayout.NAMELESS);
    Map<String, Boolean> inFile = new LinkedHashMap<>();
    int at = 0;
    for (StoredArray part : table.parts()) {
      inFile.put(table.names().get(at), part.inFile());
      at += part.columns();
    }
    assertFalse(inFile.get("text"));
    assertTrue(inFile.get("arrow_real"));
  }

  @Test
  void numbersOfAFrameAreReadByTheNamesOfTheirColumns() throws IOException {
    Map<String, NdArray> read =
        PickleReader.read(ByteSource.of(Files.readAllBytes(FRAMES.resolve("one-array.pkl"))))
            .arrays();
    assertEquals(List.of("p", "q", "r"), List.copyOf(read.keySet()));
    assertEquals(10.0, read.get("q").value(3, 0));
  }

  private static PickledLayout scan(String name) throws IOException {
    return PickleReader.scan(ByteSource.of(Files.readAllBytes(FRAMES.resolve(name + ".pkl"))));
  }

  /**
   * Each byte of small files of NumPy is changed, and each is cut short after each of its bytes.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"record.npy", "objects.npy", "split.npz", "splits.pkl", "index-levels.pkl"})
  void aDamagedFileIsReadOrRefusedInOneLine(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FRAMES.resolve(name));
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit += 3) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) (1 << bit);
        refused += isRefused(changed) ? 1 : 0;
      }
      assertTrue(isRefused(Arrays.copyOf(whole, at)), name + " cut at " + at);
    }
    assertTrue(refused > 50, refused + " refused");
  }

  private static boolean isRefused(byte[] bytes) throws IOException {
    try {
      PickleReader.read(ByteSource.of(bytes));
      return false;
    } catch (UnreadablePickleException refused) {
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
      return true;
    }
  }

  @Test
  void aHeaderOfNumpyThatIsNotAsItWritesItIsRefused() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }";
    assertFalse(isRefused(npy(header)));
    for (String other :
        List.of(
            "{'descr': '<f8', 'fortran_order': False}",
            "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': 'f', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': [('a',)], 'fortran_order': False, 'shape': (1,)}",
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}",
            "[".repeat(100),
            "")) {
      assertTrue(isRefused(npy(other)), other);
    }
  }

  private static byte[] npy(String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(10 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
    return file.put(text).putDouble(1).array();
  }
}
