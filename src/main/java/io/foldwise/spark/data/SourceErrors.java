package io.foldwise.spark.data;

import io.foldwise.search.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;

/** Turns what Spark throws over a bad file into one line. */
final class SourceErrors {

  private static final int SHOWN_CHARACTERS = 300;

  private SourceErrors() {}

  /** Runs a reading of a path; what the file is to blame for becomes a refusal. */
  static <T> T named(String path, Callable<T> reading) {
    try {
      return reading.call();
    } catch (InvalidInputException refusal) {
      throw refusal;
    } catch (Exception failed) {
      throw refusal(path, failed);
    }
  }

  private static RuntimeException refusal(String path, Exception failed) {
    for (Throwable cause : chain(failed)) {
      if (cause instanceof InvalidInputException refusal) {
        return refusal;
      }
    }
    Optional<Throwable> deepest =
        chain(failed).stream().filter(SourceErrors::isOfFile).reduce((outer, inner) -> inner);
    if (deepest.isPresent()) {
      String line = oneLine(deepest.get());
      boolean named = line.contains(path);
      return new InvalidInputException(
          named ? line : "'" + path + "' cannot be read: " + line, failed);
    }
    return failed instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failed);
  }

  private static List<Throwable> chain(Throwable failed) {
    return Stream.iterate(failed, t -> t != null, Throwable::getCause).toList();
  }

  private static boolean isOfFile(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof AnalysisException
        || cause instanceof IllegalArgumentException
        || cause.getClass().getName().contains("parquet")
        || String.valueOf(cause.getMessage()).contains("is not a Parquet file");
  }

  private static String oneLine(Throwable cause) {
    String line =
        String.valueOf(cause.getMessage())
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
