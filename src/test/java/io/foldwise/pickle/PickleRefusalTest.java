package io.foldwise.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles are written as Latin-1 text here: one character, one byte. */
@Timeout(30)
class PickleRefusalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(S'true'\ntR.",
        "\u0080\4\u008c\2os\u008c\6system\u0093\u008c\4true\u0085R.",
        "(S'true'\nios\nsystem\n.",
      })
  void aCallOfTheSystemIsRefusedByName(String pickle) {
    assertTrue(refusal(pickle).contains("the global 'os.system' is not read"), refusal(pickle));
  }

  @Test
  void theRefusalOfAGlobalNamesItsOffset() {
    assertEquals(
        "byte 2: the global 'builtins.eval' is not read:"
            + " only arrays, frames of pandas, numbers, texts, lists, tuples and dicts are",
        refusal("\u0080\2cbuiltins\neval\n."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "builtins.getattr",
        "__builtin__.eval",
        "copyreg.__newobj__",
        "fractions.Fraction",
        "datetime.timezone",
        "pandas.eval",
        "pandas.io.pickle.read_pickle",
        "pandas.core.frame.os",
        "pyarrow.lib.open_file",
        "functools.reduce",
        "array.array",
        "builtins.set",
        "builtins.complex",
        "operator.attrgetter",
        "pytz.timezone",
        "exceptions.OSError",
        "numpy.load",
        "numpy.core.x"
      })
  void noGlobalOutsideTheListIsBuiltNotEvenThoseOfRazorvine(String global) {
    int dot = global.lastIndexOf('.');
    String pickle = "c" + global.substring(0, dot) + "\n" + global.substring(dot + 1) + "\n)R.";
    assertTrue(refusal(pickle).startsWith("byte 0: the global '" + global + "' is not read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpandas.core.frame\nDataFrame\n)\u0081.",
        "cpandas.core.frame\nDataFrame\n)\u0081}(X\4\0\0\0_mgrcpandas\nBlockManager\n(NNtRub.",
        "cpandas.core.frame\nDataFrame\n)\u0081}(X\4\0\0\0_mgrcpandas\nBlockManager\n((K\1t]tRub.",
        "cpandas\n_new_Index\n(N}tR.",
        "cpandas\nIntegerArray\n)\u0081}b.",
      })
  void anObjectOfPandasThatIsNotAsPandasWritesItIsRefusedWithWhatToSaveInstead(String pickle) {
    String refusal = refusal(pickle);
    assertTrue(refusal.contains(".to_numpy()") || refusal.contains(".reset_index("), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccopyreg\n_reconstructor\n(cos\nsystem\nc__builtin__\nobject\nNtR.",
        "cfunctools\npartial\n(cos\nsystem\ntR(X\4\0\0\0truetR.",
        "cdecimal\nDecimal\n(cos\nsystem\n(X\4\0\0\0truetRtR.",
      })
  void whatIsReadMakesNothingThatIsNotOnTheList(String pickle) {
    String refusal = refusal(pickle);
    assertTrue(refusal.contains("'os.system' is not read") || refusal.contains("damaged"), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccopyreg\n_reconstructor\n)R.",
        "cdecimal\nDecimal\n)R.",
        "cdatetime\ndatetime\n)R.",
        "cpandas._libs.tslibs.timestamps\n_unpickle_timestamp\n(K\1NNK\143tR."
      })
  void aCallThatPythonDoesNotMakeIsRefused(String pickle) {
    assertTrue(refusal(pickle).contains("damaged"), refusal(pickle));
  }

  @Test
  void aHostileNameDoesNotBreakTheLine() {
    String refusal = refusal("\u0080\4\u008c\3a\nb\u008c\2\r\u001b\u0093.");
    assertTrue(refusal.contains("'a?b.??'"), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080\4\u008e\0\0\0\0\0\0\0@.", // BINBYTES8 of 2^62
        "\u0080\5\u0096\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", // BYTEARRAY8 of -1
        "\u0080\4\u008d\u00ff\u00ff\u00ff\u007f\0\0\0\0.", // BINUNICODE8
        "\u0080\2X\u00ff\u00ff\u00ff\u00ff.", // BINUNICODE
        "\u0080\2T\u00ff\u00ff\u00ff\u007f.", // BINSTRING
        "\u0080\3B\u00ff\u00ff\u00ff\u00ff.", // BINBYTES
        "\u0080\3C\u00ff.", // SHORT_BINBYTES
        "\u0080\4\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", // FRAME
        "\u0080\2\u008a\u00ff.", // LONG1
      })
  void aLengthBeyondTheEndOfTheFileIsRefused(String pickle) {
    String refusal = refusal(pickle);
    assertTrue(refusal.startsWith("byte 2: "), refusal);
    assertTrue(refusal.contains("cut short or damaged"), refusal);
  }

  @ParameterizedTest
  @CsvSource({"'\u008b\u00ff\u00ff\u00ff\u007f.'", "'\u008b\u00ff\u00ff\u00ff\u00ff.'"})
  void aWholeNumberOfManyBytesIsRefused(String pickle) {
    assertTrue(refusal(pickle).contains("too long to be data"), refusal(pickle));
  }

  @Test
  void aWholeNumberOfManyDigitsIsRefused() {
    assertTrue(refusal("L" + "9".repeat(1_000_000) + "L\n.").contains("too long to be data"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007ft", // overflows
        "(K\0J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007ft", // empty, but too wide
        "(K\2K\2t", // 32 bytes
        "(J\u00ff\u00ff\u00ff\u00fft", // -1
        "(\u008a\11\0\0\0\0\0\0\0\0\1t", // 2^64
        "(Nt",
        "K\2",
      })
  void aShapeThatDoesNotFitItsBytesIsRefused(String shape) {
    String refusal = refusal(Pickles.array(shape, "f8", false, "C\20" + "\0".repeat(16)) + ".");
    assertTrue(refusal.contains("numpy.ndarray"), refusal);
  }

  @Test
  void theSameArrayWithItsRightShapeIsRead() throws IOException {
    String pickle = Pickles.array("(K\2t", "f8", false, "C\20" + "\0".repeat(16)) + ".";
    assertEquals(2, PickleReader.read(Pickles.source(pickle)).arrays().get("").rows());
  }

  @Test
  void listsInListsToAnyDepthAreRefused() {
    String pickle = "]".repeat(500_000) + "a".repeat(499_999) + ".";
    assertTrue(refusal(pickle).contains("deeper than a list of rows"), refusal(pickle));
  }

  @Test
  void aListThatContainsItselfIsRefused() {
    assertTrue(refusal("]q\0(h\0h\0h\0e.").contains("deeper than a list of rows"));
  }

  @Test
  void aFewBytesThatStandForBillionsOfValuesAreRefused() {
    String row = "](" + "K\1".repeat(10_000) + "eq\1";
    String pickle = "](" + row + "h\1".repeat(1_000_000) + "e.";
    assertTrue(refusal(pickle).contains("stands for more than"), refusal(pickle));
  }

  @Test
  void oneTextDecodedAgainAndAgainIsRefused() {
    String text = "X\u00a0\u0086\1\0" + "a".repeat(100_000) + "q\1";
    String encode = "c_codecs\nencode\nq\2";
    String again = "h\2(h\1X\6\0\0\0latin1tR0";
    String pickle = text + encode + again.repeat(100_000) + ".";
    assertTrue(refusal(pickle).contains("stands for more than"), refusal(pickle));
  }

  @Test
  void marksThatAreTakenBackCostLinearTime() {
    assertFalse(refusal("N".repeat(500_000) + "(1".repeat(500_000)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'\u008f.',a set",
    "'(\u0091.',a set",
    "'P1\n.',a persistent id",
    "'NQ.',a persistent id",
    "'\u0082\1.',a copyreg extension",
    "'\u0097.',a buffer outside of the file",
    "'(No.',an instance of a class",
    "'NN)\u0092.',an instance of a class",
    "'\u0080\6.',pickle protocol 6 is not known",
    "']Nb.',an object with a state",
  })
  void whatHasNoPlaceInADatasetIsNamed(String pickle, String reason) {
    assertTrue(refusal(pickle).contains(reason), refusal(pickle));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "x,y\n1,2\n", "PK\3\4", "a.", "(.", "\u0080\2\u0093.", "Fx\n."})
  void whatIsNoPickleIsRefused(String file) {
    refusal(file);
  }

  @ParameterizedTest
  @CsvSource({
    "ragged,x,'is ragged: row 1 has 1 values, row 0 has 2'",
    "complex,x,'is a NumPy array of type ''c16'', which cannot be read'",
    "foreign,deque,'is an object of ''collections.deque'''",
    "foreign,set,is a set",
    "foreign,deep,holds a sequence deeper than a list of rows where a number is needed",
    "foreign,mixed,'mixes rows with other values'",
    "foreign,entry 11,is the value of a key that is neither text nor a whole number",
  })
  void whatIsNotReadIsLeftOutAndNamed(String name, String key, String reason) throws IOException {
    PickledLayout layout = PickleReader.scan(ByteSource.of(Fixtures.bytes(name)));
    String why = layout.leftOut().get(key);
    assertTrue(why != null && why.contains(reason), layout.leftOut().toString());
  }

  @Test
  void arraysBesideWhatIsNotReadAreRead() throws IOException {
    PickledData read = Fixtures.read("foreign");
    assertEquals(List.of("x", "a", "b", "masked", "y"), List.copyOf(read.arrays().keySet()));
  }

  @Test
  void aFileOfWhatIsNotReadSaysSo() throws IOException {
    String bytes = new String(Fixtures.bytes("frames/durations"), StandardCharsets.ISO_8859_1);
    String refusal = refusal(bytes);
    assertTrue(refusal.contains("holds durations (timedelta64)"), refusal);
  }

  @Test
  void whatFollowsTheFirstObjectIsReadOrRefused() {
    String refusal = refusal("K\1.the end");
    assertTrue(refusal.startsWith("byte 3: what follows the first object is not"), refusal);
  }

  private static String refusal(String pickle) {
    UnreadablePickleException refused =
        assertThrows(
            UnreadablePickleException.class, () -> PickleReader.read(Pickles.source(pickle)));
    assertTrue(refused.getMessage().lines().count() == 1, refused.getMessage());
    assertTrue(refused.getMessage().length() < 300, refused.getMessage());
    return refused.getMessage();
  }
}
