package io.foldwise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.cli.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lecture as a person sees it: in headless Chromium, which is skipped where there is none. It
 * and pictures of it are left in {@code target/report}.
 */
final class LecturePageTest {
  private static final Path PICTURES = Path.of("target/report");
  private static final long MOST_BYTES = 3_000_000;
  private static final List<String> LANGUAGES = List.of("en", "ko");

  /** Positions of sliders that reach each goal, or values of choices: section, control, value. */
  private static final String SOLVED =
      """
      [['noise', 0, 0.6], ['noise', 1, 300], ['outlier', 0, -6], ['surface', 0, 1.95], ['surface', 1, 1], ['rate', 0, 0.6],
       ['basis', 0, 56.2], ['minima', 0, 4], ['minima', 1, 0.02], ['minima', 2, 0.95], ['split', 0, 3], ['split', 2, 1],
       ['folds', 0, 10], ['time', 0, 8], ['time', 1, 1], ['minibatch', 0, 4], ['minibatch', 1, 0.23], ['minibatch', 2, 5],
       ['degree', 0, 4], ['classes', 0, 2], ['valley', 0, 0.9], ['valley', 1, 1.4], ['paths', 1, 20], ['stopping', 0, 60],
       ['loops', 0, 4], ['quiz', 0, 5]]\
      """;

  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> program = Browser.installed();
    if (program.isEmpty()) {
      System.out.println("the lecture is not opened: the path has no chromium");
    }
    Assumptions.assumeTrue(program.isPresent());
    browser = Browser.start(program.get());
    Files.createDirectories(PICTURES);
    for (String language : LANGUAGES) {
      Commands.out("lecture", "--lang", language, "--out", page(language));
    }
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path page(String language) {
    return folder.resolve("lecture-" + language + ".html");
  }

  /** Opens the page and waits until every section is drawn. */
  private static void open(String language, int width, String scheme) {
    browser.screen(width, 900, scheme);
    browser.open(page(language));
    drawn(language);
  }

  private static void drawn(String language) {
    browser.evaluate(
        """
        new Promise(done => {
          const look = () => document.body.dataset.drawn === '%s' ? done(true) : setTimeout(look, 20);
          look();
        })\
        """
            .formatted(language));
  }

  @Test
  void everyPictureIsThereInBothLanguagesAndNothingIsAskedOfAnyNetwork() throws IOException {
    for (String language : LANGUAGES) {
      assertTrue(Files.size(page(language)) < MOST_BYTES, "" + Files.size(page(language)));
      for (int width : new int[] {1440, 390}) {
        String look = language + " " + width;
        open(language, width, width == 390 ? "dark" : "light");
        assertEquals(List.of(), browser.complaints(), look);
        assertEquals(List.of(), browser.requests(), look);
        assertEquals(language, browser.evaluate("document.documentElement.lang").asText());
        assertEquals(17, browser.evaluate("document.querySelectorAll('.part').length").asInt());
        assertEquals(
            29, browser.evaluate("document.querySelectorAll('.chart canvas').length").asInt());
        assertEquals("", emptyCharts(), look);
        assertEquals("", overflow(), look);
        browser.photograph(PICTURES.resolve("lecture-" + language + "-" + width + ".png"));
      }
    }
  }

  /** The pictures with next to no colour below their legends and beside their axes. */
  private static String emptyCharts() {
    return browser
        .evaluate(
            """
            [...document.querySelectorAll('.chart')].filter(c => {
              const canvas = c.querySelector('canvas');
              const pixels = canvas.getContext('2d').getImageData(70, 84, canvas.width - 70, canvas.height - 140).data;
              let coloured = 0;
              for (let i = 0; i < pixels.length; i += 4) {
                const own = [pixels[i], pixels[i + 1], pixels[i + 2]];
                if (pixels[i + 3] > 100 && Math.max(...own) - Math.min(...own) > 60) coloured++;
              }
              return coloured < 60;
            }).map(c => c.id).join(' ')\
            """)
        .asText();
  }

  /** What reaches over the right edge of the page, if anything does. */
  private static String overflow() {
    return browser
        .evaluate(
            """
            document.documentElement.scrollWidth <= innerWidth ? '' : [...document.body.querySelectorAll('*')]
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'))
              .map(e => e.tagName + '#' + e.id).slice(0, 5).join(' ')\
            """)
        .asText();
  }

  /** By the rules of axe-core (Deque Systems), of WCAG 2 mostly: contrast, names, roles, order. */
  @Test
  void noSeriousFaultKeepsAnybodyOut() throws IOException {
    String axe;
    try (InputStream in =
        LecturePageTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    open("ko", 1440, "light");
    browser.evaluate(axe + "; 0");
    for (String scheme : List.of("light", "dark")) {
      browser.screen(1440, 900, scheme);
      String faults =
          browser
              .evaluate(
                  """
                  axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')).join('\\n'))\
                  """)
              .asText();
      assertEquals("", faults, scheme);
    }
  }

  @Test
  void theSwitchTellsItInTheOtherLanguageAndKeepsTheSliders() {
    open("en", 1440, "light");
    browser.move("degree-degree", 6);
    browser.evaluate("document.getElementById('language').click()");
    drawn("ko");
    assertEquals("ko", browser.evaluate("document.documentElement.lang").asText());
    assertEquals("7", text("degree-degree-out"));
    assertTrue(text("degree-facts").startsWith("차수 7"), text("degree-facts"));
    assertEquals(List.of(), browser.complaints());
  }

  private static String text(String id) {
    return browser.evaluate("document.getElementById('" + id + "').textContent").asText();
  }

  @Test
  void aSliderTrainsAndDrawsItsSectionAgain() {
    open("en", 1440, "light");
    for (JsonNode section : browser.evaluate("foldwiseLecturePage.sections")) {
      String key = section.get("key").asText();
      String before = pixels(key);
      browser.evaluate(
          """
          new Promise(done => {
            const control = document.querySelector('#%s .control input, #%s .control select');
            control.value = control.tagName === 'SELECT' ? (Number(control.value) + 1) %% control.options.length : Math.round(control.max * 0.6);
            control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input'));
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
          })\
          """
              .formatted(key, key));
      // Other folds may choose the same degrees, and then the quiz is the same picture.
      if (!key.equals("quiz")) {
        assertNotEquals(before, pixels(key), key);
      }
    }
    assertEquals(List.of(), browser.complaints());
  }

  /** What the canvases of a section show. */
  private static String pixels(String key) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('#"
                + key
                + " canvas')].map(c => c.toDataURL()).join('')")
        .asText();
  }

  @Test
  void everyGoalIsReachedBySlidersAndMarked() {
    open("en", 1440, "light");
    assertEquals("Goals reached: 0 / 17", text("progress"));
    browser.evaluate(
        """
        new Promise(done => {
          for (const [section, at, value] of %s) foldwiseLecturePage.set(section, at, value);
          setTimeout(() => requestAnimationFrame(() => done(true)), 200);
        })\
        """
            .formatted(SOLVED));
    String open =
        browser
            .evaluate(
                "[...document.querySelectorAll('.goal:not(.reached)')].map(g => g.id).join(' ')")
            .asText();
    assertEquals("", open);
    assertEquals("Goals reached: 17 / 17", text("progress"));
  }

  @Test
  void theOutlierIsDraggedAndMovedByKeys() {
    open("en", 1440, "light");
    String before = text("outlier-facts");
    browser.evaluate(
        """
        (() => {
          const node = document.getElementById('outlier-lines-picture');
          node.scrollIntoView({block: 'center'});
          const chart = echarts.getInstanceByDom(node);
          const [x, y] = chart.convertToPixel('grid', [10, foldwiseLecturePage.values.get('outlier')[0]]);
          const box = node.querySelector('canvas').getBoundingClientRect();
          const target = node.querySelector('canvas');
          const send = (type, dy) => target.dispatchEvent(new MouseEvent(type, {bubbles: true, clientX: box.left + x, clientY: box.top + y + dy}));
          send('mousemove', 0); send('mousedown', 0); send('mousemove', 60); send('mouseup', 60);
        })()\
        """);
    browser.evaluate(
        "new Promise(done => setTimeout(() => requestAnimationFrame(() => done(1)), 50))");
    String dragged = text("outlier-facts");
    assertNotEquals(before, dragged);
    browser.evaluate("document.getElementById('outlier-outlier').focus()");
    browser.press("ArrowRight", 39);
    browser.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    assertNotEquals(dragged, text("outlier-facts"));
  }

  @Test
  void aPickleThatIsDroppedSolvesTheQuiz() throws IOException {
    open("en", 390, "light");
    drop("linear.pkl", Files.readAllBytes(Path.of("data/linear.pkl")));
    assertTrue(text("drop-said").startsWith("linear.pkl: 100 rows"), text("drop-said"));
    assertTrue(text("quiz-facts").contains("Degree 1;"), text("quiz-facts"));
    drop("quiz_data.pkl", Files.readAllBytes(Path.of("data/quiz_data.pkl")));
    double mean =
        browser
            .evaluate(
                "Number(document.getElementById('quiz-facts').textContent.match(/over 10 seeds ([0-9.]+)/)[1])")
            .asDouble();
    assertTrue(mean > 0 && mean < 0.05, "mean test MSE " + mean);
    drop("bad.pkl", "no pickle".getBytes(StandardCharsets.UTF_8));
    assertTrue(text("drop-said").startsWith("This file cannot be used: byte "), text("drop-said"));
    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(), browser.requests());
  }

  private static void drop(String name, byte[] bytes) {
    browser.evaluate(
        """
        (async () => {
          const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
          const dropped = new DataTransfer();
          dropped.items.add(new File([bytes], '%s'));
          const before = document.getElementById('drop-said').textContent;
          document.getElementById('drop').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: dropped}));
          for (let k = 0; k < 200 && document.getElementById('drop-said').textContent === before; k++) await new Promise(r => setTimeout(r, 20));
        })()\
        """
            .formatted(Base64.getEncoder().encodeToString(bytes), name));
  }

  /** The engine of the page and that of the JVM, over the same rows. */
  @Test
  void rowsInThePageAreTrainedToTheDigitsOfTheJvm() throws IOException {
    browser.open(page("en"));
    List<String> found = new ArrayList<>();
    for (String loss : List.of("squared", "absolute", "huber", "logistic", "hinge")) {
      for (String grid : List.of("epochs=20; batch-size=9", "optimizer=exact; l2=0.01")) {
        double inPage =
            browser
                .evaluate(
                    "foldwiseRowsEngine(Int8Array.from(atob('%s'), c => c.charCodeAt(0)), '%s', 0, 0).crossValidate('degree=2; %s').mean()"
                        .formatted(
                            Base64.getEncoder().encodeToString(RowsOfPage.bytes(loss)),
                            RowsOfPage.metric(loss),
                            grid))
                .asDouble();
        double inJvm = RowsOfPage.mean(loss, "degree=2; " + grid);
        assertEquals(inJvm, inPage, 1e-7 * inJvm, loss + " " + grid);
        found.add("%s".formatted(inPage));
      }
    }
    assertEquals(10, found.stream().distinct().count(), found.toString());
  }
}
