package io.foldwise.spark.data.source;

import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.Numeral;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A row of a LIBSVM file: {@code label index:value index:value … # comment}, indices ascending from
 * 1, every number finite. A {@code qid:n} after the label is skipped, as scikit-learn's
 * load_svmlight_file does; an entry of value 0 is left out.
 */
final class LibsvmLine {

  /** The pattern of a line that is neither blank nor a comment, for Java and Spark alike. */
  static final String ROW = "^\\uFEFF?\\s*[^#\\s\\uFEFF]";

  private static final Pattern ROW_PATTERN = Pattern.compile(ROW);
  private static final String SPACES = " \t\f\u000B\r\uFEFF";

  /** A line that is no row; the message, the middle of a line, says why. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final Dimensions dimensions;
  private final double label;
  private final int[] indices;
  private final double[] values;
  private int entries;
  private int last;

  private LibsvmLine(String line, Dimensions dimensions) throws Malformed {
    this.dimensions = dimensions;
    List<String> words = words(line);
    this.label = number(words.get(0), "the label");
    this.indices = new int[words.size()];
    this.values = new double[words.size()];
    boolean query = words.size() > 1 && words.get(1).startsWith("qid:");
    for (String entry : words.subList(query ? 2 : 1, words.size())) {
      add(entry);
    }
  }

  static boolean isRow(String line) {
    return ROW_PATTERN.matcher(line).find();
  }

  /** Reads a row whose indices are at most d. */
  static LibsvmLine parse(String line, Dimensions dimensions) throws Malformed {
    return new LibsvmLine(line, dimensions);
  }

  double label() {
    return label;
  }

  /** The largest index, an entry of value 0 included; 0 where there is none. */
  int largest() {
    return last;
  }

  Vector features() {
    return Vectors.sparse(
        dimensions.d(), Arrays.copyOf(indices, entries), Arrays.copyOf(values, entries));
  }

  private static List<String> words(String line) {
    int comment = line.indexOf('#');
    StringTokenizer words =
        new StringTokenizer(comment < 0 ? line : line.substring(0, comment), SPACES);
    List<String> found = new ArrayList<>();
    while (words.hasMoreTokens()) {
      found.add(words.nextToken());
    }
    return found;
  }

  private void add(String entry) throws Malformed {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      throw new Malformed("'%s' is not index:value".formatted(RowSearch.shortened(entry)));
    }
    int index = index(entry.substring(0, colon));
    double value = number(entry.substring(colon + 1), "the value of index " + index);
    last = index;
    if (value != 0) {
      indices[entries] = index - 1;
      values[entries++] = value;
    }
  }

  private int index(String word) throws Malformed {
    long index = whole(word);
    if (index < 1) {
      throw new Malformed(
          "index %d: indices begin at 1: add 1 to all where they begin at 0".formatted(index));
    }
    if (index <= last) {
      throw new Malformed(
          "index %d stands after %d: the indices of a line must ascend".formatted(index, last));
    }
    if (index > dimensions.d()) {
      throw new Malformed(dimensions.refusal(index));
    }
    return (int) index;
  }

  private static long whole(String word) throws Malformed {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException other) {
      throw new Malformed("index '%s' is not a whole number".formatted(RowSearch.shortened(word)));
    }
  }

  private static double number(String word, String what) throws Malformed {
    double number =
        Numeral.of(word)
            .orElseThrow(
                () ->
                    new Malformed(
                        "%s is '%s', which is not a number"
                            .formatted(what, RowSearch.shortened(word))));
    if (!Double.isFinite(number)) {
      throw new Malformed("%s is %s, not finite".formatted(what, word));
    }
    return number;
  }
}
