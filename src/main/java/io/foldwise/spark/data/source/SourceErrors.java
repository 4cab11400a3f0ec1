package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Turns what Spark throws over a bad file into one sentence. */
public final class SourceErrors {

  private static final int SHOWN_CHARACTERS = 300;

  /** The conditions of Spark that a task reports when a file fails it. */
  private static final String FAILED_FILE = "FAILED_READ_FILE";

  private SourceErrors() {}

  /** Runs a reading of a path; what the file is to blame for becomes a refusal. */
  public static <T> T named(String path, Callable<T> reading) {
    try {
      return reading.call();
    } catch (InvalidInputException refusal) {
      throw refusal;
    } catch (Exception failed) {
      throw refusal(path, failed);
    }
  }

  /** The refusal of a file that a job of Spark failed to read; nothing for any other failure. */
  public static Optional<InvalidInputException> ofFile(Throwable failed) {
    List<Throwable> chain = chain(failed);
    return chain.stream()
        .filter(cause -> cause instanceof SparkThrowable known && isOfFile(known))
        .findFirst()
        .map(cause -> unreadable((SparkThrowable) cause, chain.get(chain.size() - 1), failed));
  }

  private static boolean isOfFile(SparkThrowable known) {
    return known.getCondition() != null && known.getCondition().startsWith(FAILED_FILE);
  }

  /** The deepest cause says what is wrong, unless it says less than Spark does of a column. */
  private static InvalidInputException unreadable(
      SparkThrowable known, Throwable deepest, Throwable failed) {
    Map<String, String> said = known.getMessageParameters();
    String path = said.getOrDefault("path", "a file").replaceFirst("^[a-z]+:/+", "/");
    String what =
        said.containsKey("column")
            ? "column %s is of type %s there, not %s: write all files with one type"
                .formatted(said.get("column"), said.get("actualType"), said.get("expectedType"))
            : oneLine(deepest);
    return new InvalidInputException("'%s' cannot be read: %s".formatted(path, what), failed);
  }

  private static RuntimeException refusal(String path, Exception failed) {
    for (Throwable cause : chain(failed)) {
      if (cause instanceof InvalidInputException refusal) {
        return refusal;
      }
    }
    Optional<InvalidInputException> known = ofFile(failed);
    if (known.isPresent()) {
      return known.get();
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

  /** What an exception says, without Spark's codes before and behind it. */
  static String oneLine(Throwable cause) {
    String line =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName())
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "))
            .replaceFirst("^\\[[A-Z0-9_.]+\\] ", "")
            .replaceFirst("\\.? SQLSTATE: \\w+.*$", "");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
