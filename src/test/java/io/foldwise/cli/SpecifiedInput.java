package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * An input, and what the command line makes of it: what it reads, or the one line that refuses it.
 *
 * @param what the input, in a sentence that ends with what happens to it
 * @param files writes the input into an empty folder
 * @param command the words of the command line; {@code FOLDER} in them and in {@code says} stands
 *     for that folder
 * @param status the exit status
 * @param says what is printed: of a refusal the whole line, of a success each text that the output
 *     or the notes contain
 */
record SpecifiedInput(String what, Files files, String[] command, int status, String... says) {

  /** Writes files into a folder. */
  interface Files {
    void into(Path folder) throws Exception;
  }

  /** An input that is read. */
  static SpecifiedInput read(String what, Files files, String command, String... says) {
    return new SpecifiedInput(what, files, command.split(" "), 0, says);
  }

  /** An input that is refused, with status 2. */
  static SpecifiedInput refused(String what, Files files, String command, String line) {
    return new SpecifiedInput(what, files, command.split(" "), 2, line);
  }

  /** A text file. */
  static Files text(String name, String text) {
    return folder -> java.nio.file.Files.writeString(folder.resolve(name), text);
  }

  void check(Path folder) throws Exception {
    files.into(folder);
    Object[] words =
        Arrays.stream(command).map(word -> word.replace("FOLDER", folder.toString())).toArray();
    Outcome outcome = Outcome.of(words);
    if (status != 0) {
      outcome.assertRefused(status, says[0].replace("FOLDER", folder.toString()));
      return;
    }
    assertEquals(0, outcome.status(), outcome.err());
    for (String text : says) {
      String expected = text.replace("FOLDER", folder.toString());
      assertTrue(
          (outcome.out() + outcome.err()).contains(expected),
          () -> "'" + expected + "' is not in:\n" + outcome.out() + outcome.err());
    }
  }

  @Override
  public String toString() {
    return what;
  }
}
