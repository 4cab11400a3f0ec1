package io.foldwise.search;

/**
 * A run that was well stated and came to nothing; the command line exits with status 1. PySpark
 * knows it for an {@link ArithmeticException}.
 */
public final class SearchFailedException extends ArithmeticException {
  public SearchFailedException(String message) {
    super(message);
  }
}
