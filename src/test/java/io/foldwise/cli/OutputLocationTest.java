package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLocationTest {
  @TempDir Path folder;

  private OutputLocation place(String mode) {
    String target = folder.resolve("run").toString();
    return OutputLocation.at(target, mode.equals("--overwrite"), names -> true);
  }

  private static void write(OutputLocation place, String text) throws IOException {
    Path scratch = Path.of(place.scratch().toUri().getPath());
    Files.writeString(Files.createDirectories(scratch).resolve("result.json"), text);
  }

  private void assertHolds(String text) throws IOException {
    assertEquals(text, Files.readString(folder.resolve("run/result.json")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("run")), left.toList());
    }
  }

  @Test
  void whoComesLaterIsRefused() throws IOException {
    try (OutputLocation first = place("");
        OutputLocation second = place("")) {
      write(first, "first");
      write(second, "second");
      first.commit(first.scratch());
      String message =
          assertThrows(InvalidInputException.class, () -> second.commit(second.scratch()))
              .getMessage();
      assertTrue(message.endsWith("exists: choose another or add --overwrite"), message);
    }
    assertHolds("first");
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    try (OutputLocation place = place("")) {
      write(place, "first");
      place.commit(place.scratch());
    }
    assertHolds("first");
  }

  @Test
  void whatCannotBeReplacedStays() throws IOException {
    try (OutputLocation first = place("")) {
      write(first, "first");
      first.commit(first.scratch());
    }
    try (OutputLocation second = place("--overwrite")) {
      assertThrows(UncheckedIOException.class, () -> second.commit(second.scratch()));
    }
    assertHolds("first");
    try (OutputLocation third = place("--overwrite")) {
      write(third, "third");
      third.commit(third.scratch());
    }
    assertHolds("third");
  }
}
