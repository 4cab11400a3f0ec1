package io.foldwise.ml.tuning;

/** Why a search goes to MLlib's own tuning: the message completes "because ...". */
final class NotFusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotFusedException(String reason) {
    super(reason);
  }
}
