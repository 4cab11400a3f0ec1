package io.foldwise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in which the name of a resource in double braces stands for its text, and {@code run} for
 * data as JSON.
 */
final class PageTemplate {
  private static final Pattern PLACE = Pattern.compile("/\\*\\{\\{([^}]+)}}\\*/|\\{\\{run}}");

  private PageTemplate() {}

  /** Writes a page with its data. */
  static void write(String template, String json, Writer out) throws IOException {
    String page = resource(template);
    Matcher place = PLACE.matcher(page);
    int from = 0;
    while (place.find()) {
      out.append(page, from, place.start());
      out.write(place.group(1) == null ? inScript(json) : resource(place.group(1)));
      from = place.end();
    }
    out.append(page, from, page.length());
  }

  /** JSON that cannot end the script it stands in, nor open a comment there. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }

  /** The text of a resource of this package. */
  static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name + ", which it was built with");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
