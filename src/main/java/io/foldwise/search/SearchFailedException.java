package io.foldwise.search;

/** A run that was well stated and came to nothing; the command line exits with status 1. */
public final class SearchFailedException extends RuntimeException {
  public SearchFailedException(String message) {
    super(message);
  }
}
