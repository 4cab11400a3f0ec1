package io.foldwise.ml;

import java.util.Optional;

/**
 * A uid for an object whose superclass asks for it before its constructor can set it.
 *
 * <p>Params of spark.ml's traits are made while the superclass is constructed, each with the uid
 * that {@code uid()} returns then. Arguments of {@code this(...)} are evaluated before that: they
 * are the place to {@link #announce} a uid, which {@code uid()} gives until the field is set.
 */
final class PendingUid {
  private static final ThreadLocal<String> ANNOUNCED = new ThreadLocal<>();

  private PendingUid() {}

  static String announce(String uid) {
    ANNOUNCED.set(uid);
    return uid;
  }

  /** The field once it is set, else what was announced. */
  static String orElse(String field) {
    return Optional.ofNullable(field).orElseGet(ANNOUNCED::get);
  }

  static String taken(String uid) {
    ANNOUNCED.remove();
    return uid;
  }
}
