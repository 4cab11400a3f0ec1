package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.SearchFailedException;
import io.foldwise.spark.data.source.SourceErrors;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;

/**
 * What a person is told of an exception: one line and an exit status.
 *
 * @param status 1 where the run failed, 2 where usage or data are bad
 * @param message the message without the leading {@code foldwise: }
 * @param cause the exception; null where there is none
 */
record Failure(int status, String message, Throwable cause) {
  private static final int RUN_FAILED = 1;
  private static final int BAD_INPUT = 2;

  /** What Spark says in exceptions of no class of their own, and what that means. */
  private static final Map<String, String> OF_SPARK =
      Map.of(
          "stopped SparkContext",
          "Spark lost its cluster or never reached it: check --master and the master's log",
          "bigger than spark.driver.maxResultSize",
          "the tasks send back more than the driver takes: raise that with"
              + " --conf spark.driver.maxResultSize=4g before the command",
          "Kryo serialization failed: Buffer overflow",
          "a task sends back more than Kryo's buffer holds: raise that with"
              + " --conf spark.kryoserializer.buffer.max=1g before the command");

  private static final String OUT_OF_MEMORY =
      "out of memory: give more with --driver-memory before the command";

  /** The first cause in the chain that a user can act on; of our own exceptions before others. */
  static Failure of(Throwable failure) {
    List<Throwable> chain = Stream.iterate(failure, t -> t != null, Throwable::getCause).toList();
    return Stream.<Function<Throwable, Optional<Failure>>>of(Failure::ours, Failure::others)
        .flatMap(reading -> chain.stream().map(reading))
        .flatMap(Optional::stream)
        .findFirst()
        .map(found -> new Failure(found.status(), found.message(), failure))
        .orElseGet(() -> unexpected(failure));
  }

  private static Optional<Failure> ours(Throwable cause) {
    if (cause instanceof ShellCommand.ScriptFailedException script) {
      return Optional.of(new Failure(script.status(), script.getMessage(), cause));
    }
    boolean bad = cause instanceof InvalidInputException;
    return bad || cause instanceof SearchFailedException
        ? Optional.of(new Failure(bad ? BAD_INPUT : RUN_FAILED, cause.getMessage(), cause))
        : Optional.empty();
  }

  private static Optional<Failure> others(Throwable cause) {
    Optional<InvalidInputException> unreadable = SourceErrors.ofFile(cause);
    if (unreadable.isPresent()) {
      return Optional.of(new Failure(BAD_INPUT, unreadable.get().getMessage(), cause));
    }
    if (cause instanceof AnalysisException) {
      return Optional.of(new Failure(BAD_INPUT, cause.getMessage(), cause));
    }
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(new Failure(RUN_FAILED, OUT_OF_MEMORY, cause));
    }
    String said = String.valueOf(cause.getMessage());
    return OF_SPARK.keySet().stream()
        .filter(said::contains)
        .findFirst()
        .map(words -> new Failure(RUN_FAILED, OF_SPARK.get(words), cause));
  }

  private static Failure unexpected(Throwable failure) {
    String what =
        "%s: %s".formatted(failure.getClass().getSimpleName(), firstLine(failure.getMessage()));
    String message =
        isOurFault(failure)
            ? "this is a fault of foldwise, not of your input (%s): please report it with the stack trace that --verbose prints"
                .formatted(what)
            : what + "; run again with --verbose for the stack trace";
    return new Failure(RUN_FAILED, message, failure);
  }

  /** Whether our own code threw an exception that is no refusal. */
  private static boolean isOurFault(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("io.foldwise.");
  }

  /** Prints the failure and returns the status. */
  int print(PrintWriter err, boolean traced) {
    err.println("foldwise: " + line());
    if (traced && cause != null) {
      cause.printStackTrace(err);
    }
    err.flush();
    return status;
  }

  /** The message in one line. */
  String line() {
    return firstLine(message);
  }

  private static String firstLine(String text) {
    return String.valueOf(text).strip().lines().findFirst().orElse("");
  }
}
