package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Huber;
import io.foldwise.search.SearchFailedException;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** Whose fault an exception is goes by its type, whoever threw it. */
final class FailureTest {
  private static void assertSays(int status, String message, Throwable failure) {
    Failure said = Failure.of(failure);
    assertEquals(message, said.message());
    assertEquals(status, said.status());
  }

  @Test
  void aRefusalIsBadInputHoweverDeepItLies() {
    assertSays(2, "'x' is bad", new InvalidInputException("'x' is bad"));
    Throwable inATask =
        new SparkException("a task failed", new InvalidInputException("'x' is bad"));
    assertSays(2, "'x' is bad", new RuntimeException(inATask));
    try {
      new Huber(-1);
    } catch (InvalidInputException refused) {
      assertSays(2, "'delta' (-1.0) must be a number > 0", refused);
    }
  }

  @Test
  void aSearchThatFindsNothingFailed() {
    assertSays(1, "all diverged", new SearchFailedException("all diverged"));
  }

  @Test
  void anExceptionOfOursThatIsNoRefusalIsAFaultOfOurs() {
    assertSays(
        1,
        "this is a fault of foldwise, not of your input (IllegalArgumentException: n < 0): please report it with the stack trace that --verbose prints",
        new IllegalArgumentException("n < 0"));
  }

  @Test
  void anExceptionOfALibraryIsNamed() {
    IndexOutOfBoundsException thrown = null;
    try {
      List.of().get(1);
    } catch (IndexOutOfBoundsException caught) {
      thrown = caught;
    }
    assertSays(
        1,
        "ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 0; run again with --verbose for the stack trace",
        thrown);
  }
}
