package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.TargetType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How near training came to its optimum: what is said, and what the files of a run hold of it. */
class ArrivalTest {
  @TempDir Path folder;
  private Path data;

  /** Numbers in y, classes in k, a column that does not vary; beside them counts c, amounts a. */
  @BeforeEach
  void write() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("x,z,same,y,k\n");
    StringBuilder others = new StringBuilder("x,z,c,a\n");
    for (int i = 0; i < 90; i++) {
      double x = random.nextGaussian();
      double z = 3 + random.nextGaussian();
      double y = 2 * x - z + random.nextGaussian();
      int k = y + random.nextGaussian() > -3 ? 1 : 0;
      csv.append("%s,%s,7.5,%s,%d%n".formatted(x, z, y, k));
      double a = Math.exp(y / 5);
      others.append("%s,%s,%d,%s%n".formatted(x, z, Math.round(a), a));
    }
    data = Files.writeString(folder.resolve("d.csv"), csv.toString());
    Files.writeString(folder.resolve("others.csv"), others);
  }

  private Outcome run(String command, String words) {
    boolean other = words.startsWith("--label c ") || words.startsWith("--label a ");
    Path from = other ? folder.resolve("others.csv") : data;
    String features = words.contains("--features") ? "" : " --features x,z";
    return Outcome.of((Object[]) (command + " --data " + from + features + " " + words).split(" "));
  }

  private static String label(Loss loss) {
    return switch (loss.labels()) {
      case NUMBERS -> "--label y";
      case NON_NEGATIVE -> "--label c";
      case POSITIVE -> "--label a";
      case BINARY -> "--label k";
      case CLASSES -> throw new AssertionError(loss + " is of several functions");
    };
  }

  @Test
  void aRateThatTrainsNothingIsSaidWithWhatWouldHelp() {
    String out = run("fit", "--label y --learning-rate 1e-9").succeeded().out();
    assertTrue(out.contains("training ended 100 % short of what its optimum gains"), out);
    assertTrue(out.contains("--learning-rate auto"), out);
    assertTrue(out.contains("--optimizer exact"), out);
  }

  @Test
  void anArrivalIsNoNote() {
    for (Loss loss :
        Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS).toList()) {
      for (String optimizer : List.of("nesterov", "adam")) {
        String words = label(loss) + " --loss " + loss.label() + " --optimizer " + optimizer;
        String out = run("fit", words).succeeded().out();
        assertFalse(out.contains("short of"), words + "\n" + out);
      }
    }
  }

  @Test
  void everyLossIsSolvedForAndTheOptimumIsNotWorseThanDescent() throws IOException {
    for (Loss loss :
        Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS).toList()) {
      String words = label(loss) + " --json --loss " + loss.label() + " --optimizer ";
      JsonNode exact = run("fit", words + "exact").succeeded().json().get("convergence");
      JsonNode descent = run("fit", words + "nesterov").succeeded().json().get("convergence");
      double optimum = exact.get("objective").asDouble();
      assertEquals(optimum, descent.get("optimum").asDouble(), 1e-9 * optimum, words);
      assertTrue(descent.get("objective").asDouble() >= optimum * (1 - 1e-9), words);
      assertTrue(exact.get("constant").asDouble() > optimum, words);
      assertEquals(0, exact.get("shortOfOptimum").asDouble(), 1e-9, words);
    }
  }

  /** The rows stay, come together or hop: the sums over them are the same. */
  @Test
  void optimaAreTheSameWhateverMoves() throws IOException {
    for (String loss : List.of("logistic --l2 0.01", "hinge --l2 0.01", "logistic --l1 0.01")) {
      String words = "--label k --json --optimizer exact --loss " + loss + " --movement ";
      JsonNode there = run("fit", words + "replicate").succeeded().json().get("model");
      for (String movement : List.of("reduce", "rotate")) {
        JsonNode here = run("fit", words + movement).succeeded().json().get("model");
        double expected = there.at("/coefficients/x").asDouble();
        assertEquals(expected, here.at("/coefficients/x").asDouble(), 1e-6 * expected, loss);
        assertEquals(
            there.get("intercept").asDouble(), here.get("intercept").asDouble(), 1e-5, loss);
      }
    }
  }

  @Test
  void curvesAndCandidatesHoldTheOptimumOfEveryTrainingSet() throws IOException {
    Path out = folder.resolve("run");
    String grid = "--label y --optimizer sgd,exact --epochs 3 --out " + out;
    run("search", grid).succeeded();
    List<Map<String, String>> curves = rows(out.resolve("curves.csv"));
    Map<String, Double> exact =
        curves.stream()
            .filter(row -> row.get("candidate").equals("1"))
            .collect(
                Collectors.toMap(
                    row -> row.get("fold"), row -> Double.parseDouble(row.get("train_mse"))));
    assertEquals(5, exact.size());
    for (Map<String, String> row : curves) {
      double optimum = Double.parseDouble(row.get("optimum"));
      assertEquals(exact.get(row.get("fold")), optimum, 1e-12 * optimum);
    }
    double mean = exact.values().stream().mapToDouble(v -> v).average().orElseThrow();
    List<Map<String, String>> candidates = rows(out.resolve("candidates.csv"));
    for (Map<String, String> row : candidates) {
      assertEquals(mean, Double.parseDouble(row.get("mean_optimum")), 1e-12 * mean);
      assertEquals(
          Double.parseDouble(row.get("mean_train_mse")),
          Double.parseDouble(row.get("mean_objective")),
          1e-9 * mean);
    }
    assertEquals(0, Double.parseDouble(candidates.get(0).get("short_of_optimum")), 1e-12);
    double sgd = Double.parseDouble(candidates.get(1).get("short_of_optimum"));
    assertTrue(sgd > 1e-4 && sgd < 1, "short of " + sgd);
  }

  private static List<Map<String, String>> rows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    List<String> names = Arrays.asList(lines.get(0).split(","));
    return lines.stream()
        .skip(1)
        .map(line -> Arrays.asList(line.split(",", -1)))
        .map(
            cells ->
                names.stream()
                    .collect(
                        Collectors.toMap(name -> name, name -> cells.get(names.indexOf(name)))))
        .toList();
  }

  @Test
  void aCandidateThatMayOvertakeTheChosenOneIsNamed() {
    String out =
        run("search", "--label y --learning-rate 0.0005,0.001 --epochs 5").succeeded().out();
    assertTrue(out.contains("training ended"), out);
    String arrived = run("search", "--label y --degree 1,2").succeeded().out();
    assertFalse(arrived.contains("the candidate of rank"), arrived);
    String behind =
        run("search", "--label y --degree 1 --l2 0,0.5 --learning-rate 0.003 --epochs 20")
            .succeeded()
            .out();
    assertTrue(behind.contains("short of"), behind);
  }

  @Test
  void aFeatureThatDoesNotVaryIsNamed() {
    String out = run("fit", "--label y --features x,z,same").succeeded().out();
    assertTrue(
        out.contains("a feature is the same in every training row, to rounding, and no part"), out);
    assertTrue(out.contains("'same'"), out);
  }

  @Test
  void aGapAboveAnOptimumOfZeroIsSaidAsAShareOfTheGain() throws IOException {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < 10; i++) {
      csv.append(i).append(',').append(2 * i + 1).append('\n');
    }
    data = Files.writeString(folder.resolve("line.csv"), csv.toString());
    for (int epochs : new int[] {20, 100, 150, 200, 300, 1000}) {
      String words = "--features x --label y --learning-rate 0.01 --epochs " + epochs;
      String out = run("fit", words).succeeded().out();
      assertFalse(out.contains("above its optimum"), out);
      assertEquals(epochs < 300, out.contains("short of what its optimum gains"), out);
    }
  }

  @Test
  void classesThatCanBeToldApartHaveNoOptimumAndNoAdviceToSolveForIt() throws IOException {
    StringBuilder csv = new StringBuilder("x,k\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i).append(',').append(i < 20 ? 0 : 1).append('\n');
    }
    data = Files.writeString(folder.resolve("apart.csv"), csv.toString());
    for (String optimizer : List.of("nesterov", "exact")) {
      String words = "--features x --label k --loss logistic --optimizer " + optimizer;
      String out = run("fit", words).succeeded().out();
      assertTrue(out.contains("its optimum lies at infinitely large coefficients"), out);
      assertTrue(out.contains("try --l2"), out);
      assertFalse(out.contains("exact, which solves"), out);
      String ridge = run("fit", words + " --l2 0.01").succeeded().out();
      assertFalse(ridge.contains("infinitely"), ridge);
    }
  }

  /** They differ in how they train, not in where to: a short one says nothing of a better model. */
  @Test
  void aCandidateWhoseOptimumAnotherReachedIsNoRival() throws IOException {
    String out =
        run("search", "--label y --grid learning-rate=0.0001,auto --epochs 100").succeeded().out();
    assertFalse(out.contains("the candidate of rank"), out);
  }

  @Test
  void theAdviceNamesWhatIsInTheWay() {
    String raw =
        run("fit", "--label y --standardize false --optimizer sgd --learning-rate 1e-6")
            .succeeded()
            .out();
    assertTrue(raw.contains("try --standardize true, or --learning-rate auto, or"), raw);
  }

  @Test
  void termsThatAreCombinationsOfOthersAreNamedByExact() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,sum,c,y\n");
    Random random = new Random(6);
    for (int i = 0; i < 40; i++) {
      int a = random.nextInt(9);
      int b = random.nextInt(9);
      csv.append("%d,%d,%d,%s,%s%n".formatted(a, b, a + b, random.nextDouble(), a - b / 2.0));
    }
    data = Files.writeString(folder.resolve("sum.csv"), csv.toString());
    String words = "--label y --features a,b,sum,c --optimizer exact";
    String out = run("fit", words).succeeded().out();
    assertTrue(out.contains("of the terms 'a', 'b', 'sum' some are combinations of others"), out);
    String ridge = run("fit", words + " --l2 0.1").succeeded().out();
    assertFalse(ridge.contains("combinations"), ridge);
    String one = run("fit", words.replace("sum,", "")).succeeded().out();
    assertFalse(one.contains("combinations"), one);
  }

  @Test
  void aLabelThatDoesNotVaryIsFittedByItself() throws IOException {
    for (String optimizer : List.of("sgd", "nesterov", "adam", "exact")) {
      Outcome fit = run("fit", "--label same --init normal --optimizer " + optimizer);
      assertEquals(0, fit.status(), fit.err());
      JsonNode json = run("fit", "--label same --json --optimizer " + optimizer).succeeded().json();
      assertEquals(7.5, json.at("/model/intercept").asDouble(), 7.5e-3);
      assertEquals(0, json.at("/convergence/shortOfOptimum").asDouble());
    }
  }

  @Test
  void aTrainingSetOfOneClassIsNamed() throws IOException {
    StringBuilder csv = new StringBuilder("x,k\n");
    for (int i = 0; i < 20; i++) {
      csv.append(i).append(',').append(i < 4 ? 1 : 0).append('\n');
    }
    data = Files.writeString(folder.resolve("one.csv"), csv.toString());
    String words = "--features x --label k --loss logistic --l2 0.1 --fold-strategy contiguous";
    String out = run("search", words).succeeded().out();
    assertTrue(out.contains("labels of one class alone where fold 0 is held out"), out);
  }
}
