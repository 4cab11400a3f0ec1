package io.foldwise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports as a person sees them: in headless Chromium, which is skipped where there is none. They
 * and pictures of them are left in {@code target/report}.
 */
final class ReportPageTest {
  private static final Path PICTURES = Path.of("target/report");
  private static final long MOST_BYTES = 3_000_000;

  @TempDir static Path folder;

  private static Browser browser;

  /** Width and scheme of colours; the quiz is looked at in all of them. */
  private static final List<String> LOOKS =
      List.of("1440-light", "390-dark", "1440-dark", "390-light");

  private static final Kind QUIZ =
      kind("quiz", "validation curves folds fit surface")
          .by("search", "--config", "conf/quiz.yaml", "--repeats", 1, "--report-rows", 2000);
  private static final Kind HOUSING =
      kind("housing", "validation heat curves folds fit surface")
          .by("search", "--config", "conf/housing.yaml", "--report-rows", 100);
  private static final Kind THREE_AXES =
      kind("three-axes", "validation heat parallel curves folds predicted residuals surface")
          .by("search", "--data", "data/diabetes.csv", "--label", "target", "--test-fraction", 0.2)
          .by("--grid", "l2=0,log(0.001,10,7); learning-rate=0.003,0.03,auto; optimizer=sgd,adam")
          .by("--report-rows", 2000);
  private static final Kind CLASSES =
      kind("classes", "validation heat curves folds roc recall calibration surface")
          .by("search", "--config", "conf/cancer.yaml", "--report-rows", 2000);
  private static final Kind SPECIES =
      kind("species", "validation curves folds")
          .by("search", "--data", "data/iris.csv", "--label", "species", "--loss", "softmax")
          .by("--test-fraction", 0.2, "--grid", "l2=log(1e-4,1,5)", "--optimizer", "nesterov");
  private static final Kind DIVERGED =
      kind("diverged", "validation heat curves folds fit surface")
          .by("search", "--config", "conf/linear.yaml");
  private static final Kind MANY =
      kind("many", "validation curves folds surface")
          .by("search", "--data", "data/diabetes.csv", "--label", "target", "--folds", 10)
          .by("--grid", "l2=log(1e-6,10,500)", "--optimizer", "nesterov")
          .by("--select", "one-standard-error");
  private static final Kind FIT =
      kind("fit", "curves fit surface")
          .by("fit", "--data", "data/quiz_data.pkl", "--degree", 3, "--report-rows", 200);

  private static final Kind EXACT =
      kind("exact", "validation heat folds surface")
          .by("search", "--data", "data/diabetes.csv", "--label", "target")
          .by("--optimizer", "exact", "--grid", "l1=log(0.1,100,7); l2=0,0.01");

  private static final List<Kind> KINDS =
      List.of(QUIZ, HOUSING, THREE_AXES, CLASSES, SPECIES, DIVERGED, MANY, EXACT, FIT);

  /**
   * A kind of run that a report is made of.
   *
   * @param charts the pictures of its report, from top to bottom
   */
  private record Kind(String label, String charts, List<Object> words) {
    Kind by(Object... more) {
      return new Kind(label, charts, Stream.concat(words.stream(), Stream.of(more)).toList());
    }

    WrittenReport report() throws IOException {
      Path run = folder.resolve(label);
      if (!Files.exists(run)) {
        Commands.out(by("--out", run).words.toArray());
      }
      return WrittenReport.in(run);
    }
  }

  private static Kind kind(String label, String charts) {
    return new Kind(label, charts, List.of());
  }

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> program = Browser.installed();
    if (program.isEmpty()) {
      System.out.println("reports are not opened: the path has no chromium");
    }
    Assumptions.assumeTrue(program.isPresent());
    browser = Browser.start(program.get());
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyPictureIsThereAndNothingIsAskedOfAnyNetwork() throws IOException {
    for (Kind kind : KINDS) {
      WrittenReport report = kind.report();
      Files.copy(
          report.page(),
          PICTURES.resolve(kind.label() + ".html"),
          StandardCopyOption.REPLACE_EXISTING);
      assertTrue(
          Files.size(report.page()) < MOST_BYTES, kind.label() + " " + Files.size(report.page()));
      for (String look : kind.equals(QUIZ) ? LOOKS : LOOKS.subList(0, 2)) {
        int hyphen = look.indexOf('-');
        int width = Integer.parseInt(look.substring(0, hyphen));
        browser.screen(width, 900, look.substring(hyphen + 1));
        browser.open(report.page());
        assertEquals(List.of(), browser.complaints(), kind.label() + " " + look);
        assertEquals(List.of(), browser.requests(), kind.label() + " " + look);
        assertEquals(kind.charts(), String.join(" ", charts()), kind.label() + " " + look);
        assertEquals(List.of(), emptyCharts(), kind.label() + " " + look);
        assertEquals("", browser.overflow(), kind.label() + " " + look);
        browser.photograph(PICTURES.resolve(kind.label() + "-" + look + ".png"));
      }
    }
  }

  @Test
  void theConfusionMatrixOfTheTestRowsIsThere() throws IOException {
    browser.open(SPECIES.report().page());
    List<Integer> cells = new ArrayList<>();
    browser
        .evaluate("[...document.querySelectorAll('#confusion td')].map(c => c.textContent)")
        .forEach(cell -> cells.add(Integer.parseInt(cell.asText())));
    assertEquals(9, cells.size());
    assertEquals(30, cells.stream().mapToInt(Integer::intValue).sum());
    List<String> heads = new ArrayList<>();
    browser
        .evaluate("[...document.querySelectorAll('#model th')].map(c => c.textContent)")
        .forEach(head -> heads.add(head.asText()));
    assertEquals(List.of("term", "setosa", "versicolor", "virginica"), heads);
  }

  /** The pictures by what they are named, the three of the loss surface as one. */
  private static List<String> charts() {
    List<String> ids = new ArrayList<>();
    browser
        .evaluate(
            "[...document.querySelectorAll('.chart')].filter(c => c.offsetParent).map(c => c.id)")
        .forEach(id -> ids.add(id.asText().replaceFirst("^surface-.*", "surface")));
    return ids.stream().distinct().toList();
  }

  /** The pictures whose pixels are all the same. */
  private static List<String> emptyCharts() {
    List<String> empty = new ArrayList<>();
    browser
        .evaluate(
            """
            [...document.querySelectorAll('.chart')].filter(c => c.offsetParent).filter(c => {
              const canvas = c.querySelector('canvas');
              const pixels = canvas ? canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data : [];
              const colours = new Set();
              for (let i = 0; i < pixels.length; i += 4) colours.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
              return colours.size < 8;
            }).map(c => c.id)\
            """)
        .forEach(id -> empty.add(id.asText()));
    return empty;
  }

  /** By the rules of axe-core (Deque Systems), of WCAG 2 mostly: contrast, names, roles, order. */
  @Test
  void noSeriousFaultKeepsAnybodyOut() throws IOException {
    for (Kind kind : KINDS) {
      for (String scheme : kind.equals(QUIZ) ? List.of("light", "dark") : List.of("dark")) {
        browser.screen(1440, 900, scheme);
        browser.open(kind.report().page());
        String faults = browser.seriousFaults("{exclude: [['#candidates tr:nth-child(n+6)']]}");
        assertEquals("", faults, kind.label() + " " + scheme);
      }
    }
  }

  @Test
  void asItOpensThePageTrainsWhatTheRunTrained() throws IOException {
    for (Kind kind : List.of(QUIZ, HOUSING, THREE_AXES, CLASSES, DIVERGED, MANY, EXACT)) {
      WrittenReport report = kind.report();
      browser.open(report.page());
      JsonNode cv = report.result().get("cv");
      double digits = kind.equals(CLASSES) ? 1e-7 : report.grid().contains("adam") ? 1e-9 : 1e-12;
      assertNear(cv.get("mean").asDouble(), "foldwise.baseline().mean()", digits);
      assertNear(cv.get("standardError").asDouble(), "foldwise.baseline().standardError()", digits);
      assertNear(
          report.result().at("/convergence/objective").asDouble(),
          "foldwise.baseline().refitConvergence()[0]",
          digits);
      assertNear(
          report.result().at("/model/intercept").asDouble(),
          "foldwise.baseline().refitIntercept()",
          100 * digits);
    }
  }

  private static void assertNear(double expected, String expression, double digits) {
    assertEquals(
        expected, browser.evaluate(expression).asDouble(), digits * Math.abs(expected), expression);
  }

  @Test
  void aSlidersMoveTrainsAllFoldsAgainAndBackIsTheRun() throws IOException {
    WrittenReport report = QUIZ.report();
    browser.screen(1440, 900, "light");
    browser.open(report.page());
    String before = browser.evaluate("document.getElementById('score').textContent").asText();
    browser.move("c-degree", 0);
    String straight = browser.evaluate("document.getElementById('score').textContent").asText();
    assertNotEquals(before, straight);
    double line =
        browser
            .evaluate("foldwise.run.candidates.find(c => c.values.degree === 1).ranking")
            .asDouble();
    assertTrue(straight.startsWith(brief(line) + " "), straight);
    browser.evaluate("document.getElementById('back').click()");
    assertEquals(before, browser.evaluate("document.getElementById('score').textContent").asText());
    assertEquals(List.of(), browser.complaints());
  }

  private static String brief(double value) {
    return new java.math.BigDecimal(value).round(new java.math.MathContext(4)).toPlainString();
  }

  @Test
  void aRateThatIsTooLargeIsSaidToDiverge() throws IOException {
    browser.open(QUIZ.report().page());
    browser.move("c-learning-rate", 100);
    assertEquals(
        "diverged", browser.evaluate("document.getElementById('score').textContent").asText());
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void candidatesAreSortedAndFiltered() throws IOException {
    browser.open(THREE_AXES.report().page());
    browser.evaluate(
        "[...document.querySelectorAll('#candidates th button')].find(b => b.textContent === 'l2').click()");
    String first = "document.querySelector('#candidates tbody tr').children[3].textContent";
    assertEquals("0", browser.evaluate(first).asText());
    browser.evaluate(
        "[...document.querySelectorAll('#candidates th button')].find(b => b.textContent === 'l2').click()");
    assertEquals("10", browser.evaluate(first).asText());
    browser.evaluate(
        "const f = document.getElementById('filter'); f.value = 'optimizer=adam l2=0'; f.dispatchEvent(new Event('input'))");
    assertEquals(
        3, browser.evaluate("document.querySelectorAll('#candidates tbody tr').length").asInt());
  }

  @Test
  void theKeyboardReachesEveryControl() throws IOException {
    browser.screen(1440, 900, "light");
    browser.open(QUIZ.report().page());
    List<String> reached = new ArrayList<>();
    for (int tab = 0; tab < 40; tab++) {
      browser.press("Tab", 9);
      reached.add(
          browser
              .evaluate("document.activeElement.id || document.activeElement.textContent")
              .asText());
    }
    for (String control :
        List.of(
            "c-learning-rate", "c-optimizer", "c-epochs", "c-l2", "c-degree", "filter", "Copy")) {
      assertTrue(reached.contains(control), control + " not in " + reached);
    }
    assertFalse(reached.contains("back"), "nothing to go back from");
  }
}
