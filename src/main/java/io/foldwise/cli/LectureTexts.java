package io.foldwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.lecture.Picture;
import io.foldwise.report.LecturePage;
import io.foldwise.search.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The texts of the lecture in a language. */
record LectureTexts(JsonNode all) {
  static final List<String> LANGUAGES = List.of("en", "ko");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static LectureTexts of(String language) {
    try {
      return new LectureTexts(MAPPER.readTree(LecturePage.texts(language)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String title() {
    return all.get("title").asText();
  }

  /** A text of the surroundings. */
  String ui(String key) {
    return all.get("ui").get(key).asText();
  }

  /** The name of an axis or a series. */
  String name(String key) {
    return all.get("names").path(key).asText(key);
  }

  JsonNode section(String key) {
    return all.get("sections").get(key);
  }

  /** A sentence with its numbers. */
  String sentence(JsonNode section, Picture.Fact fact) {
    String text = section.get("facts").get(fact.key()).asText();
    for (int i = 0; i < fact.values().length; i++) {
      text = text.replace("{" + i + "}", Figures.brief(fact.values()[i]));
      text = text.replace("{" + i + "!}", Double.toString(fact.values()[i]));
    }
    return text.replace("{polynomial}", polynomial(fact.values()));
  }

  private static String polynomial(double[] coefficients) {
    List<String> terms = new ArrayList<>();
    for (int power = 0; power < coefficients.length; power++) {
      String size = Figures.brief(Math.abs(coefficients[power]));
      String sign = coefficients[power] < 0 ? "- " : power == 0 ? "" : "+ ";
      terms.add(sign + size + (power == 0 ? "" : power == 1 ? " x" : " x^" + power));
    }
    return String.join(" ", terms);
  }
}
