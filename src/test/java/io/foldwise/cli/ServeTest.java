package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that is shown as it runs, from its address on standard error to Ctrl-C. */
final class ServeTest {
  private static final List<Object> QUIZ =
      List.of("search", "--config", "conf/quiz.yaml", "--repeats", 3, "--verbose", "--serve");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private static ServedSearch served(String phase, Object... more) {
    return new ServedSearch(phase, Stream.concat(QUIZ.stream(), Stream.of(more)).toArray());
  }

  private static <T> HttpResponse<T> get(URI address, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(address).build(), body);
  }

  private static String text(URI address) throws IOException, InterruptedException {
    return get(address, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void assertClosed(URI address) {
    assertThrows(ConnectException.class, () -> text(address));
  }

  /** The values that stand behind a name in the data of an event, in order. */
  private static List<String> told(String events, String event, String name) {
    Pattern line =
        Pattern.compile("event: %s\ndata: .*\"%s\":\"?([^\",}]+)".formatted(event, name));
    return line.matcher(events).results().map(found -> found.group(1)).toList();
  }

  @Test
  void phasesRepeatsAndTheEndAreToldTheReportIsServedAndCtrlCEndsItWithSuccess() throws Exception {
    Path run = folder.resolve("run");
    try (ServedSearch search = served("repeat 3 of 3: training", "--out", run)) {
      URI address = search.address();
      search.err("repeat 3 of 3: training");
      assertEquals(
          404,
          get(address.resolve("report.html"), HttpResponse.BodyHandlers.discarding()).statusCode());
      HttpResponse<Stream<String>> stream =
          get(address.resolve("events"), HttpResponse.BodyHandlers.ofLines());
      search.letGo();
      String heard = String.join("\n", stream.body().toList());
      assertEquals(
          List.of(
              "starting Spark",
              "reading " + Path.of("data/quiz_data.pkl").toAbsolutePath(),
              "repeat 1 of 3: training on 80 rows",
              "repeat 2 of 3: training on 80 rows",
              "repeat 3 of 3: training on 80 rows"),
          told(heard, "phase", "words"));
      assertEquals(List.of("1", "2", "3"), told(heard, "score", "repeat"));
      assertTrue(heard.contains("event: now\n"), heard);
      assertTrue(heard.strip().endsWith("event: done\ndata: {}"), heard);
      search.err("the report is shown until Ctrl-C: " + address);
      assertEquals(
          Files.readString(run.resolve("report.html")), text(address.resolve("report.html")));
      search.interrupt();
      Outcome outcome = search.outcome();
      assertEquals(0, outcome.status(), outcome.err());
      Matcher first = Pattern.compile("test +mse (\\S+)").matcher(outcome.out());
      assertTrue(first.find(), outcome.out());
      double score = Double.parseDouble(told(heard, "score", "score").get(0));
      assertEquals(Double.parseDouble(first.group(1)), score, 1e-3 * score);
      assertClosed(address);
    }
  }

  @Test
  void ctrlCDuringTheSearchEndsItAsEverAndPagesHearWhy() throws Exception {
    try (ServedSearch search = served("repeat 2 of 3: training")) {
      URI address = search.address();
      search.err("repeat 2 of 3: training");
      HttpResponse<Stream<String>> stream =
          get(address.resolve("events"), HttpResponse.BodyHandlers.ofLines());
      search.interrupt();
      search.letGo();
      String heard = String.join("\n", stream.body().toList());
      assertEquals(List.of("interrupted"), told(heard, "failed", "words"));
      assertEquals(130, search.outcome().status(), search.outcome().err());
      assertClosed(address);
    }
  }

  @Test
  void aSearchThatFailsTellsWhyInOneLineAndEndsTheServer() throws Exception {
    try (ServedSearch search =
        served("reading", "--label", "absent", "--out", folder.resolve("run"))) {
      URI address = search.address();
      search.err("reading");
      HttpResponse<Stream<String>> stream =
          get(address.resolve("events"), HttpResponse.BodyHandlers.ofLines());
      search.letGo();
      List<String> failed = told(String.join("\n", stream.body().toList()), "failed", "words");
      Outcome outcome = search.outcome();
      assertEquals(2, outcome.status(), outcome.err());
      assertEquals(1, failed.size());
      assertTrue(outcome.err().contains("foldwise: " + failed.get(0)), outcome.err());
      assertFalse(Files.exists(folder.resolve("run")));
      assertClosed(address);
    }
  }

  @Test
  void whereNobodyCouldLookItIsRefused() {
    Object[] quiz = {"search", "--config", "conf/quiz.yaml", "--serve", "--quiet"};
    Outcome.of(quiz)
        .assertRefused(
            2,
            "'serve' and 'quiet' exclude each other, since the address would not be said: keep one");
    System.setProperty("spark.submit.deployMode", "cluster");
    try {
      Outcome.of("search", "--config", "conf/quiz.yaml", "--serve")
          .assertRefused(
              2,
              "'serve' shows a run at 127.0.0.1, where in a cluster nobody can look: run it with"
                  + " --deploy-mode client, or without --serve");
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }
}
