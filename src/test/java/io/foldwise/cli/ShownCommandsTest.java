package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the README and the lecture show, as they stand there. */
final class ShownCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("submit/foldwise ([^`\n]+)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  static Set<String> shown() throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    Matcher inReadme = COMMAND.matcher(Files.readString(Path.of("README.md")));
    while (inReadme.find()) {
      commands.add(inReadme.group(1).replaceFirst("\\s+# .*", "").strip());
    }
    JsonNode sections = LectureTexts.of("en").all().get("sections");
    for (JsonNode section : sections) {
      Stream.of("command", "more")
          .flatMap(name -> Stream.ofNullable(section.get(name)))
          .map(JsonNode::asText)
          .map(text -> text.replaceFirst("submit/foldwise ", ""))
          .forEach(commands::add);
    }
    commands.removeIf(command -> !command.matches("(search|fit|inspect|generate) .*"));
    commands.removeIf(command -> command.matches(".*(…|\\.\\.\\.|FILE).*"));
    assertTrue(commands.size() > 20, commands.toString());
    return commands;
  }

  /** What trains is planned and not run. */
  @ParameterizedTest
  @MethodSource("shown")
  void aCommandThatIsShownCanBeRun(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    int out = words.indexOf("--out");
    if (out >= 0 && words.get(0).equals("generate")) {
      words.set(out + 1, folder.resolve("made.csv").toString());
    } else if (out >= 0) {
      words.subList(out, out + 2).clear();
    }
    if (words.get(0).matches("search|fit")) {
      words.set(0, "explain");
    }
    Outcome outcome = Outcome.of(words.toArray());
    assertEquals(0, outcome.status(), outcome.err());
  }
}
