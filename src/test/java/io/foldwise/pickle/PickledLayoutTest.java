package io.foldwise.pickle;

import static io.foldwise.pickle.Pickles.array;
import static io.foldwise.pickle.Pickles.bytes;
import static io.foldwise.pickle.Pickles.dict;
import static io.foldwise.pickle.Pickles.list;
import static io.foldwise.pickle.Pickles.scan;
import static io.foldwise.pickle.Pickles.source;
import static io.foldwise.pickle.Pickles.text;
import static io.foldwise.pickle.Pickles.tuple;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file's objects are named, what is left out, and which rows a stored array has. */
final class PickledLayoutTest {
  private static final String ONE = "K\1";

  /** The files of src/test/resources/inputs, which make_inputs.py writes. */
  @ParameterizedTest
  @CsvSource({
    "two-dumps, 'x,y', 0",
    "three-dumps, 'x,y', 0",
    "dict-dumps, 'x,y', 0",
    "split-dumps, 'x_train,y_train,x_test,y_test', 0",
    "noted-pair, 'x,y,array2', 0",
    "bare, '', 3",
    "bare-rows, 'x0,x1,y', 3",
    "mixed, 'x0,x1,y', 3",
    "bytes-key, 'data,labels,filenames', 0",
    "objects, 'x,y', 0",
    "only-text, '', 0",
    "no-data, n, 0"
  })
  void arraysAreNamedByWhatHoldsThem(String file, String names, int bare) throws IOException {
    PickledLayout layout = input(file);
    assertEquals(List.of(names.split(",")), List.copyOf(layout.arrays().keySet()));
    assertEquals(bare, layout.bare());
  }

  @Test
  void whatStandsBesideDataIsNotedByItsPlaceOrItsName() throws IOException {
    assertEquals(Map.of("part 1", "is a text"), input("three-dumps").notes());
    assertEquals(Map.of("part 4", "is a text", "part 5", "is a dict"), input("noted-pair").notes());
    assertEquals(Map.of("title", "is a text"), input("no-data").notes());
    assertEquals(Map.of("meta", "is a dict"), input("objects").notes());
    assertEquals(Map.of(), input("two-dumps").notes());
    assertEquals(Map.of("a", "is None"), scan(dict("a", "N") + ".").notes());
    assertEquals(Map.of("a", "is bytes"), scan(dict("a", "C\1b") + ".").notes());
    assertEquals(
        Map.of("a", "is something else"), scan(dict("a", "cnumpy\ndtype\n") + ".").notes());
    assertEquals(Map.of("part 2", "is one number"), scan(bytes(3) + ONE + "\u0086.").notes());
    assertEquals(
        Map.of("part 1", "is a text"), scan(tuple(text("a"), dict("x", list(ONE))) + ".").notes());
  }

  @Test
  void objectsOfClassesAreLeftOutByTheirClass() throws IOException {
    Map<String, String> leftOut = input("objects").leftOut();
    assertEquals("is an object of 'home.made.Model'", leftOut.get("model"));
    assertEquals("is an object of 'home.made.Names'", leftOut.get("names"));
    assertEquals("is an object of 'collections.deque'", leftOut.get("queue"));
    assertEquals("is a set", leftOut.get("set"));
    assertEquals(6, leftOut.size());
  }

  @Test
  void aFileThatHoldsObjectsAloneIsRefusedByTheFirst() {
    String two = "chome.made\nFirst\n)Rchome.made\nSecond\n)R\u0086.";
    assertTrue(refusal(two).contains("the global 'home.made.First' is not read"), refusal(two));
    String one = "chome.made\nFirst\n)R.";
    assertTrue(refusal(one).contains("the global 'home.made.First' is not read"), refusal(one));
  }

  @Test
  void dictsThatShareAKeyAreRefused() {
    String refusal =
        assertThrows(UnreadablePickleException.class, () -> input("clashing-dumps")).getMessage();
    assertTrue(refusal.startsWith("several dicts have the key 'x': save one dict"), refusal);
  }

  @Test
  void oneObjectOfAFileKnowsNothingOfWhatAnotherRemembered() {
    String refusal = refusal("K\1q\0.h\0.");
    assertTrue(refusal.startsWith("byte 5: what follows the first object"), refusal);
  }

  @Test
  void threePairsAreTrainingValidationAndTest() throws IOException {
    String pair = list(ONE) + list(ONE) + "\u0086";
    assertEquals(
        List.of("x_train", "y_train", "x_valid", "y_valid", "x_test", "y_test"),
        names(list(pair, pair, pair)));
    // Rows of two numbers are no pairs.
    String row = ONE + ONE + "\u0086";
    assertEquals(List.of(""), names(list(row, row, row)));
    String wide = list(ONE, ONE, ONE);
    assertEquals(List.of(""), names(list(wide, wide, wide)));
  }

  /** Without two lengths that differ, nothing tells test rows from training rows. */
  @Test
  void theLengthsOfFourArraysTellTrainingRowsFromTestRows() throws IOException {
    assertEquals(
        List.of("x_train", "y_train", "x_test", "y_test"),
        names(tuple(bytes(3), bytes(3), bytes(2), bytes(2))));
    assertEquals(
        List.of("x_train", "x_test", "y_train", "y_test"),
        names(tuple(bytes(3), bytes(2), bytes(3), bytes(2))));
    List<String> more = List.of("x", "y", "array2", "array3");
    assertEquals(more, names(tuple(bytes(3), bytes(3), bytes(3), bytes(3))));
    assertEquals(more, names(tuple(bytes(3), bytes(3), bytes(2), bytes(1))));
    assertEquals(more, names(tuple(bytes(3), bytes(4), bytes(2), bytes(2))));
  }

  @Test
  void anArrayAmongNotesIsTheTable() throws IOException {
    PickledLayout layout = scan(bytes(3) + text("made by hand") + "\u0086.");
    assertEquals(List.of(PickledLayout.NAMELESS), List.copyOf(layout.arrays().keySet()));
    assertEquals(Map.of("part 2", "is a text"), layout.notes());
  }

  @Test
  void columnsAreNumberedAndTheLastOfANamelessTableIsTheLabel() {
    assertEquals(List.of("size"), PickledLayout.columns("size", 1));
    assertEquals(List.of("size0", "size1"), PickledLayout.columns("size", 2));
    assertEquals(List.of("x0", "x1", "y"), PickledLayout.columns(PickledLayout.NAMELESS, 3));
    assertEquals(List.of("x0"), PickledLayout.columns(PickledLayout.NAMELESS, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccollections\nOrderedDict\n(](](X\1\0\0\0aK\1e](X\1\0\0\0bK\2eetR.", // of Python 2
        "ccollections\nOrderedDict\n)R(X\1\0\0\0aK\1X\1\0\0\0bK\2u.",
        "ccollections\ndefaultdict\n(c__builtin__\nlist\ntR(X\1\0\0\0aK\1X\1\0\0\0bK\2u.",
        "csklearn.utils\nBunch\n)\u0081(X\1\0\0\0aK\1X\1\0\0\0bK\2u}b.",
        "csklearn.utils._bunch\nBunch\n)\u0081(X\1\0\0\0aK\1X\1\0\0\0bK\2u}b.",
      })
  void dictsOfOtherClassesAreDicts(String pickle) throws IOException {
    Map<String, NdArray> arrays = PickleReader.read(source(pickle)).arrays();
    assertEquals(List.of("a", "b"), List.copyOf(arrays.keySet()));
    assertEquals(1.0, arrays.get("a").value(0, 0));
    assertEquals(2.0, arrays.get("b").value(0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cbuiltins\nbytearray\nC\3abc\u0085R",
        "c__builtin__\nbytes\nC\3abc\u0085R",
        "c_codecs\nencode\nX\3\0\0\0abcX\6\0\0\0latin1\u0086R",
        "\u008d\3\0\0\0\0\0\0\0abc",
        "T\3\0\0\0abc"
      })
  void bytesAndTextsAreReadHoweverTheyAreWritten(String value) throws IOException {
    StoredArray texts = scan(dict("t", list(value)) + ".").arrays().get("t");
    assertEquals(List.of("abc"), texts.values(null));
    assertEquals("text", texts.typeName());
  }

  @Test
  void bytesThatPythonWouldNotWriteAreRefused() {
    for (String arguments : List.of(ONE + "\u0085", text("a") + "\u0085", "C\1aC\1b\u0086")) {
      String refusal = refusal("cbuiltins\nbytes\n" + arguments + "R.");
      assertTrue(refusal.contains("in a way that Python does not: damaged"), refusal);
    }
    String refusal = refusal("cnumpy\nndarray\n)R.");
    assertTrue(refusal.contains("'numpy.ndarray' is called in a way"), refusal);
  }

  /** The opcodes LONG, LONG1 and LONG4 of pickletools. */
  @Test
  void wholeNumbersAreReadHoweverTheyAreWritten() throws IOException {
    assertEquals(123, number("L123L\n"));
    assertEquals(-5, number("L-5\n"));
    assertEquals(0x1p70, number("L1180591620717411303424L\n"));
    assertEquals(255, number("\u008b\2\0\0\0\u00ff\0"));
    assertEquals(-256, number("\u008a\2\0\u00ff"));
    assertEquals(1e254, number("L1" + "0".repeat(254) + "\n"));
    assertTrue(refusal("L1" + "0".repeat(255) + "\n.").contains("too long to be data"));
    assertEquals(0, number("\u008b\u00ff\0\0\0" + "\0".repeat(255)));
    assertTrue(refusal("\u008b\0\1\0\0" + "\0".repeat(256) + ".").contains("too long to be data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0082\1", "\u0083\1\2", "\u0084\1\2\3\4"})
  void extensionsOfEveryWidthAreLeftOut(String extension) throws IOException {
    PickledLayout layout = scan("}(" + text("e") + extension + text("x") + list(ONE) + "u.");
    assertEquals(Map.of("e", "is a copyreg extension"), layout.leftOut());
    assertEquals(List.of("x"), List.copyOf(layout.arrays().keySet()));
  }

  @Test
  void aScalarThatIsNoNumberIsLeftOut() throws IOException {
    String type = "cnumpy\ndtype\nX\2\0\0\0O8\u0085R";
    String scalar = "cnumpy.core.multiarray\nscalar\n" + type + ONE + "\u0086R";
    assertEquals(
        Map.of("s", "is a NumPy scalar of another type"), scan(dict("s", scalar) + ".").leftOut());
  }

  @Test
  void anArrayWhoseTypeIsAnObjectOfAnotherClassIsLeftOut() throws IOException {
    String foreign = bytes(2).replace("X\2\0\0\0i1", "chome.made\nType\n)R");
    String reason = scan(dict("a", foreign) + ".").leftOut().get("a");
    assertEquals("is a NumPy array of an object of 'home.made.Type'", reason);
  }

  @Test
  void textsAmongRowsOfEveryKindMakeColumns() throws IOException {
    String texts = array("(K\2t", "S1", false, "C\2ab");
    StoredArray first = scan(dict("t", list(texts, texts)) + ".").arrays().get("t0");
    assertEquals(List.of("a", "a"), first.values(null));
    Map<String, StoredArray> beside =
        scan(dict("t", list(list(text("a"), ONE), bytes(2), list(text("c"), ONE))) + ".").arrays();
    assertEquals(List.of("a", "1.0", "c"), beside.get("t0").values(null));
    assertArrayEquals(
        new double[] {1, 2, 1}, ((NumberArray) beside.get("t1")).rows(0, 3, source("")));
  }

  @Test
  void raggedRowsWithTextsAreLeftOut() throws IOException {
    String ragged = list(list(text("a"), ONE), list(text("b")), list(text("c"), ONE));
    assertEquals(
        Map.of("r", "is ragged: row 1 has 1 values, row 0 has 2; make the rows equally long"),
        scan(dict("r", ragged) + ".").leftOut());
    assertEquals(
        Map.of("r", "holds a dict beside texts"),
        scan(dict("r", list(text("a"), "}")) + ".").leftOut());
  }

  /** A bound of the memory is none of a value, to be left out. */
  @Test
  void aDictWithAValueThatStandsForMoreThanItsBytesIsRefused() {
    String row = "](" + ONE.repeat(10_000) + "eq\1";
    String pickle = dict("x", list(row, "h\1".repeat(200))) + ".";
    assertTrue(refusal(pickle).startsWith("it stands for more than"), refusal(pickle));
  }

  /** The window over the file has 8,192 bytes: three-byte numbers straddle its end. */
  @Test
  void whatIsLongerThanTheWindowIsReadAcrossItsEnd() throws IOException {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      numbers.append('M').append((char) (i % 256)).append((char) (i / 256));
    }
    for (int skew = 0; skew < 3; skew++) {
      String pickle = "N0".repeat(skew) + list(numbers.toString()) + ".";
      NdArray read = PickleReader.read(source(pickle)).arrays().get(PickledLayout.NAMELESS);
      assertArrayEquals(IntStream.range(0, 10_000).asDoubleStream().toArray(), read.toArray());
    }
    for (int length : new int[] {8191, 8192, 8193, 20_000}) {
      String text = "a".repeat(length - 1) + "b";
      String long4 = "X" + (char) (length % 256) + (char) (length / 256) + "\0\0" + text;
      StoredArray read =
          scan(list(text("a"), long4, text("c")) + ".").arrays().get(PickledLayout.NAMELESS);
      assertEquals(List.of("a", text, "c"), read.values(null));
    }
  }

  /** Elements are decoded 65,536 bytes at a time. */
  @Test
  void anArrayLongerThanWhatIsReadAtOnceIsRead() throws IOException {
    int n = 20_000;
    ByteBuffer values = ByteBuffer.allocate(16 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2 * n; i++) {
      values.putDouble(i);
    }
    String block =
        "B\0\u00e2\4\0" + new String(values.array(), StandardCharsets.ISO_8859_1); // 320,000 bytes
    String shape = "(J\40\116\0\0K\2t"; // 20,000 × 2
    ByteSource byRows = source(array(shape, "f8", false, block) + ".");
    ByteSource byColumns = source(array(shape, "f8", true, block) + ".");
    assertArrayEquals(
        DoubleStream.iterate(0, v -> v + 1).limit(2L * n).toArray(),
        PickleReader.read(byRows).arrays().get("").toArray());
    assertArrayEquals(
        IntStream.range(0, 2 * n).map(k -> k % 2 * n + k / 2).asDoubleStream().toArray(),
        PickleReader.read(byColumns).arrays().get("").toArray());
    NumberArray stored = (NumberArray) PickleReader.scan(byColumns).arrays().get("");
    assertEquals(2L * n, stored.size());
    NdArray part = (NdArray) stored.part(9_000, 9_002, byColumns);
    assertArrayEquals(new int[] {2, 2}, part.shape());
    assertArrayEquals(new double[] {9_000, 29_000, 9_001, 29_001}, part.toArray());
  }

  @Test
  void aPartOfATableInMemoryHasItsRows() throws IOException {
    NdArray table = NdArray.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertArrayEquals(new double[] {3, 4, 5, 6}, ((NdArray) table.part(1, 3, null)).toArray());
    assertEquals("float64", table.typeName());
    assertFalse(table.inFile());
    String texts = array("(K\3K\2t", "S1", false, "C\6abcdef");
    StoredArray stored = scan(texts + ".").arrays().get(PickledLayout.NAMELESS);
    assertFalse(stored.inFile());
    assertTrue(scan(array("(K\1t", "S1", false, "B\1\0\0\0a") + ".").arrays().get("").inFile());
    StoredArray later = stored.part(1, 3, null);
    assertFalse(later.inFile());
    assertEquals(List.of("c", "d", "e", "f"), later.values(null));
    assertEquals(List.of("e", "f"), later.part(1, 2, null).values(null));
  }

  @Test
  void rowsThatAreNotThereAreRefusedByEveryArray() throws IOException {
    StoredArray numbers = NdArray.of(new double[] {1, 2, 3, 4}, 2, 2);
    StoredArray texts = scan(list(text("a"), text("b")) + ".").arrays().get("");
    StoredArray encoded = scan(bytes(2) + ".").arrays().get("");
    for (StoredArray array : List.of(numbers, texts, encoded)) {
      assertThrows(IndexOutOfBoundsException.class, () -> array.part(0, 3, null));
      assertThrows(IndexOutOfBoundsException.class, () -> array.part(3, 4, null));
      assertThrows(IndexOutOfBoundsException.class, () -> array.part(2, 1, null));
    }
  }

  @Test
  void bytesBeyondTheEndAreNotThere() throws IOException {
    ByteSource source = ByteSource.of(new byte[] {1, 2, 3});
    byte[] read = new byte[4];
    source.readFully(1, read, 2, 2);
    assertArrayEquals(new byte[] {0, 0, 2, 3}, read);
    assertThrows(EOFException.class, () -> source.readFully(2, read, 0, 2));
  }

  private static PickledLayout input(String name) throws IOException {
    return PickleReader.scan(
        ByteSource.of(
            Files.readAllBytes(Path.of("src", "test", "resources", "inputs", name + ".pkl"))));
  }

  private static List<String> names(String pickle) throws IOException {
    return List.copyOf(scan(pickle + ".").arrays().keySet());
  }

  private static double number(String pickle) throws IOException {
    return PickleReader.read(source(pickle + ".")).arrays().get("").value(0, 0);
  }

  private static String refusal(String pickle) {
    return assertThrows(UnreadablePickleException.class, () -> PickleReader.read(source(pickle)))
        .getMessage();
  }
}
