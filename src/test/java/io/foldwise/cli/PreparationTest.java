package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Features made of texts, dates and columns with missing cells. The scores of folds are those of
 * pipelines of scikit-learn 1.9.1 on the same rows and folds, by
 * src/test/python/preparation_constants.py; the first fold holds a town that no other row has.
 */
final class PreparationTest {
  private static final String MEAN = "--missing mean --l2 0.01";
  private static final double[] MEAN_SCORES = {
    34.5017511, 34.92914049, 36.13318135, 41.52102464, 24.14681794
  };

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("sex,town,age,day,y,old\n");
    for (int i = 0; i < 60; i++) {
      int age = 20 + (i * 17) % 41;
      int days = (i * 29) % 400;
      double y = (i * 37) % 11 + 0.5 * age + (i % 3 == 0 ? 0 : 3) + days / 40.0;
      String town = List.of("Linz", "Graz", "O'Hara").get(i % 2 == 1 ? i % 3 : (i / 2) % 3);
      csv.append(
          "%s,%s,%s,%s,%s,%d%n"
              .formatted(
                  i % 3 == 0 ? "f" : "m",
                  i < 4 ? "Rare" : town,
                  i % 7 == 3 ? "" : age,
                  LocalDate.of(2020, 1, 1).plusDays(days),
                  y,
                  y > 25 ? 1 : 0));
    }
    data = Files.writeString(folder.resolve("people.csv"), csv);
  }

  private Outcome run(String command, String words) {
    Object[] all =
        Stream.concat(Stream.of(command, "--data", data), Arrays.stream(words.split(" ")))
            .toArray();
    return Outcome.of(all);
  }

  private void assertScores(double[] expected, String words) throws IOException {
    String common = " --optimizer exact --fold-strategy contiguous --json --quiet";
    JsonNode folds = run("search", words + common).succeeded().json().at("/cv/folds");
    assertEquals(expected.length, folds.size());
    for (int fold = 0; fold < expected.length; fold++) {
      assertEquals(expected[fold], folds.get(fold).asDouble(), 1e-6 * expected[fold], words);
    }
  }

  /** Spark's own approximate count would leave out or take some of these. */
  @Test
  void columnsOfTwentyTextsAreCategoriesAndThoseOfMoreAreNot() throws IOException {
    int columns = 40;
    StringBuilder csv = new StringBuilder("y");
    IntStream.range(0, columns).forEach(j -> csv.append(",c").append(j));
    for (int i = 0; i < 420; i++) {
      csv.append('\n').append(i);
      for (int j = 0; j < columns; j++) {
        csv.append(",v").append(j).append('-').append(i % (20 + j % 2));
      }
    }
    data = Files.writeString(folder.resolve("wide.csv"), csv.append('\n'));
    String refused =
        IntStream.range(0, columns / 2)
            .map(j -> 2 * j + 1)
            .mapToObj(j -> "'c%d' ('v%d-0')".formatted(j, j))
            .collect(Collectors.joining(", "));
    run("fit", "--label y --categorical auto")
        .assertRefused(
            2,
            "'%s': 20 of the features hold text, no numbers: %s: --categorical auto one-hot encodes those of at most 20 values, --categorical A,B any; or name the columns to use with --features"
                .formatted(data, refused));
  }

  @Test
  void missingNumbersAreFilledInsideTheFolds() throws IOException {
    for (String engine : List.of("moments", "sql")) {
      assertScores(
          MEAN_SCORES,
          "--label y --features sex,town,age --categorical auto --engine " + engine + " " + MEAN);
    }
  }

  @Test
  void theyAreFilledWithMediansInsideTheFolds() throws IOException {
    String words = "--features sex,town,age --categorical auto --missing median --l2 0.01";
    double[] scores = {33.73133281, 34.27105948, 36.48010857, 41.59378298, 24.18409628};
    for (String engine : List.of("moments", "sql")) {
      assertScores(scores, "--label y --engine " + engine + " " + words);
    }
    assertScores(
        new double[] {0.3477912456, 0.4488853177, 0.315254215, 0.7121953484, 0.3403962775},
        "--label old --loss logistic " + words);
  }

  /** Of more than 200 columns, rows hold their features in one array. */
  @Test
  void mediansAreFoundAmongManyColumns() throws IOException {
    List<String> lines = Files.readAllLines(data);
    List<String> wide = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      String zero = wide.isEmpty() ? ",c%d" : ",0";
      StringBuilder more = new StringBuilder(cells[4] + "," + cells[2]);
      IntStream.range(0, 205).forEach(j -> more.append(zero.formatted(j)));
      wide.add(more.toString());
    }
    String words =
        "--label y --missing median --optimizer exact --fold-strategy contiguous --json --quiet";
    JsonNode few = run("search", words + " --features age").succeeded().json().at("/cv/folds");
    Files.write(data, wide);
    JsonNode many = run("search", words).succeeded().json().at("/cv/folds");
    for (int fold = 0; fold < 5; fold++) {
      assertEquals(few.get(fold).asDouble(), many.get(fold).asDouble(), 1e-8);
    }
  }

  @Test
  void mediansAreOfThePastWhereThatAloneIsTrainedOn() throws IOException {
    String words =
        "--label y --features age --missing median --optimizer exact --json --quiet"
            + " --fold-strategy forward";
    JsonNode folds = run("search", words).succeeded().json().at("/cv/folds");
    JsonNode purged = run("search", words + " --purge 5").succeeded().json().at("/cv/folds");
    double[] expected = {33.00212655, 42.58005528, 45.59559554, 20.88982061};
    double[] withoutFive = {34.95514954, 47.23878515, 47.84790463, 20.55669036};
    for (int fold = 0; fold < expected.length; fold++) {
      assertEquals(expected[fold], folds.get(fold).asDouble(), 1e-6 * expected[fold]);
      assertEquals(withoutFive[fold], purged.get(fold).asDouble(), 1e-6 * withoutFive[fold]);
    }
  }

  /** The column that says where is the way to fill, and no feature that the notes should name. */
  @Test
  void theNotesSayHowTheyAreFilled() throws IOException {
    String words = "--label y --features age --optimizer exact --json --missing ";
    String median = run("fit", words + "median").succeeded().json().toString();
    assertTrue(median.contains("they are filled with the median of the rows that are"), median);
    assertTrue(median.contains("\"age missing\":0.0"), median);
    String mean = run("fit", words + "mean").succeeded().json().get("notes").toString();
    assertTrue(
        mean.contains(
            "column 'age' has 9 missing cells: they are filled with the mean of the rows that are"
                + " trained on, in each fold that of its own"),
        mean);
    assertTrue(!mean.contains("age missing"), mean);
    String indicator = run("fit", words + "indicator").succeeded().json().get("notes").toString();
    assertTrue(indicator.contains("and 'age missing' says where"), indicator);
  }

  @Test
  void theyAreForALossOverRowsToo() throws IOException {
    assertScores(
        new double[] {0.3586568346, 0.4585405214, 0.3148808094, 0.7119653785, 0.3403795292},
        "--label old --features sex,town,age --categorical auto --loss logistic " + MEAN);
  }

  @Test
  void theFirstValueCanBeLeftOut() throws IOException {
    assertScores(
        new double[] {33.52779039, 34.51153805, 42.95381997, 38.66617137, 22.38621314},
        "--label y --features sex,age --categorical sex --drop-first " + MEAN);
  }

  @Test
  void datesAreDays() throws IOException {
    assertScores(
        new double[] {52.33525422, 51.21237839, 33.10889563, 41.1761015, 42.15187506},
        "--label y --features sex,town,day --categorical auto --date day --l2 0.01");
  }

  @Test
  void rowsWithMissingCellsCanBeDropped() throws IOException {
    assertScores(
        new double[] {20.24681334, 19.93863709, 21.85354189, 33.56089165, 17.14623188},
        "--label y --features sex,town,age --categorical auto --missing drop");
  }

  @Test
  void aColumnOfItsOwnCanSayWhereCellsAreMissing() throws IOException {
    assertScores(
        new double[] {43.4951558, 45.9842715, 34.88216834, 40.19776959, 21.19387134},
        "--label y --features sex,town,age --categorical auto --missing indicator");
  }

  @Test
  void descentArrivesThereToo() throws IOException {
    JsonNode folds =
        run(
                "search",
                "--label y --features sex,town,age --categorical auto --missing mean --l2 0.01"
                    + " --fold-strategy contiguous --json --quiet --engine fused --optimizer nesterov"
                    + " --batch-size full --epochs 3000 --schedule constant")
            .succeeded()
            .json()
            .at("/cv/folds");
    for (int fold = 0; fold < MEAN_SCORES.length; fold++) {
      assertEquals(MEAN_SCORES[fold], folds.get(fold).asDouble(), 1e-6 * MEAN_SCORES[fold]);
    }
  }

  /** The model's own coefficients, applied by hand to the cells of the file. */
  @Test
  void theModelMakesTheSameFeaturesOfOtherRows() throws IOException {
    Path out = folder.resolve("run");
    run(
            "search",
            "--label y --features sex,town,age,day --categorical auto --date day --missing mean"
                + " --optimizer exact --l2 0.01 --out "
                + out)
        .succeeded();
    JsonNode model = new ObjectMapper().readTree(out.resolve("result.json").toFile()).get("model");
    Path fresh =
        Files.writeString(
            folder.resolve("fresh.csv"),
            "y,day,age,town,sex\n0,2021-05-01,,Graz,m\n0,2021-05-02,30,Nowhere,f\n");
    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", "--model", out, "--data", fresh, "--out", predicted).succeeded();
    List<String> lines = Files.readAllLines(predicted);
    assertEquals("y,day,age,town,sex,prediction", lines.get(0));
    double mean = 0;
    int present = 0;
    for (int i = 0; i < 60; i++) {
      mean += i % 7 == 3 ? 0 : 20 + (i * 17) % 41;
      present += i % 7 == 3 ? 0 : 1;
    }
    double base = model.get("intercept").asDouble();
    JsonNode each = model.get("coefficients");
    double first =
        base
            + each.get("sex=m").asDouble()
            + each.get("town=Graz").asDouble()
            + each.get("age").asDouble() * mean / present
            + each.get("day (days)").asDouble() * LocalDate.of(2021, 5, 1).toEpochDay();
    double second =
        base
            + each.get("sex=f").asDouble()
            + each.get("age").asDouble() * 30
            + each.get("day (days)").asDouble() * LocalDate.of(2021, 5, 2).toEpochDay();
    assertTrue(lines.get(1).startsWith("0,2021-05-01,,Graz,m,"), lines.get(1));
    assertEquals(first, prediction(lines.get(1)), 1e-9);
    assertEquals(second, prediction(lines.get(2)), 1e-9);
    Row row =
        PipelineModel.load(out.resolve("model").toString())
            .transform(
                TestSpark.session()
                    .read()
                    .option("header", true)
                    .option("inferSchema", true)
                    .csv(fresh.toString()))
            .select("prediction")
            .head();
    assertEquals(first, row.getDouble(0), 1e-9);
    assertTrue(
        Outcome.of("evaluate", "--model", out, "--data", data)
            .out()
            .toLowerCase(Locale.ROOT)
            .contains("mse"));
  }

  private static double prediction(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
  }

  /** The row key is of the file's own columns, so that runs can be compared fold by fold. */
  @Test
  void foldsDoNotChangeWithWhatIsMade() throws IOException {
    for (String more :
        List.of("--missing mean", "--missing indicator", "--missing mean --date day")) {
      String common = "--label y --optimizer exact --json --quiet --out " + folder.resolve("run");
      run(
              "search",
              "--features sex,town,age,day --categorical auto --missing mean --date day "
                  + common
                  + "1 --predictions --overwrite")
          .succeeded();
      run("search", "--features age " + more + " " + common + "2 --predictions --overwrite")
          .succeeded();
      assertEquals(folds("run1"), folds("run2"), more);
    }
  }

  private List<String> folds(String name) throws IOException {
    Path csv = folder.resolve(name).resolve("predictions.csv");
    List<String> lines = Files.readAllLines(csv);
    int fold = List.of(lines.get(0).split(",", -1)).indexOf("fold");
    return lines.stream().map(line -> line.split(",", -1)[fold]).toList();
  }

  /** The mean of such a column is no number that SQL could hold. */
  @Test
  void anInfiniteCellIsRefusedBesideMissingOnes() throws IOException {
    data =
        Files.writeString(folder.resolve("infinite.csv"), "x,z,y\n1,2,3\n,1,4\n-inf,5,6\n2,2,1\n");
    for (String missing : List.of("mean", "indicator")) {
      refused(
          "--label y --missing " + missing,
          "'"
              + data
              + "', row 3 (line 4): column 'x' is -Infinity: fill it in (as --missing does), remove"
              + " the row, or choose other features");
    }
  }

  @Test
  void anOptionThatFindsNothingToDoSaysSo() {
    assertNoted(
        "--features age --missing mean --categorical auto",
        "'categorical' (auto) has no effect: no column of text has at most 20 values");
    for (String missing : List.of("mean", "indicator")) {
      assertNoted(
          "--features sex --categorical auto --missing " + missing,
          "'missing' (" + missing + ") has no effect: no cell of a feature is missing");
    }
    assertNoted(
        "--features sex --categorical auto --missing drop",
        "'missing' (drop) has no effect: no row of '" + data + "' has a missing cell");
    Outcome both = run("fit", "--label y --features sex,age --categorical auto --missing drop");
    assertEquals(0, both.status(), both.err());
    assertTrue(!both.out().contains("has no effect"), both.out());
  }

  private void assertNoted(String words, String note) {
    Outcome outcome = run("fit", "--label y --optimizer exact " + words);
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.out().contains(note), outcome.out());
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    refused(
        "--label y --features age,sex --categorical sex --missing mean --degree 2",
        "'degree' (2) must be 1 where missing cells are filled inside the folds: use"
            + " --missing indicator or drop");
    refused(
        "--label y --features sex,age --categorical town2",
        "'categorical' (town2): '" + data + "' has no such column: did you mean 'town'?");
    refused(
        "--label y --features sex --categorical y",
        "'categorical' (y): it has another role, and is no feature");
    refused(
        "--label y --features age --drop-first",
        "'drop-first' needs 'categorical': say which columns are encoded");
    refused(
        "--label y --features age --missing mode",
        "'missing' (mode) must be one of refuse, drop, mean, median, indicator");
    refused(
        "--label y --features town,age --date town --missing mean",
        "'"
            + data
            + "', row 1 (line 2): column 'town' holds 'Rare', which is no date of ISO 8601, such as"
            + " 2020-12-31: give its pattern, as in --date town:dd.MM.yyyy");
    refused(
        "--label y --features sex,town,day",
        "'"
            + data
            + "': 3 of the features hold text, no numbers: 'sex' ('f'), 'town' ('Rare'), 'day'"
            + " ('2020-01-01'): --categorical auto one-hot encodes those of at most 20 values,"
            + " --categorical A,B any; or name the columns to use with --features");
  }

  private void refused(String words, String line) {
    run("fit", words).assertRefused(2, line);
  }
}
