package io.foldwise.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {

  private static final double[] ROWS = {0, 1, 2, 3, 4, 100};
  private static final double[] BOOLS = {0, 1, 1, 1, 1, 1};
  private static final double[] X = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final double[] Y = {0, 10, 20, 30, 40, 50};
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types_p0",
        "types_p1",
        "types_p2",
        "types_p3",
        "types_p4",
        "types_p5",
        "numpy1_types_p2",
        "numpy1_types_p4",
        "numpy1_types_p5"
      })
  void everyTypeByteOrderAndAxisOrderGivesTheSameRows(String name) throws IOException {
    Map<String, NdArray> arrays = Fixtures.read(name).arrays();
    assertEquals(12 * 4, arrays.size());
    arrays.forEach(
        (key, array) -> {
          assertArrayEquals(new int[] {2, 3}, array.shape(), key);
          assertArrayEquals(key.startsWith("b1") ? BOOLS : ROWS, array.toArray(), key);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"types_p2", "types_p4", "types_p5"})
  void aRangeOfRowsIsThatPartOfTheArray(String name) throws IOException {
    ByteSource file = ByteSource.of(Fixtures.bytes(name));
    for (Map.Entry<String, StoredArray> entry : PickleReader.scan(file).arrays().entrySet()) {
      double[] second = entry.getKey().startsWith("b1") ? new double[] {1, 1, 1} : tail(ROWS);
      NumberArray array = (NumberArray) entry.getValue();
      assertArrayEquals(second, array.rows(1, 2, file), entry.getKey());
    }
  }

  private static double[] tail(double[] rows) {
    return new double[] {rows[3], rows[4], rows[5]};
  }

  @Test
  void extremesBecomeTheDoublesThatNumPyMakesOfThem() throws IOException {
    // NumPy 2.4.6: a.astype(float).tolist()
    Map<String, NdArray> arrays = Fixtures.read("extremes").arrays();
    assertArrayEquals(new double[] {-128, 127}, values(arrays, "i1"));
    assertArrayEquals(new double[] {-32768, 32767}, values(arrays, "i2"));
    assertArrayEquals(new double[] {-2147483648.0, 2147483647.0}, values(arrays, "i4"));
    assertArrayEquals(new double[] {-0x1p63, 0x1p63, 0x1p53}, values(arrays, "i8"));
    assertArrayEquals(new double[] {0, 255}, values(arrays, "u1"));
    assertArrayEquals(new double[] {0, 65535}, values(arrays, "u2"));
    assertArrayEquals(new double[] {0, 4294967295.0}, values(arrays, "u4"));
    assertArrayEquals(new double[] {0, 0x1p64, 0x1.0000000000001p63}, values(arrays, "u8"));
    assertArrayEquals(
        new double[] {65504, 0x1p-24, -0x1p-14, -0.0, INF, -INF, NAN}, values(arrays, "f2"));
    assertArrayEquals(new double[] {Float.MAX_VALUE, 0x1p-149, NAN}, values(arrays, "f4"));
    assertArrayEquals(
        new double[] {Double.MAX_VALUE, Double.MIN_VALUE, -INF, NAN}, values(arrays, "f8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shapes_p4", "shapes_p5"})
  void anyNumberOfAxesInAnyOrderComesOutRowMajor(String name) throws IOException {
    Map<String, NdArray> arrays = Fixtures.read(name).arrays();
    assertArrayEquals(new int[0], arrays.get("scalar").shape());
    assertArrayEquals(new double[] {7}, values(arrays, "scalar"));
    assertArrayEquals(new int[] {0, 2}, arrays.get("empty").shape());
    assertArrayEquals(new double[] {0, 3, 6, 9}, values(arrays, "strided"));
    assertArrayEquals(new int[] {2, 3, 4}, arrays.get("cube").shape());
    assertArrayEquals(values(arrays, "cube"), values(arrays, "fortran"));
    NdArray turned = arrays.get("turned");
    assertArrayEquals(new int[] {3, 2, 4}, turned.shape());
    // cube.transpose(1, 0, 2)[2, 1, 3] is cube[1, 2, 3] = 23
    assertEquals(23, turned.value(2, 1 * 4 + 3));
    assertEquals(8, turned.columns());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "pair_list"})
  void aPairIsXAndY(String name) throws IOException {
    Map<String, NdArray> arrays = Fixtures.read(name).arrays();
    assertEquals(List.of("x", "y"), List.copyOf(arrays.keySet()));
    assertArrayEquals(X, values(arrays, "x"));
    assertArrayEquals(Y, values(arrays, "y"));
  }

  @Test
  void aPairOfListsIsXAndYOfAnyPythonNumbers() throws IOException {
    Map<String, NdArray> arrays = Fixtures.read("pair_of_lists").arrays();
    assertArrayEquals(new double[] {1, 2, 3}, values(arrays, "x"));
    assertArrayEquals(new double[] {4.5, 1, -0x1p70}, values(arrays, "y"));
  }

  @Test
  void aListOfRowsIsATableWithoutAName() throws IOException {
    NdArray table = Fixtures.read("rows").arrays().get(PickledLayout.NAMELESS);
    assertArrayEquals(new int[] {3, 3}, table.shape());
    assertArrayEquals(new double[] {1, 2, 3.5, 4, 5, 6, 7, 8, 9}, table.toArray());
  }

  @Test
  void oneArrayHasNoName() throws IOException {
    assertEquals(6, Fixtures.read("table").arrays().get(PickledLayout.NAMELESS).rows());
    assertEquals(3, Fixtures.read("matrix").arrays().get(PickledLayout.NAMELESS).columns());
  }

  @Test
  void listsOfNumPyRowsAndScalarsAreArraysToo() throws IOException {
    Map<String, NdArray> arrays = Fixtures.read("row_arrays").arrays();
    assertArrayEquals(X, values(arrays, "x"));
    assertArrayEquals(Y, values(arrays, "y"));
  }

  @Test
  void aDictOfListsKeepsItsNamesItsOrderAndItsNaNs() throws IOException {
    Map<String, NdArray> arrays = Fixtures.read("columns").arrays();
    assertEquals(List.of("size", "price"), List.copyOf(arrays.keySet()));
    assertArrayEquals(new double[] {1, 2, 3, NAN}, values(arrays, "price"));
  }

  @Test
  void anOrderedDictKeepsItsOrder() throws IOException {
    assertEquals(List.of("b", "a"), List.copyOf(Fixtures.read("ordered").arrays().keySet()));
  }

  @Test
  void aPickleOfPython2IsRead() throws IOException {
    Map<String, NdArray> arrays = Fixtures.read("python2").arrays();
    assertArrayEquals(new double[] {1, 2}, values(arrays, "x"));
    assertArrayEquals(new double[] {3, 4}, values(arrays, "y"));
  }

  @ParameterizedTest
  @CsvSource({
    "split_pairs,'x_train,y_train,x_test,y_test'",
    "split_keys,'X_train,y_train,X_test,y_test,k'",
    "split_four,'x_train,x_test,y_train,y_test'"
  })
  void trainingAndTestArraysAreTold(String name, String keys) throws IOException {
    assertEquals(keys, String.join(",", Fixtures.read(name).arrays().keySet()));
  }

  @Test
  void notesBesideTheDataAreLeftOutAndNamed() throws IOException {
    PickledLayout layout = PickleReader.scan(ByteSource.of(Fixtures.bytes("notes")));
    assertEquals(List.of("x", "y", "names", "of"), List.copyOf(layout.arrays().keySet()));
    assertEquals(Map.of("title", "is a text"), layout.notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"texts_p0", "texts_p2", "texts_p4", "texts_p5"})
  void textsAreReadWhateverHoldsThem(String name) throws IOException {
    ByteSource file = ByteSource.of(Fixtures.bytes(name));
    Map<String, StoredArray> arrays = PickleReader.scan(file).arrays();
    List<String> expected = List.of("a", "", "ü€😀", "a\0b");
    for (String of : List.of("array", "big_endian", "column", "list", "scalars", "objects")) {
      TextArray texts = (TextArray) arrays.get(of);
      assertEquals(4, texts.rows(), of);
      assertEquals(expected, texts.values(file), of);
      assertArrayEquals(new String[] {"ü€😀"}, texts.rows(2, 3, file), of);
      assertEquals(List.of("", "ü€😀"), texts.part(1, 3, file).values(null), of);
    }
    for (String of : List.of("bytes", "bytes_list")) {
      assertEquals(List.of("a", "", "ü", "é"), arrays.get(of).values(file), of);
    }
    List<String> gaps = Arrays.asList("a", null, null, "1", "2.5", "true");
    assertEquals(gaps, arrays.get("gaps").values(file));
    for (String of : List.of("table", "table_f")) {
      assertArrayEquals(new int[] {2, 2}, arrays.get(of).shape(), of);
      assertEquals(List.of("a", "b", "cc", "d"), arrays.get(of).values(file), of);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"texts_p0", "texts_p2", "texts_p4", "texts_p5"})
  void columnsOfRowsOfNumbersAndTextsAreToldApart(String name) throws IOException {
    ByteSource file = ByteSource.of(Fixtures.bytes(name));
    Map<String, StoredArray> arrays = PickleReader.scan(file).arrays();
    for (String of : List.of("rows", "object_rows", "object_rows_f")) {
      assertEquals(List.of(1.0, 2.0), arrays.get(of + "0").values(file), of);
      assertEquals(List.of("a", "b"), arrays.get(of + "1").values(file), of);
    }
    assertArrayEquals(new double[] {1, NAN, 3}, values(PickleReader.read(file).arrays(), "none"));
    assertArrayEquals(new double[] {1, 2}, values(PickleReader.read(file).arrays(), "numbers"));
  }

  @Test
  void anArrayUnderTwoNamesIsHeldOnce() throws IOException {
    Map<String, NdArray> arrays = Fixtures.read("shared").arrays();
    assertSame(arrays.get("x"), arrays.get("z"));
  }

  @Test
  void aScanLeavesTheValuesInTheFile() throws IOException {
    StoredArray x = PickleReader.scan(quizData()).arrays().get("x");
    assertTrue(x.inFile());
    assertEquals("float64", x.typeName());
    ByteSource python2 = ByteSource.of(Fixtures.bytes("python2"));
    assertFalse(PickleReader.scan(python2).arrays().get("x").inFile());
  }

  @Test
  void theQuizDataHasAHundredPoints() throws IOException {
    PickledData quiz = PickleReader.read(quizData());
    NdArray x = quiz.arrays().get("x");
    NdArray y = quiz.arrays().get("y");
    assertArrayEquals(new int[] {100, 1}, x.shape());
    assertArrayEquals(new int[] {100, 1}, y.shape());
    // NumPy 2.4.6: x[0, 0], x[99, 0], y[99, 0]
    assertEquals(0.21934563492692294, x.value(0, 0));
    assertEquals(0.20259842565367636, x.value(99, 0));
    assertEquals(0.03389204426885662, y.value(99, 0));
  }

  @Test
  void anArrayIsNotChangedThroughWhatItWasMadeOfOrGave() {
    double[] values = {1, 2};
    NdArray array = NdArray.of(values, 2, 1);
    values[0] = 9;
    array.toArray()[1] = 9;
    array.shape()[0] = 9;
    assertArrayEquals(new double[] {1, 2}, array.toArray());
    assertEquals(2, array.rows());
  }

  private static ByteSource quizData() throws IOException {
    return ByteSource.of(Files.readAllBytes(Path.of("data/quiz_data.pkl")));
  }

  private static double[] values(Map<String, NdArray> arrays, String name) {
    return arrays.get(name).toArray();
  }
}
