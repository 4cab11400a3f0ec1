package io.foldwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.lecture.Picture;
import io.foldwise.lecture.Section;
import io.foldwise.lecture.TextPlot;
import io.foldwise.lecture.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** The lecture in a terminal: each section with its picture as text. */
final class LectureTour {
  private static final int WIDTH = 78;

  private final LectureTexts texts;
  private final List<Section> sections;

  LectureTour(LectureTexts texts, List<Section> sections) {
    this.texts = texts;
    this.sections = sections;
  }

  /** The lines that come before the first section. */
  List<String> lead() {
    List<String> lines = new ArrayList<>(List.of(texts.title(), ""));
    texts.all().get("lead").forEach(text -> lines.addAll(wrapped(text.asText())));
    lines.addAll(wrapped(texts.ui("still")));
    return lines;
  }

  /** What asks for Enter between sections. */
  String prompt() {
    return texts.ui("next");
  }

  /** The lines of a section, counted from 1. */
  List<String> section(int number) {
    Section section = sections.get(number - 1);
    JsonNode told = texts.section(section.key());
    String heading = number + ". " + told.get("title").asText();
    List<String> lines = new ArrayList<>(List.of("", heading, "─".repeat(TextWidth.of(heading))));
    told.get("text").forEach(text -> lines.addAll(wrapped(text.asText())));
    if (told.has("lines")) {
      lines.addAll(code(told));
    }
    Picture picture = section.first();
    for (Picture.Panel panel : picture.panels()) {
      lines.add("");
      lines.add("  " + told.get("panels").get(panel.key()).asText());
      lines.addAll(TextPlot.lines(panel, texts::name));
    }
    lines.add("");
    picture.facts().forEach(fact -> lines.addAll(wrapped(texts.sentence(told, fact))));
    if (section.key().equals("quiz")) {
      lines.addAll(wrapped(texts.ui("deviceTerminal")));
    }
    lines.add("");
    lines.add("  " + told.get("command").asText());
    if (told.has("more")) {
      lines.add("  " + told.get("more").asText());
    }
    return lines;
  }

  /** The three loops, step by step. */
  private static List<String> code(JsonNode told) {
    List<String> lines = new ArrayList<>();
    for (JsonNode row : told.get("lines")) {
      lines.add("");
      lines.add("  " + row.get(0).asText());
      for (int column = 1; column < row.size(); column++) {
        String indent = "    %-9s".formatted(told.get("heads").get(column).asText());
        for (String line : row.get(column).asText().lines().toList()) {
          lines.add(indent + line);
          indent = " ".repeat(indent.length());
        }
      }
    }
    return lines;
  }

  private static List<String> wrapped(String text) {
    return TextWidth.wrapped(text, WIDTH);
  }
}
