package io.foldwise.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** The page of a run: {@code page.html} with what the run found. */
public final class ReportPage {
  private static final String BEGIN = "<script type=\"application/json\" id=\"run\">";
  private static final String END = "</script>";

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @param json what the run found, as {@code page.js} reads it
   */
  public static void write(String json, Writer out) throws IOException {
    PageTemplate.write("page.html", json, out);
  }

  /** What a page that {@link #write} wrote was made from; empty if it was not. */
  public static Optional<String> data(String page) {
    int from = page.indexOf(BEGIN);
    int to = from < 0 ? -1 : page.indexOf(END, from);
    return to < 0 ? Optional.empty() : Optional.of(page.substring(from + BEGIN.length(), to));
  }
}
