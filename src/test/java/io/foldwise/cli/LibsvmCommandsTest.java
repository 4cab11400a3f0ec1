package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse rows through every command that reads data. */
class LibsvmCommandsTest {
  private static final int ROWS = 120;
  private static final int FEATURES = 30;

  @TempDir Path folder;
  private Path data;
  private Path out;

  /** y = 1 where x1 + x2 > 1, else −1; the others are noise, one of them in each row. */
  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(4);
    StringBuilder lines = new StringBuilder("# made\n");
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      int noise = 3 + i % (FEATURES - 2);
      lines.append("%d 1:%.3f 2:%.3f %d:1\n".formatted(a + b > 1 ? 1 : -1, a, b, noise));
    }
    data = Files.writeString(folder.resolve("d.svm"), lines);
    out = folder.resolve("run");
  }

  @Test
  void aModelOfSparseRowsIsScoredAndPredictsWithItsOwnDimensions() throws IOException {
    JsonNode result =
        Outcome.of(
                "search",
                "--data",
                data,
                "--loss",
                "logistic",
                "--positive",
                1,
                "--epochs",
                20,
                "--out",
                out,
                "--json")
            .succeeded()
            .json();
    assertEquals(FEATURES, result.at("/data/features").asInt());
    assertTrue(result.at("/model/coefficients/x1").asDouble() > 0);
    Path few = Files.writeString(folder.resolve("few.svm"), "1 1:0.9 2:0.9\n-1 1:0.1\n");
    JsonNode scores =
        Outcome.of("evaluate", "--model", out, "--data", few, "--positive", 1, "--json")
            .succeeded()
            .json();
    assertEquals(2, scores.get("rows").asInt());
    Path csv = folder.resolve("p.csv");
    Outcome.of("predict", "--model", out, "--data", few, "--out", csv).succeeded();
    List<String> lines = Files.readAllLines(csv);
    assertTrue(lines.get(0).startsWith("label,prediction"), lines.get(0));
    assertTrue(lines.get(1).startsWith("1,") && lines.get(2).startsWith("-1,"), lines.get(1));
    Path parquet = folder.resolve("p.parquet");
    Outcome.of("predict", "--model", out, "--data", few, "--out", parquet).succeeded();
    Row first =
        TestSpark.session()
            .read()
            .parquet(parquet.toString())
            .orderBy("label")
            .select("features", "prediction")
            .head();
    assertEquals("(30,[0],[0.1])", first.get(0).toString());
    Files.writeString(few, "1 1:1\n1 31:1\n");
    String beyond =
        "'"
            + few
            + "', row 2 (line 2): index 31 is beyond the model's 30 features: remove it, or train"
            + " with --dimensions";
    Outcome.of("evaluate", "--model", out, "--data", few).assertRefused(2, beyond);
    Outcome.of("predict", "--model", out, "--data", few, "--out", folder.resolve("q.csv"))
        .assertRefused(2, beyond);
  }

  @Test
  void inspectionSaysHowManyFeaturesAndNotEachOfThem() throws IOException {
    Outcome text = Outcome.of("inspect", "--data", data).succeeded();
    assertTrue(
        text.out().contains("120 rows of 30 features, x1 to x30; 360 values are not zero, 10 %"),
        text.out());
    assertTrue(text.out().matches("(?s).*label +double +0 +2 +-1 .*"), text.out());
    assertFalse(text.out().contains("x7"));
    JsonNode json = Outcome.of("inspect", "--data", data, "--json").succeeded().json();
    assertEquals(FEATURES, json.at("/training/vector/dimensions").asInt());
    assertEquals(3 * ROWS, json.at("/training/vector/nonzeros").asInt());
    assertEquals(0.1, json.at("/training/vector/density").asDouble());
    assertEquals(1, json.at("/training/columns").size());
  }

  @Test
  void aMalformedLineIsNamedAndNothingIsWritten() throws IOException {
    Files.writeString(data, "1 1:1\n\n0 2:1 2:1\n");
    Outcome.of("search", "--data", data, "--out", out)
        .assertRefused(
            2,
            "'"
                + data
                + "', row 2 (line 3): index 2 stands after 2: the indices of a line must ascend");
    assertFalse(Files.exists(out));
  }

  @Test
  void labelsThatAreNotBinaryAreNamedWithTheRemedy() throws IOException {
    Files.writeString(data, "0 1:1\n-1 2:1\n1 3:1\n");
    Outcome.of("search", "--data", data, "--loss", "logistic")
        .assertRefused(
            2,
            "'"
                + data
                + "', row 2 (line 2): column 'label' is -1: the loss needs labels 0 and 1: name the value that counts as 1 with"
                + " --positive, or take --loss softmax or ovr-hinge");
  }

  @Test
  void dimensionsAreStatedWithinBounds() {
    Outcome.of("search", "--data", data, "--dimensions", 0)
        .assertRefused(2, "'dimensions' (0) must be a whole number >= 1");
    Outcome.of("search", "--data", data, "--dimensions", 1L << 40)
        .assertRefused(
            2, "'dimensions' (2147483647) must be >= 1 and <= 16777216: it counts the features");
  }
}
