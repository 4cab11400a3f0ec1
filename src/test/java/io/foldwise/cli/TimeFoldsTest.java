package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds by a column of times, against those by file order of the same rows in order of time. */
final class TimeFoldsTest {
  private static final int ROWS = 47;

  @TempDir Path folder;

  /** Rows whose places in the file are those of times, times × 18 mod 47, which takes each once. */
  private Path write(String name, IntFunction<String> time, boolean sorted) throws IOException {
    List<String> rows = new ArrayList<>(List.of("x,when,y"));
    for (int at = 0; at < ROWS; at++) {
      int t = sorted ? at : at * 18 % ROWS;
      rows.add("%d,%s,%s".formatted(t * 7 % 13, time.apply(t), t % 5 + 0.3 * t));
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

  /** Five rows at each time: of 47 rows in three folds, a run ends after 20 and after 35. */
  @Test
  void rowsOfOneTimeStayTogether() throws IOException {
    Path tied = write("a.csv", t -> Integer.toString(t / 5), false);
    StringBuilder named = new StringBuilder("x,fold,y\n");
    for (int at = 0; at < ROWS; at++) {
      int t = at * 18 % ROWS;
      int fold = t < 20 ? 0 : t < 35 ? 1 : 2;
      named.append("%d,%d,%s%n".formatted(t * 7 % 13, fold, t % 5 + 0.3 * t));
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
