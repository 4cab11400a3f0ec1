package io.foldwise.input;

/**
 * Input that cannot be used: an option, a file or a cell. The message is one line that names what
 * is wrong, where, the bound, and what to do. The command line prints it and exits with status 2.
 */
public final class InvalidInputException extends RuntimeException {

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
