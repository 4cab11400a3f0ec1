package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.lecture.Lecture;
import io.foldwise.lecture.Picture;
import io.foldwise.lecture.Section;
import io.foldwise.lecture.TextWidth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lecture in a terminal, its texts, and what it refuses. */
final class LectureCommandTest {
  private static final Lecture LECTURE = Lecture.of(LectureData.inJar());
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  @Test
  void bothLanguagesSayTheSameThings() {
    assertEquals(paths(LectureTexts.of("en").all(), ""), paths(LectureTexts.of("ko").all(), ""));
  }

  /** Every place of a text; those of commands with what they say. */
  private static Set<String> paths(JsonNode node, String path) {
    Set<String> paths = new TreeSet<>();
    if (node.isContainerNode()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        paths.addAll(paths(entry.getValue(), path + "/" + entry.getKey()));
      }
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        paths.addAll(paths(node.get(i), path + "/" + i));
      }
    } else {
      assertFalse(node.asText().isBlank() && !path.endsWith("heads/0"), path);
      boolean isCommand =
          (path.endsWith("/command") && path.startsWith("/sections")) || path.endsWith("/more");
      paths.add(path + (isCommand ? "=" + node.asText() : "") + placeholders(node.asText()));
    }
    return paths;
  }

  /** The numbers that a sentence has, in the order of their digits. */
  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher place = Pattern.compile("\\{[^}]+}").matcher(text);
    while (place.find()) {
      found.add(place.group());
    }
    return found;
  }

  @Test
  void everythingThatASectionShowsHasItsText() {
    LectureTexts texts = LectureTexts.of("ko");
    for (Section section : LECTURE.sections()) {
      JsonNode told = texts.section(section.key());
      Set<String> panels = new TreeSet<>();
      for (Picture.Panel panel : section.first().panels()) {
        panels.add(panel.key());
        panel.series().stream()
            .map(Picture.Series::key)
            .filter(key -> !key.isEmpty() && !key.startsWith("="))
            .forEach(
                key -> assertTrue(texts.all().get("names").has(key), section.key() + " " + key));
        for (String axis : List.of(panel.x().key(), panel.y().key())) {
          assertTrue(texts.all().get("names").has(axis), section.key() + " " + axis);
        }
      }
      assertEquals(names(told.get("panels")), panels, section.key());
      Set<String> controls = new TreeSet<>();
      section.controls().forEach(control -> controls.add(control.key()));
      assertEquals(names(told.get("controls")), controls, section.key());
    }
    assertEquals(LECTURE.sections().size(), texts.all().get("sections").size());
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyCommandThatItNamesIsOne() {
    for (JsonNode section : LectureTexts.of("en").all().get("sections")) {
      for (String field : List.of("command", "more")) {
        if (section.has(field)) {
          List<String> words = words(section.get(field).asText());
          assertEquals("submit/foldwise", words.get(0));
          StringWriter nothing = new StringWriter();
          Console console =
              Console.of(
                  new PrintWriter(nothing),
                  new PrintWriter(nothing),
                  new Settings(Map.of(), Map.of()));
          Invocation.parse(
              Main.COMMANDS, words.subList(1, words.size()).toArray(String[]::new), console);
        }
      }
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  @Test
  void theTourTellsEverySectionInBothLanguages() {
    for (String language : LectureTexts.LANGUAGES) {
      String told = Outcome.of("lecture", "--lang", language).succeeded().out();
      int number = 0;
      for (Section section : LECTURE.sections()) {
        JsonNode texts = LectureTexts.of(language).section(section.key());
        String heading = ++number + ". " + texts.get("title").asText();
        assertTrue(told.contains("\n" + heading + "\n"), heading);
        assertTrue(told.contains("  " + texts.get("command").asText()), heading);
        texts.get("panels").forEach(panel -> assertTrue(told.contains(panel.asText()), heading));
      }
      assertFalse(told.contains("{"), "a number is missing");
      assertTrue(
          told.lines()
              .filter(line -> !line.startsWith("  submit/foldwise"))
              .allMatch(line -> TextWidth.of(line) <= 78));
    }
  }

  @Test
  void aNumberTellsOneSection() {
    String told = Outcome.of("lecture", "5", "--lang", "en").succeeded().out();
    assertTrue(told.startsWith(System.lineSeparator() + "5. A million epochs"), told);
    assertFalse(told.contains("6. "), told);
  }

  @Test
  void aReaderGoesOnByEnterAndEndsByQ() throws IOException {
    InputStream before = System.in;
    System.setProperty(LectureCommand.READER, "true");
    try {
      System.setIn(new ByteArrayInputStream("\n\nq\n".getBytes(StandardCharsets.UTF_8)));
      String told = Outcome.of("lecture", "--lang", "en").succeeded().out();
      assertTrue(told.contains("3. The loss surface"), told);
      assertFalse(told.contains("4. Gradient descent"), told);
    } finally {
      System.setIn(before);
      System.clearProperty(LectureCommand.READER);
    }
  }

  @Test
  void aPageIsNotOverwrittenUnasked() throws IOException {
    Path page = folder.resolve("lecture.html");
    String said = Outcome.of("lecture", "--lang", "en", "--out", page).succeeded().out();
    assertEquals("lecture   " + page + System.lineSeparator(), said);
    assertTrue(Files.readString(page).contains("\"language\":\"en\""));
    Outcome.of("lecture", "--out", page)
        .assertRefused(2, "'out' (" + page + ") exists: choose another or add --overwrite");
    Outcome.of("lecture", "--lang", "ko", "--out", page, "--overwrite").succeeded();
    assertTrue(Files.readString(page).contains("\"language\":\"ko\""));
  }

  @Test
  void aStudentsOwnPickleTakesThePlaceOfTheQuizData() {
    String quiz = Outcome.of("lecture", "17", "--lang", "en").succeeded().out();
    String own =
        Outcome.of("lecture", "17", "--lang", "en", "--data", "data/linear.pkl").succeeded().out();
    assertTrue(quiz.contains("Degree 3"), quiz);
    assertTrue(own.contains("Degree 1"), own);
  }

  @Test
  void whatCannotBeToldIsRefusedInALine() throws IOException {
    Outcome.of("lecture", "18")
        .assertRefused(2, "'lecture' (18) must be the number of a section, 1 to 17");
    Outcome.of("lecture", "rate")
        .assertRefused(2, "'lecture' (rate) must be the number of a section, 1 to 17");
    Outcome.of("lecture", "1", "2")
        .assertRefused(2, "'lecture' takes the number of one section: write lecture 5");
    Outcome.of("lecture", "--lang", "fr").assertRefused(2, "'lang' (fr) must be one of en, ko");
    Outcome.of("lecture", "5", "--out", folder.resolve("five.html"))
        .assertRefused(2, "'out' writes all sections: leave out the number 5");
    Outcome.of("lecture", "--out", folder.resolve("page.pdf"))
        .assertRefused(
            2, "'out' (" + folder.resolve("page.pdf") + ") must be the name of a page, FILE.html");
    Outcome.of("lecture", "--data", "data/none.pkl")
        .assertRefused(2, "'data' (data/none.pkl) cannot be read: give the path of a pickle");
    Path text = Files.writeString(folder.resolve("text.pkl"), "no pickle");
    Outcome refused = Outcome.of("lecture", "--data", text);
    assertEquals(2, refused.status());
    assertEquals(1, refused.err().lines().count());
    assertTrue(refused.err().startsWith("foldwise: 'data' (" + text + "): byte "), refused.err());
    assertFalse(Files.exists(folder.resolve("five.html")));
  }
}
