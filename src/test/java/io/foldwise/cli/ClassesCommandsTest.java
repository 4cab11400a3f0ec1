package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels as they stand in a file, of two classes and of more, from data to predictions. */
final class ClassesCommandsTest {
  private static final String L2 = "0.0033333333333333335";

  @TempDir Path folder;

  private Path run() {
    return folder.resolve("run");
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(run().resolve("result.json").toFile());
  }

  private Outcome iris(String command, Object... more) {
    return of(command, "softmax", L2, more);
  }

  private Outcome of(String command, String loss, String l2, Object... more) {
    Object[] common = {
      command,
      "--data",
      "data/iris.csv",
      "--label",
      "species",
      "--loss",
      loss,
      "--out",
      run(),
      "--standardize",
      "false",
      "--l2",
      l2,
      "--optimizer",
      "exact"
    };
    return Outcome.of(Stream.concat(Stream.of(common), Stream.of(more)).toArray()).succeeded();
  }

  private static List<String[]> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
  }

  /**
   * scikit-learn 1.9.1: {@code LogisticRegression(C=1, solver="newton-cholesky", tol=1e-15)} on the
   * iris data, {@code predict_proba} of row 70 (from 0), and {@code log_loss}, {@code
   * accuracy_score}, {@code f1_score(average="macro")} and {@code confusion_matrix} of all rows.
   */
  @Test
  void aModelOfSpeciesIsSavedScoredAndPredicts() throws IOException {
    String summary = iris("fit").out();
    assertTrue(summary.contains("          virginica = -12.09 - 0.1110 sepal_length"), summary);
    JsonNode model = result().get("model");
    assertEquals("[\"setosa\",\"versicolor\",\"virginica\"]", model.get("classes").toString());
    assertEquals(9.849568050482185, model.at("/intercepts/setosa").asDouble(), 1e-8);
    assertEquals(
        2.023635113897058, model.at("/coefficients/virginica/petal_width").asDouble(), 1e-8);
    JsonNode scores =
        Outcome.of("evaluate", "--model", run(), "--data", "data/iris.csv", "--json").json();
    assertEquals(150, scores.get("rows").asInt());
    assertEquals(0.1196366779879041, scores.get("log-loss").asDouble(), 1e-10);
    assertEquals(0.9733333333333334, scores.get("accuracy").asDouble(), 1e-15);
    assertEquals(0.9733226623982927, scores.get("macro-f1").asDouble(), 1e-15);
    assertEquals("[[50,0,0],[0,47,3],[0,1,49]]", scores.at("/confusion/rows").toString());

    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", "--model", run(), "--data", "data/iris.csv", "--out", predicted)
        .succeeded();
    List<String[]> rows = rows(predicted);
    assertEquals(
        List.of(
            "prediction", "probability_setosa", "probability_versicolor", "probability_virginica"),
        List.of(rows.get(0)).subList(5, 9));
    String[] row = rows.get(71);
    assertEquals("versicolor", row[4]);
    assertEquals("virginica", row[5]);
    assertEquals(0.0023098314178884713, Double.parseDouble(row[6]), 1e-9);
    assertEquals(0.44008098411191443, Double.parseDouble(row[7]), 1e-9);
    assertEquals(0.5576091844701971, Double.parseDouble(row[8]), 1e-9);
  }

  /**
   * scikit-learn 1.9.1: {@code OneVsRestClassifier(SVC(kernel="linear", C=1 / (2 * 150 * 0.01),
   * tol=1e-14))}: its {@code confusion_matrix} and {@code f1_score(average="macro")} of all rows.
   */
  @Test
  void oneVsRestPredictsTheLargestDecision() throws IOException {
    of("fit", "ovr-hinge", "0.01");
    JsonNode scores =
        Outcome.of("evaluate", "--model", run(), "--data", "data/iris.csv", "--json").json();
    assertEquals("[[50,0,0],[0,44,6],[0,1,49]]", scores.at("/confusion/rows").toString());
    assertEquals(0.9532163742690059, scores.get("macro-f1").asDouble(), 1e-12);
    double penalty = 0;
    for (JsonNode own : result().at("/model/coefficients")) {
      for (JsonNode weight : own) {
        penalty += 0.01 * weight.asDouble() * weight.asDouble();
      }
    }
    assertEquals(
        result().at("/convergence/objective").asDouble(),
        scores.get("ovr-hinge").asDouble() + penalty,
        1e-9);
    assertTrue(scores.path("log-loss").isMissingNode(), scores.toString());

    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", "--model", run(), "--data", "data/iris.csv", "--out", predicted)
        .succeeded();
    List<String[]> rows = rows(predicted);
    assertEquals(
        List.of("species", "prediction"), List.of(rows.get(0)).subList(4, rows.get(0).length));
    long right = rows.stream().skip(1).filter(row -> row[4].equals(row[5])).count();
    assertEquals(143, right);
  }

  @Test
  void foldsWhoseTrainingRowsLackAClassAreNamed() throws IOException {
    for (String loss : List.of("softmax", "ovr-hinge")) {
      of("search", loss, "0.1", "--fold-strategy", "contiguous", "--folds", "3", "--overwrite");
      assertTrue(
          result()
              .path("notes")
              .toString()
              .contains(
                  "the rows to train on lack a class where fold 0, 1, 2 is held out: try --fold-strategy stratified"),
          result().path("notes").toString());
    }
    iris("search", "--overwrite");
    assertFalse(result().path("notes").toString().contains("lack a class"));
  }

  @Test
  void thePageSaysWhetherClassesHaveProbabilities() throws IOException {
    for (String loss : List.of("softmax", "ovr-hinge")) {
      of("fit", loss, "0.1", "--report-rows", "20", "--overwrite");
      String page = Files.readString(run().resolve("report.html"));
      assertTrue(page.contains("\"probabilities\":" + loss.equals("softmax")), loss);
      assertTrue(
          result()
              .path("notes")
              .toString()
              .contains(
                  "'report-rows' has no effect: models of several classes are not trained again in the page"),
          result().path("notes").toString());
    }
    assertEquals(
        "'init' (%s) holds a function for each of several classes, and one is taken: take baseline, zeros, normal or uniform"
            .formatted(run()),
        refusal(csv("a", "b", "c"), "--loss", "softmax", "--init", run()));
  }

  /** Out-of-fold predictions give the pooled accuracy that the search has. */
  @Test
  void outOfFoldPredictionsAreInTheDatasWords() throws IOException {
    iris("search", "--metric", "accuracy", "--predictions", "--overwrite");
    List<String[]> rows = rows(run().resolve("predictions.csv"));
    int label = List.of(rows.get(0)).indexOf("label");
    int prediction = List.of(rows.get(0)).indexOf("prediction");
    long right = rows.stream().filter(row -> row[label].equals(row[prediction])).count();
    assertEquals(result().at("/cv/pooled").asDouble(), right / 150.0, 1e-12);
    assertTrue(right > 140 && rows.stream().anyMatch(row -> row[label].equals("virginica")));
    assertEquals("stratified", result().at("/data/foldStrategy").asText());
  }

  private String refusal(String csv, Object... words) throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), csv);
    Object[] common = {"fit", "--data", data};
    Outcome outcome = Outcome.of(Stream.concat(Stream.of(common), Stream.of(words)).toArray());
    assertEquals(2, outcome.status(), outcome.out() + outcome.err());
    return outcome.err().strip().replace(data.toString(), "d.csv").replace("foldwise: ", "");
  }

  private static String csv(String... labels) {
    StringBuilder csv = new StringBuilder("x,y\n");
    IntStream.range(0, 24)
        .forEach(
            i ->
                csv.append((i * 7) % 11)
                    .append(',')
                    .append(labels[i % labels.length])
                    .append('\n'));
    return csv.toString();
  }

  @Test
  void whatAreNoClassesIsRefused() throws IOException {
    assertEquals(
        "'d.csv': column 'y' is 'a' in every row: two classes or more are needed",
        refusal(csv("a"), "--loss", "softmax"));
    assertEquals(
        "'d.csv': the label 'y' holds 0.5, and the loss is for classes, named by whole numbers or texts: choose another column, or take --loss squared",
        refusal(csv("0.5", "1", "2"), "--loss", "softmax"));
    String many =
        "x,y\n"
            + IntStream.range(0, 102).mapToObj(i -> i + "," + i + "\n").reduce("", String::concat);
    assertTrue(
        refusal(many, "--loss", "softmax")
            .startsWith("'d.csv': the label 'y' has more than 100 different values, as 0, 1, 2,"));
    assertEquals(
        "'positive' (a) tells one class from all others, and the loss is of all of them: leave it out, or train with a loss of two classes, such as logistic or hinge",
        refusal(csv("a", "b", "c"), "--loss", "softmax", "--positive", "a"));
  }

  @Test
  void moreThanTwoClassesNameSoftmax() throws IOException {
    assertEquals(
        "'d.csv': the label 'y' holds text, 3 classes: take --loss softmax or ovr-hinge, or --positive c, which tells that one from all others",
        refusal(csv("a", "b", "c", "a", "b"), "--loss", "logistic"));
    assertTrue(
        refusal(csv("a", "b", "c"))
            .contains("3 classes: take --loss softmax or ovr-hinge, or --loss logistic"));
    assertTrue(
        refusal(csv("0", "1", "2"), "--loss", "hinge")
            .endsWith(
                "is 2: the loss needs labels 0 and 1: name the value that counts as 1 with --positive, or take --loss softmax or ovr-hinge"));
  }

  @Test
  void aClassThatNoTrainingRowHasIsRefusedWithItsPlace() throws IOException {
    Path test = Files.writeString(folder.resolve("t.csv"), "x,y\n1,a\n2,z\n");
    String refused = refusal(csv("a", "b", "c"), "--loss", "softmax", "--test-data", test);
    assertEquals(
        "'%s', row 2 (line 3): column 'y' is z: no row to train on has this class: correct it, or remove the row"
            .formatted(test),
        refused);
  }

  /** The mapped labels train the model that 0 and 1 do, and the first class is the negative one. */
  @ParameterizedTest
  @CsvSource({"no,yes", "-1,1", "1,2", "M,W", "10,9.5"})
  void twoValuesAreTakenAsTheyAre(String one, String other) throws IOException {
    boolean swapped = one.equals("10");
    Path plain =
        Files.writeString(
            folder.resolve("p.csv"), csv(swapped ? "1" : "0", swapped ? "0" : "1", "1", "0"));
    Path named =
        Files.writeString(
            folder.resolve("n.csv"), csv(one, other, swapped ? one : other, swapped ? other : one));
    JsonNode expected = fit(plain);
    JsonNode actual = fit(named);
    assertEquals(
        expected.at("/model/coefficients/x").asDouble(),
        actual.at("/model/coefficients/x").asDouble(),
        1e-12);
    String first = swapped ? other : one;
    String second = swapped ? one : other;
    assertEquals(first, actual.at("/model/classes/0").asText());
    assertEquals(
        "'%s' in column 'y' counts as 0, '%s' as 1: --positive says otherwise"
            .formatted(first, second),
        actual.at("/notes/0").asText());
    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", "--model", run(), "--data", named, "--out", predicted, "--overwrite")
        .succeeded();
    List<String> words = rows(predicted).stream().skip(1).map(row -> row[2]).distinct().toList();
    assertTrue(List.of(first, second).containsAll(words), words.toString());
    JsonNode scores = Outcome.of("evaluate", "--model", run(), "--data", named, "--json").json();
    assertEquals(24, scores.get("rows").asInt());
    assertEquals(
        actual.at("/convergence/objective").asDouble(), scores.get("log-loss").asDouble(), 1e-9);
  }

  private JsonNode fit(Path data) throws IOException {
    Outcome.of(
            "fit",
            "--data",
            data,
            "--loss",
            "logistic",
            "--optimizer",
            "exact",
            "--out",
            run(),
            "--overwrite")
        .succeeded();
    return result();
  }
}
