package io.foldwise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a run: {@code page.html}, in which the name of a resource in double braces stands for
 * its text, and {@code run} for what the run found.
 */
public final class ReportPage {
  private static final Pattern PLACE = Pattern.compile("/\\*\\{\\{([^}]+)}}\\*/|\\{\\{run}}");

  private static final String BEGIN = "<script type=\"application/json\" id=\"run\">";
  private static final String END = "</script>";

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @param json what the run found, as {@code page.js} reads it
   */
  public static void write(String json, Writer out) throws IOException {
    String page = resource("page.html");
    Matcher place = PLACE.matcher(page);
    int from = 0;
    while (place.find()) {
      out.append(page, from, place.start());
      out.write(place.group(1) == null ? inScript(json) : resource(place.group(1)));
      from = place.end();
    }
    out.append(page, from, page.length());
  }

  /** What a page that {@link #write} wrote was made from; empty if it was not. */
  public static Optional<String> data(String page) {
    int from = page.indexOf(BEGIN);
    int to = from < 0 ? -1 : page.indexOf(END, from);
    return to < 0 ? Optional.empty() : Optional.of(page.substring(from + BEGIN.length(), to));
  }

  /** JSON that cannot end the script it stands in, nor open a comment there. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name + ", which it was built with");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
