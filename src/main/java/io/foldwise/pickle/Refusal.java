package io.foldwise.pickle;

/**
 * A reason, in one line, not to read on; {@link PickleReader} turns it into the public exception.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 80;

  private final boolean ofValue;

  /** A reason to read nothing of the file: it is damaged, or too much for the memory. */
  Refusal(String message) {
    this(message, false);
  }

  private Refusal(String message, boolean ofValue) {
    super(message);
    this.ofValue = ofValue;
  }

  /** A reason to leave out one value, as what follows its name: {@code is ragged: row 1 …}. */
  static Refusal ofValue(String predicate) {
    return new Refusal(predicate, true);
  }

  /** Whether all other values of the file can be read. */
  boolean isOfValue() {
    return ofValue;
  }

  /** A name from the file, fit for a line: no control characters, at most 80 characters. */
  static String quote(String name) {
    String line = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return "'"
        + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line)
        + "'";
  }
}
