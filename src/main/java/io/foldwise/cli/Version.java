package io.foldwise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build, which Maven writes into a file beside this class. */
final class Version {
  static final String TEXT = read();

  private Version() {}

  private static String read() {
    try (InputStream file =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
