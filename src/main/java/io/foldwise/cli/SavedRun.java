package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The folder of a run that was written earlier.
 *
 * @param given the path as the person wrote it
 */
record SavedRun(String given) {
  private static final String OPTION = "DIR";

  /** The text of a file of the run. */
  String text(String name) {
    InputFile file = InputFile.of(OPTION, given).orWithin(name);
    if (!file.isFile()) {
      throw refusal("must be the folder of a run, with " + name + " in it");
    }
    try (InputStream in = file.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw InputFile.unreadable(OPTION, given, failed);
    }
  }

  /** What result.json holds. */
  JsonNode result() {
    try {
      JsonNode result = new ObjectMapper().readTree(text(RunFolder.RESULT));
      if (!result.path("chosen").isObject() || !result.path("repeats").isObject()) {
        throw refusal("holds a result.json that foldwise did not write");
      }
      return result;
    } catch (JsonProcessingException bad) {
      throw refusal("holds a result.json that is not JSON, line " + bad.getLocation().getLineNr());
    }
  }

  InvalidInputException refusal(String what) {
    return new InvalidInputException("'%s' (%s) %s".formatted(OPTION, given, what));
  }
}
