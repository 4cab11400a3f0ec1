package io.foldwise.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what Python writes for dicts, lists, tuples, texts, whole numbers, True, False and None: a
 * Map, a List, an {@code Object[]}, a String, a Long, a Boolean and null.
 */
final class PythonLiteral {

  /** A text that is no such literal. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Deeper than any type of NumPy. */
  private static final int DEEPEST = 32;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  static Object parse(String text) throws Malformed {
    PythonLiteral literal = new PythonLiteral(text);
    Object value = literal.value(0);
    literal.skipSpace();
    if (literal.at < text.length()) {
      throw literal.malformed();
    }
    return value;
  }

  private Object value(int depth) throws Malformed {
    skipSpace();
    if (depth > DEEPEST || at >= text.length()) {
      throw malformed();
    }
    char first = text.charAt(at);
    return switch (first) {
      case '{' -> dict(depth);
      case '[' -> items(']', depth);
      case '(' -> items(')', depth).toArray();
      case '\'', '"' -> quoted(first);
      default -> word();
    };
  }

  private Map<Object, Object> dict(int depth) throws Malformed {
    Map<Object, Object> dict = new LinkedHashMap<>();
    at++;
    while (!closes('}')) {
      Object key = value(depth + 1);
      if (!closes(':')) {
        throw malformed();
      }
      dict.put(key, value(depth + 1));
      comma('}');
    }
    return dict;
  }

  private List<Object> items(char end, int depth) throws Malformed {
    List<Object> items = new ArrayList<>();
    at++;
    while (!closes(end)) {
      items.add(value(depth + 1));
      comma(end);
    }
    return items;
  }

  /** Steps over a comma, which may be missing before the end alone. */
  private void comma(char end) throws Malformed {
    skipSpace();
    if (at >= text.length() || (!closes(',') && text.charAt(at) != end)) {
      throw malformed();
    }
  }

  private boolean closes(char expected) {
    skipSpace();
    boolean closes = at < text.length() && text.charAt(at) == expected;
    at += closes ? 1 : 0;
    return closes;
  }

  private String quoted(char quote) throws Malformed {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return out.toString();
      }
      if (c == '\\' && ++at < text.length()) {
        c = text.charAt(at);
      }
      out.append(c);
    }
    throw malformed();
  }

  private Object word() throws Malformed {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "True" -> {
        return true;
      }
      case "False" -> {
        return false;
      }
      case "None" -> {
        return null;
      }
      default -> {
        // Python 2 ends long numbers in L.
        String digits = word.endsWith("L") ? word.substring(0, word.length() - 1) : word;
        if (!digits.matches("-?\\d{1,18}")) {
          throw malformed();
        }
        return Long.valueOf(digits);
      }
    }
  }

  private static boolean isOfWord(char c) {
    return c == '-' || c == '_' || Character.isLetterOrDigit(c);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Malformed malformed() {
    return new Malformed("no Python literal at character " + at);
  }
}
