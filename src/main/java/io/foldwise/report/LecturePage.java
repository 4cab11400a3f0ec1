package io.foldwise.report;

import java.io.IOException;
import java.io.Writer;

/** The page of the lecture: {@code lecture.html} with its texts and data. */
public final class LecturePage {
  private LecturePage() {}

  /**
   * The texts of the lecture as JSON, one source for the page and the terminal.
   *
   * @param language en or ko
   */
  public static String texts(String language) {
    return PageTemplate.resource("lecture." + language + ".json");
  }

  /**
   * Writes the page.
   *
   * @param json texts and data, as {@code lecture.js} reads them
   */
  public static void write(String json, Writer out) throws IOException {
    PageTemplate.write("lecture.html", json, out);
  }
}
