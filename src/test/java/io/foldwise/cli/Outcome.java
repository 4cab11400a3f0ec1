package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What the command line did: its exit status, standard output and standard error. */
record Outcome(int status, String out, String err) {

  /** Runs a command in this JVM, on the session that the tests share. */
  static Outcome of(Object... words) {
    TestSpark.session();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    int status = Main.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Outcome(status, out.toString(), err.toString());
  }

  /** Asserts that all it did was to print one line and exit with a status. */
  void assertRefused(int expected, String line) {
    assertEquals("foldwise: " + line + System.lineSeparator(), err);
    assertEquals("", out);
    assertEquals(expected, status);
  }

  /** Asserts success and gives this back. */
  Outcome succeeded() {
    assertEquals("", err);
    assertEquals(0, status);
    return this;
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
