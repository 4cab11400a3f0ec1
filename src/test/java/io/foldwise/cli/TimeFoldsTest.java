package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds by a column of times, against those by file order of the same rows in order of time. */
final class TimeFoldsTest {
  private static final int ROWS = 47;

  /** Where runs of four folds begin, and the last ends. */
  private static final int[] STARTS = {0, 12, 24, 36, 47};

  @TempDir Path folder;

  private static int x(int t) {
    return t * 7 % 13;
  }

  private static double y(int t) {
    return t % 5 + 0.3 * t;
  }

  /** Rows whose places in the file are those of times, times × 18 mod 47, which takes each once. */
  private Path write(String name, IntFunction<String> time, boolean sorted) throws IOException {
    List<String> rows = new ArrayList<>(List.of("x,when,y"));
    for (int at = 0; at < ROWS; at++) {
      int t = sorted ? at : at * 18 % ROWS;
      rows.add("%d,%s,%s".formatted(x(t), time.apply(t), y(t)));
    }
    return Files.write(folder.resolve(name), rows);
  }

  private static Outcome search(Path data, String words) {
    return Outcome.of(
        Stream.concat(
                Stream.of("search", "--data", data, "--features", "x", "--optimizer", "exact"),
                Arrays.stream(words.split(" ")))
            .toArray());
  }

  private static JsonNode folds(Path data, String words) throws IOException {
    return search(data, words + " --json --quiet").succeeded().json().at("/cv/folds");
  }

  @Test
  void runsOfTimeAreThoseOfAFileInItsOrder() throws IOException {
    Path inOrder = write("a.csv", t -> Integer.toString(t), true);
    JsonNode expected = folds(inOrder, "--fold-strategy forward --folds 4");
    assertEquals(3, expected.size());
    List<IntFunction<String>> times =
        List.of(
            t -> Integer.toString(3 * t - 20),
            t -> Double.toString(t / 8.0),
            t -> LocalDate.of(1999, 12, 1).plusDays(t).toString());
    for (IntFunction<String> time : times) {
      Path mixed = write("b.csv", time, false);
      assertEquals(expected, folds(mixed, "--time when --folds 4"), time.apply(9));
    }
  }

  /** The line of least squares over the rows before one: its constant and its slope. */
  private static double[] lineBefore(int end) {
    double[] x = IntStream.range(0, end).mapToDouble(TimeFoldsTest::x).toArray();
    double[] y = IntStream.range(0, end).mapToDouble(TimeFoldsTest::y).toArray();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < end; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return new double[] {meanY - xy / xx * meanX, xy / xx};
  }

  @Test
  void aPurgeLeavesOutTheRowsNextBeforeAFold() throws IOException {
    Path inOrder = write("a.csv", t -> Integer.toString(t), true);
    String purged = "--fold-strategy forward --folds 4 --purge 3";
    JsonNode expected = folds(inOrder, purged);
    JsonNode sql = folds(inOrder, purged + " --metric mae --engine sql");
    for (int fold = 1; fold < 4; fold++) {
      double[] line = lineBefore(STARTS[fold] - 3);
      double[] errors =
          IntStream.range(STARTS[fold], STARTS[fold + 1])
              .mapToDouble(t -> Math.abs(y(t) - line[0] - line[1] * x(t)))
              .toArray();
      double mse = Arrays.stream(errors).map(error -> error * error).average().orElseThrow();
      double mae = Arrays.stream(errors).average().orElseThrow();
      assertEquals(mse, expected.get(fold - 1).asDouble(), 1e-9 * mse, "fold " + fold);
      assertEquals(mae, sql.get(fold - 1).asDouble(), 1e-9 * mae, "fold " + fold);
    }
    Map<String, IntFunction<String>> times =
        Map.of(
            "9", t -> Integer.toString(3 * t - 20),
            "11.9", t -> Integer.toString(3 * t - 20),
            "0.3", t -> BigDecimal.valueOf(t, 1).toString(),
            "3", t -> LocalDate.of(1999, 12, 1).plusDays(t).toString(),
            "1.5", t -> LocalDateTime.of(2024, 2, 20, 0, 0).plusHours(12L * t) + ":30.25Z");
    for (Map.Entry<String, IntFunction<String>> time : times.entrySet()) {
      Path mixed = write("b.csv", time.getValue(), false);
      String words = "--time when --folds 4 --purge " + time.getKey();
      assertEquals(expected, folds(mixed, words), time.getValue().apply(9));
    }
  }

  /** What people see are the four folds, and every row of the last three is predicted. */
  @Test
  void everyRowOfAScoredFoldIsPredictedByTheModelOfItsPast() throws IOException {
    Path out = folder.resolve("run");
    Path data = write("a.csv", t -> Integer.toString(t), false);
    Outcome run =
        search(data, "--time when --folds 4 --purge 3 --predictions --id when --out " + out);
    assertTrue(run.succeeded().out().contains("4 folds"), run.out());
    assertTrue(
        run.out()
            .contains(
                "'purge' (3): the last 3 rows before a fold are not trained on where it is scored"),
        run.out());
    JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(4, result.at("/data/folds").asInt());
    WrittenCsv predictions = WrittenCsv.of(out.resolve("predictions.csv"));
    assertEquals(ROWS - STARTS[1], predictions.rows().size());
    for (int at = 0; at < predictions.rows().size(); at++) {
      int t = (int) predictions.number(at, "id");
      int fold = (int) predictions.number(at, "fold");
      assertTrue(STARTS[fold] <= t && t < STARTS[fold + 1], t + " in " + fold);
      double[] line = lineBefore(STARTS[fold] - 3);
      assertEquals(line[0] + line[1] * x(t), predictions.number(at, "prediction"), 1e-9);
    }
    WrittenCsv curves = WrittenCsv.of(out.resolve("curves.csv"));
    assertEquals(
        List.of(1.0, 2.0, 3.0),
        IntStream.range(0, 3).mapToObj(at -> curves.number(at, "fold")).toList());
    WrittenCsv candidates = WrittenCsv.of(out.resolve("candidates.csv"));
    assertTrue(candidates.rows().get(0).containsKey("fold_3"));
  }

  @Test
  void aPurgeThatCannotBeIsRefused() throws IOException {
    Path data = write("a.csv", t -> Integer.toString(3 * t), true);
    search(data, "--fold-strategy forward --folds 4 --purge 11")
        .assertRefused(
            2,
            "'purge' (11) must be < 11, the rows of a fold, of which nothing would be left: take"
                + " less, or fewer folds");
    search(data, "--fold-strategy forward --purge 1.5")
        .assertRefused(
            2,
            "'purge' (1.5) must be a whole number of rows >= 0 where 'fold-strategy' is forward");
    search(data, "--time when --folds 4 --purge 36")
        .assertRefused(
            2,
            "'purge' (36) must be < 36, the time from the start of fold 0 to that of fold 1, of"
                + " which nothing would be left: take less, or fewer folds");
    search(data, "--time when --purge -1").assertRefused(2, "'purge' (-1) must be a number >= 0");
    search(data, "--purge 2")
        .assertRefused(
            2,
            "'purge' needs 'fold-strategy' forward or time, by which models are trained on the past"
                + " alone, not random: take one of them, or leave it out");
    search(data, "--fold-column when --purge 2")
        .assertRefused(2, "'fold-column' and 'purge' exclude each other: keep one");
    search(data, "--time when --embargo 2")
        .assertRefused(
            2,
            "unknown option '--embargo' of search: by --fold-strategy forward or time models are"
                + " trained on the past alone, so nothing that follows a fold has to be left out;"
                + " --purge leaves out rows before it");
    Path days = write("b.csv", t -> "2024-01-%02dT12:00".formatted(1 + t / 2), true);
    search(days, "--time when --folds 3 --purge 8")
        .assertRefused(
            2,
            "'purge' (8) must be < 8, the days from the start of fold 0 to that of fold 1, of which"
                + " nothing would be left: take less, or fewer folds");
    Path spoken =
        write("c.csv", t -> "2024-01-%02d%s".formatted(1 + t / 2, t == 7 ? " noon" : ""), true);
    search(spoken, "--time when --folds 3 --purge 1")
        .assertRefused(
            2,
            "'time' (when) holds '2024-01-04 noon': 'purge' needs numbers, or dates such as"
                + " 2020-12-31 23:59:30");
    Path zones =
        write(
            "d.csv", t -> "2024-01-%02d 00:00%s".formatted(1 + t / 2, t == 9 ? "-10" : "Z"), true);
    search(zones, "--time when --folds 3 --purge 1")
        .assertRefused(
            2,
            "'time' (when) holds '2024-01-05 00:00-10' and '2024-01-05 00:00Z', which is earlier:"
                + " 'purge' needs all times in one time zone");
  }

  /** Five rows at each time: of 47 rows in three folds, a run ends after 20 and after 35. */
  @Test
  void rowsOfOneTimeStayTogether() throws IOException {
    Path tied = write("a.csv", t -> Integer.toString(t / 5), false);
    StringBuilder named = new StringBuilder("x,fold,y\n");
    for (int at = 0; at < ROWS; at++) {
      int t = at * 18 % ROWS;
      int fold = t < 20 ? 0 : t < 35 ? 1 : 2;
      named.append("%d,%d,%s%n".formatted(x(t), fold, y(t)));
    }
    Path byHand = Files.writeString(folder.resolve("hand.csv"), named);
    // The last fold is scored by the same model whether the others count as its past or its peers.
    double last = folds(byHand, "--fold-column fold").get(2).asDouble();
    assertEquals(last, folds(tied, "--time when --folds 3").get(1).asDouble(), 1e-12 * last);
  }

  @Test
  void whatIsNoTimeIsRefused() throws IOException {
    Path named = write("a.csv", t -> t == 7 ? "7 Jan" : Integer.toString(t), true);
    search(named, "--time when")
        .assertRefused(
            2,
            "'time' (when) holds '0': times must be numbers, or dates from the year down, such as"
                + " 2020-12-31 23:59");
    Path few = write("b.csv", t -> t < 40 ? "1" : Integer.toString(t), true);
    search(few, "--time when --folds 5")
        .assertRefused(
            2,
            "'folds' (5) are too many for the 8 times of 'when', whose rows stay together: a fold"
                + " would be empty");
    search(few, "--fold-strategy time")
        .assertRefused(2, "'fold-strategy' (time) needs a column of times: name it with --time");
    search(few, "--fold-strategy random --time when")
        .assertRefused(2, "'time' needs 'fold-strategy' time, not random: keep one");
  }
}
