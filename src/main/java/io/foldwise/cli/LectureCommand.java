package io.foldwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.input.InvalidInputException;
import io.foldwise.lecture.Lecture;
import io.foldwise.lecture.Points;
import io.foldwise.report.LecturePage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A guided tour through the ideas, in the terminal or as a page. */
final class LectureCommand implements Command {
  /** The property that submit/foldwise sets where both its input and its output are a terminal. */
  static final String READER = "foldwise.reader";

  private static final Option LANG =
      Option.of("lang", "en|ko", "language (default: ko where the locale's is Korean, else en)");
  private static final Option OUT =
      Option.path("out", "FILE.html", "write one page instead (default: tell it here)");
  private static final Option OVERWRITE =
      Option.flag("overwrite", "replace the page if it exists (default: no)");
  private static final Option DATA =
      Option.path(
          "data", "FILE.pkl", "your own x and y in place of the quiz data (default: the quiz's)");
  private static final Option SECTION =
      Option.of("N", "N", "the number of the only section to tell (default: all)");

  @Override
  public String name() {
    return "lecture";
  }

  @Override
  public String summary() {
    return "a tour through the ideas, with live pictures: here, or as a page";
  }

  @Override
  public String example() {
    return "lecture --out lecture.html";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Lecture", List.of(LANG, DATA));
    groups.put("Output", List.of(OUT, OVERWRITE));
    return groups;
  }

  @Override
  public Optional<Option> arguments() {
    return Optional.of(SECTION);
  }

  @Override
  public void run(Settings settings, Console console) {
    String language = language(settings);
    Lecture.Data data = LectureData.inJar();
    Lecture.Data shown = settings.text(DATA).map(LectureData::own).map(data::with).orElse(data);
    Lecture lecture = Lecture.of(shown);
    List<String> words = settings.arguments(SECTION);
    if (words.size() > 1) {
      throw new InvalidInputException("'lecture' takes the number of one section: write lecture 5");
    }
    Optional<Integer> only =
        words.stream().findFirst().map(word -> number(word, lecture.sections().size()));
    if (settings.text(OUT).isPresent()) {
      if (only.isPresent()) {
        throw new InvalidInputException(
            "'out' writes all sections: leave out the number " + only.get());
      }
      write(settings, language, shown, console);
    } else {
      tell(new LectureTour(LectureTexts.of(language), lecture.sections()), lecture, only, console);
    }
  }

  private static String language(Settings settings) {
    Map<String, String> known = Settings.words(LectureTexts.LANGUAGES, language -> language);
    return settings.choice(LANG, known).orElse(isKorean() ? "ko" : "en");
  }

  /**
   * Whether the environment asks for Korean; Java's locale says so only where that is installed.
   */
  private static boolean isKorean() {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(System::getenv)
        .filter(locale -> locale != null && !locale.isEmpty())
        .findFirst()
        .orElseGet(() -> Locale.getDefault().getLanguage())
        .startsWith("ko");
  }

  private static int number(String word, int sections) {
    try {
      int number = Integer.parseInt(word);
      if (number >= 1 && number <= sections) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw refusal(word, sections);
    }
    throw refusal(word, sections);
  }

  private static InvalidInputException refusal(String word, int sections) {
    return new InvalidInputException(
        "'lecture' (%s) must be the number of a section, 1 to %d".formatted(word, sections));
  }

  private static void tell(
      LectureTour tour, Lecture lecture, Optional<Integer> only, Console console) {
    if (only.isPresent()) {
      print(tour.section(only.get()), console);
      return;
    }
    print(tour.lead(), console);
    int sections = lecture.sections().size();
    BooleanSupplier goesOn = goesOn(tour, console);
    for (int number = 1; number <= sections; number++) {
      print(tour.section(number), console);
      if (number < sections && !goesOn.getAsBoolean()) {
        return;
      }
    }
  }

  /** Waits for Enter where a person reads, and tells whether more is wanted. */
  private static BooleanSupplier goesOn(LectureTour tour, Console console) {
    if (!Boolean.getBoolean(READER)) {
      return () -> true;
    }
    BufferedReader keys =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return () -> {
      console.out().printf("%n[%s] ", tour.prompt());
      console.out().flush();
      try {
        String answer = keys.readLine();
        return answer != null && !answer.strip().equalsIgnoreCase("q");
      } catch (IOException closed) {
        return false;
      }
    };
  }

  private static void print(List<String> lines, Console console) {
    lines.forEach(console.out()::println);
    console.out().flush();
  }

  private static void write(
      Settings settings, String language, Lecture.Data data, Console console) {
    String path = settings.required(OUT);
    if (!path.endsWith(".html")) {
      throw Settings.refusal(OUT, path, "the name of a page, FILE.html");
    }
    String json = json(language, data);
    try (OutputLocation place =
        OutputLocation.at(path, settings.flag(OVERWRITE), names -> names.length == 0)) {
      place.text(place.scratch(), out -> LecturePage.write(json, out));
      place.commit(place.scratch());
      String told = LectureTexts.of(language).ui("written").replace("{0}", place.shown());
      console.result("", told + System.lineSeparator());
    }
  }

  /** What {@code lecture.js} reads. */
  private static String json(String language, Lecture.Data data) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("language", language).put("version", Version.TEXT);
    for (String each : LectureTexts.LANGUAGES) {
      JsonNode texts = LectureTexts.of(each).all();
      root.withObject("/texts").set(each, texts);
    }
    ObjectNode numbers = root.putObject("data");
    put(numbers, "linear", data.linear());
    put(numbers, "quiz", data.quiz());
    put(numbers, "houses", data.houses());
    put(numbers, "diabetes", data.diabetes());
    ArrayNode features = numbers.putArray("features");
    data.features().forEach(features::add);
    return root.toString();
  }

  private static void put(ObjectNode in, String name, Points points) {
    ArrayNode numbers = in.putArray(name);
    for (double x : points.x()) {
      numbers.add(x);
    }
    for (double y : points.y()) {
      numbers.add(y);
    }
  }
}
