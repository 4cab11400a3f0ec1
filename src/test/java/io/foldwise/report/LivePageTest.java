package io.foldwise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.cli.ServedSearch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page of a running search in headless Chromium, which is skipped where there is none. Pictures
 * of it are left in {@code target/report}.
 */
final class LivePageTest {
  private static final Path PICTURES = Path.of("target/report");

  private static Browser browser;

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> program = Browser.installed();
    Assumptions.assumeTrue(program.isPresent(), "the path has no chromium");
    browser = Browser.start(program.get());
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void await(String truth) throws Exception {
    for (int look = 0; look < 400; look++) {
      if (browser.evaluate("Boolean(" + truth + ")").asBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new TimeoutException(truth + " in " + browser.evaluate("document.body.innerText"));
  }

  private static String text(String expression) {
    return browser.evaluate(expression).asText();
  }

  @Test
  void phasesRepeatsAndNotesAreShownAndThenTheReport() throws Exception {
    try (ServedSearch search =
        new ServedSearch(
            "repeat 9 of 10: training",
            "search",
            "--config",
            "conf/quiz.yaml",
            "--verbose",
            "--serve")) {
      URI address = search.address();
      search.err("repeat 9 of 10: training");
      for (String look : List.of("1440-light", "390-dark", "1440-dark", "390-light")) {
        int hyphen = look.indexOf('-');
        browser.screen(
            Integer.parseInt(look.substring(0, hyphen)), 900, look.substring(hyphen + 1));
        browser.open(address);
        await("document.querySelectorAll('#dots circle').length === 8");
        await("document.getElementById('job').textContent");
        assertEquals("", browser.overflow(), look);
        assertEquals(List.of(), browser.complaints(), look);
        assertEquals("", browser.seriousFaults("document"), look);
        browser.photograph(PICTURES.resolve("live-" + look + ".png"));
      }
      assertEquals(
          "starting Spark|reading %s|repeat 1 of 10: training on 80 rows"
                  .formatted(Path.of("data/quiz_data.pkl").toAbsolutePath())
              + "|repeats 2 to 9 of 10",
          text(
              "[...document.querySelectorAll('#phases li span')].map(s => s.textContent).join('|')"));
      assertTrue(
          text("document.querySelector('#phases li').lastChild.textContent").matches("[0-9.]+ s"));
      assertEquals(0.8, browser.evaluate("document.getElementById('bar').value").asDouble());
      assertEquals(
          "repeat 9 of 10: training on 80 rows",
          text("document.getElementById('said').textContent"));
      await(
          "document.getElementById('spoken').textContent === document.getElementById('said').textContent");
      search.letGo();
      await("document.getElementById('verdict') && document.body.dataset.ready");
      assertEquals("Degree 3 was chosen", text("document.getElementById('verdict').textContent"));
      for (String asked : browser.requests()) {
        assertTrue(asked.startsWith(address.toString()) || asked.startsWith("data:"), asked);
      }
      browser.open(address.resolve("report.html"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void aFailureIsToldAndTheEndOfTheCommandNoticed() throws Exception {
    browser.screen(390, 900, "light");
    try (LiveServer server = LiveServer.start("{\"title\":\"x\",\"command\":\"y\"}")) {
      browser.open(URI.create(server.address()));
      server.tell("note", "{\"words\":\"a remark\"}");
      server.finish("failed", "{\"words\":\"no rows\"}");
      await("document.getElementById('state').textContent === 'The search failed'");
      assertTrue(
          browser.evaluate("document.getElementById('bar').offsetParent === null").asBoolean());
      assertEquals("no rows", text("document.getElementById('said').textContent"));
      assertEquals("a remark", text("document.getElementById('notes-list').textContent"));
      assertEquals("", browser.seriousFaults("document"));
      browser.photograph(PICTURES.resolve("live-failed.png"));
    }
    try (LiveServer server = LiveServer.start("{\"title\":\"x\",\"command\":\"y\"}")) {
      browser.open(URI.create(server.address()));
    }
    await("document.getElementById('state').textContent === 'The command has ended'");
  }
}
