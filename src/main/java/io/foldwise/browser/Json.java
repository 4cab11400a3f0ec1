package io.foldwise.browser;

import java.util.List;
import java.util.function.Consumer;

/** Writes JSON of names that need no escape and of numbers; what is no number is null. */
final class Json {
  private final StringBuilder text = new StringBuilder();

  /** Opens an object with its first field. */
  Json open(String name, String value) {
    text.append('{');
    return quoted(name).colon().quoted(value);
  }

  Json close() {
    text.append('}');
    return this;
  }

  Json text(String name, String value) {
    return next(name).quoted(value);
  }

  Json number(String name, double value) {
    return next(name).number(value);
  }

  Json numbers(String name, double[] values) {
    next(name);
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",");
      number(values[i]);
    }
    text.append(']');
    return this;
  }

  /** A field whose value is written by others. */
  Json field(String name, Runnable value) {
    next(name);
    value.run();
    return this;
  }

  <T> void list(List<T> all, Consumer<T> each) {
    text.append('[');
    for (int i = 0; i < all.size(); i++) {
      text.append(i == 0 ? "" : ",");
      each.accept(all.get(i));
    }
    text.append(']');
  }

  private Json next(String name) {
    text.append(',');
    return quoted(name).colon();
  }

  private Json colon() {
    text.append(':');
    return this;
  }

  private Json quoted(String value) {
    text.append('"').append(value).append('"');
    return this;
  }

  private Json number(double value) {
    text.append(Double.isFinite(value) ? Double.toString(value) : "null");
    return this;
  }

  String text() {
    return text.toString();
  }
}
