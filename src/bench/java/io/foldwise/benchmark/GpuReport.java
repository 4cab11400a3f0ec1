package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The table, printed and written to its file line by line as results come. */
final class GpuReport {
  private final Path file;
  private final StringBuilder text = new StringBuilder();
  private boolean fine = true;

  private GpuReport(Path file) {
    this.file = file;
  }

  /**
   * An empty one.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  static GpuReport in(Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      Files.writeString(absolute, "");
    } catch (IOException unwritable) {
      throw new InvalidInputException(
          "'out' (%s) must be a file that can be written: %s".formatted(file, unwritable));
    }
    return new GpuReport(absolute);
  }

  void line(String line) {
    System.out.println(line);
    text.append(line).append('\n');
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** A table's first lines, after an empty one. */
  void table(String... columns) {
    line("");
    row(columns);
    line("|---".repeat(columns.length) + "|");
  }

  void row(String... cells) {
    line("| " + String.join(" | ", List.of(cells)) + " |");
  }

  /** A part of the check; what fails is a line here and ends nothing. */
  void attempt(String what, Measurement part) {
    attempt(part, why -> line("\n%s: **failed**, %s".formatted(what, why)));
  }

  /**
   * The same for a row or a cell. Whatever is thrown: Scala throws checked exceptions unannounced,
   * and what loads native code throws errors.
   *
   * @param otherwise is told in one line what went wrong
   */
  void attempt(Measurement work, Consumer<String> otherwise) {
    try {
      work.run();
    } catch (Throwable failed) {
      fail();
      otherwise.accept(failure(failed));
    }
  }

  /** From here on the check has failed. */
  void fail() {
    fine = false;
  }

  boolean isFine() {
    return fine;
  }

  String text() {
    return text.toString();
  }

  /** What was met, in a word. */
  String verdict(boolean met) {
    if (!met) {
      fail();
    }
    return met ? "yes" : "**no**";
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  static String ratio(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3g", value);
  }

  static String difference(double relative) {
    return String.format(Locale.ROOT, "%.1e", relative);
  }

  static String mebibytes(OptionalLong mebibytes) {
    return mebibytes.isPresent() ? "%,d".formatted(mebibytes.getAsLong()) : "not known";
  }

  /** What went wrong, in one line that a cell can hold. */
  static String failure(Throwable failed) {
    String message = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    return (failed.getClass().getSimpleName() + ": " + message).replace('|', '/');
  }
}
