package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

  private static final String ADVICE =
      ": the loss needs labels 0 and 1: name the value that counts as 1 with --positive, or take --loss softmax or ovr-hinge";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"0,1", "1.0,0.0", "true,false", "TRUE,FALSE"})
  void zeroOneAndBooleansAreBinary(String one, String other) {
    List<Double> labels = labels(binary(one, other, one));
    assertEquals(labels.get(0), labels.get(2));
    assertEquals(1, labels.get(0) + labels.get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "spam,spam,ham,eggs",
    "2,2,1,3",
    "2.0,2,1,-2",
    "true,true,false,false",
    "False,false,true,true",
    "1,true,false,false"
  })
  void thePositiveValueIsOneAndAllOthersZero(String positive, String a, String b, String c) {
    DataOptions options = binary(a, b, c);
    assertEquals(List.of(1.0, 0.0, 0.0), labels(positive(options, positive)));
    DataOptions numbers = options.with(options.roles().with(Labels.NUMBERS));
    assertEquals(List.of(1.0, 0.0, 0.0), labels(positive(numbers, positive)));
  }

  @ParameterizedTest
  @CsvSource({"2,2", "-1,-1", "0.5,0.5"})
  void aNumberThatIsNeitherZeroNorOneIsRefusedWithItsLine(String label, String shown) {
    DataOptions options = binary("0", "1", label);
    String message =
        "'%s', row 3 (line 4): column 'y' is %s".formatted(options.path(), shown) + ADVICE;
    assertEquals(message, Loads.refusal(options));
    assertEquals(message, Loads.large(options).firstBadCell().orElseThrow().message());
  }

  @Test
  void aMissingLabelIsMissingWhateverItsKind() {
    DataOptions options = binary("0", "1", "");
    String message =
        "'%s', row 3 (line 4): column 'y' is missing: fill it in or remove the row"
            .formatted(options.path());
    assertEquals(message, Loads.refusal(options));
    assertEquals(message, Loads.large(options).firstBadCell().orElseThrow().message());
    assertEquals(message, Loads.refusal(positive(options, "1")));
  }

  @Test
  void aLabelOfTextIsRefusedWithItsLine() {
    DataOptions options = binary("0", "spam", "ham");
    assertEquals(
        "'" + options.path() + "', row 2 (line 3): column 'y' is 'spam'" + ADVICE,
        Loads.refusal(options));
  }

  @Test
  void goodLabelsOfLargeDataAreNoBadCells() {
    assertEquals(Optional.empty(), Loads.large(binary("0", "1", "1")).firstBadCell());
    assertEquals(
        Optional.empty(), Loads.large(positive(binary("a", "b", "b"), "a")).firstBadCell());
    assertEquals(Optional.empty(), Loads.large(binary("true", "false", "true")).firstBadCell());
  }

  @Test
  void aPositiveValueOfNoRowOrEveryRowIsRefused() {
    DataOptions options = binary("spam", "ham", "ham");
    assertEquals(
        "'positive' (Spam): no row of '%s' has this as 'y', but one has spam: name a value of that column"
            .formatted(options.path()),
        Loads.refusal(positive(options, "Spam")));
    DataOptions same = binary("spam", "spam", "spam");
    assertEquals(
        "'positive' (spam): every row of '%s' has this as 'y': rows with another label are needed too"
            .formatted(same.path()),
        Loads.refusal(positive(same, "spam")));
  }

  @Test
  void aPositiveValueOfANumericLabelIsANumber() {
    assertEquals(
        "'positive' (yes) must be a number: the label 'y' is one",
        Loads.refusal(positive(binary("1", "2", "1"), "yes")));
  }

  @Test
  void labelsOfOneKindAreRefusedWhereBothAreNeeded() {
    DataOptions zeros = binary("0", "0", "0");
    assertEquals(
        "'" + zeros.path() + "': column 'y' is 0 in every row: the loss needs labels 0 and 1",
        Loads.refusal(zeros));
    DataOptions ones = binary("1", "1", "1");
    assertTrue(Loads.refusal(ones).contains("column 'y' is 1 in every row"));
    assertEquals(List.of(1.0, 1.0, 1.0), labels(ones.with(ones.roles().with(Labels.NUMBERS))));
  }

  @Test
  void labelsToScoreAModelOnMayBeAllTheSame() {
    DataOptions.Roles either = DataOptions.Roles.defaults().with(Labels.EITHER);
    assertEquals(List.of(1.0, 1.0, 1.0), labels(binary("1", "1", "1").with(either)));
    DataOptions text = binary("spam", "spam", "spam").with(either);
    assertEquals(List.of(1.0, 1.0, 1.0), labels(positive(text, "spam")));
    assertTrue(Loads.refusal(positive(text, "ham")).startsWith("'positive' (ham): no row of"));
    assertTrue(Loads.refusal(binary("0", "2", "1").with(either)).endsWith("is 2" + ADVICE));
  }

  @Test
  void testLabelsMustBeOfTheSameKindButNeedNotBeBoth() {
    String test = Tables.write(directory.resolve("t.csv"), "x,y\n1,1\n2,1\n");
    DataOptions options = binary("0", "1", "1").with(new TestSource.Separate(test));
    assertEquals(3, Loads.load(options).rowCount());
    Tables.write(Path.of(test), "x,y\n1,1\n2,2\n");
    String message = "'" + test + "', row 2 (line 3): column 'y' is 2" + ADVICE;
    assertEquals(message, Loads.refusal(options));
    assertEquals(message, Loads.large(options).firstBadCell().orElseThrow().message());
    Tables.write(Path.of(test), "x,y\n1,spam\n2,0\n");
    assertEquals(
        "'" + test + "', row 1 (line 2): column 'y' is spam" + ADVICE, Loads.refusal(options));
  }

  /** scikit-learn 1.2.1: load_breast_cancer().target counts 212 malignant of 569. */
  @Test
  void theDiagnosesOfTheBreastCancerDataAreMappedToOnes() {
    DataOptions.Roles roles =
        DataOptions.Roles.defaults().withLabel("diagnosis").with(Labels.BINARY);
    DataOptions options = DataOptions.of("data/breast_cancer.csv").with(roles);
    List<Double> labels = labels(positive(options, "malignant"));
    assertEquals(569, labels.size());
    assertEquals(212, labels.stream().mapToDouble(label -> label).sum());
    assertEquals(
        "'data/breast_cancer.csv': the label 'diagnosis' holds text, 'malignant' and 'benign':"
            + " --positive malignant says that the first counts as 1, the other as 0",
        Loads.refusal(options));
  }

  /** Three rows. */
  private DataOptions binary(String first, String second, String third) {
    String csv = "x,y\n1,%s\n2,%s\n3,%s\n".formatted(first, second, third);
    return DataOptions.of(Tables.write(directory.resolve("d.csv"), csv))
        .with(DataOptions.Roles.defaults().with(Labels.BINARY));
  }

  private static DataOptions positive(DataOptions options, String value) {
    return options.with(options.roles().withPositive(value));
  }

  private static List<Double> labels(DataOptions options) {
    try (LoadedData data = Loads.load(options)) {
      return data.index().orElseThrow().stream().map(IndexedRow::label).toList();
    }
  }
}
