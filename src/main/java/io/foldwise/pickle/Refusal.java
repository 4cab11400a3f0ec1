package io.foldwise.pickle;

/**
 * A reason, in one line, not to read on; {@link PickleReader} turns it into the public exception.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 80;

  Refusal(String message) {
    super(message);
  }

  /** A name from the file, fit for a line: no control characters, at most 80 characters. */
  static String quote(String name) {
    String line = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return "'"
        + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line)
        + "'";
  }
}
