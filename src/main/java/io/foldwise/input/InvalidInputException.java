package io.foldwise.input;

/**
 * Input that cannot be used: an option, a file or a cell. The message is one line that names what
 * is wrong, where, the bound, and what to do. The command line prints it and exits with status 2;
 * spark.ml and PySpark know it for the {@link IllegalArgumentException} that they throw themselves.
 */
public final class InvalidInputException extends IllegalArgumentException {

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
