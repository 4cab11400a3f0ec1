package io.foldwise.pickle;

import java.io.IOException;

/**
 * A pickle that is damaged, or holds what is not read. The message is one line, says where (a byte
 * offset or the name of an array) and what to do, and leaves it to the caller to name the file.
 */
public final class UnreadablePickleException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadablePickleException(String message, Throwable cause) {
    super(message, cause);
  }
}
