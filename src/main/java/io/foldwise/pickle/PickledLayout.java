package io.foldwise.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a pickle holds, with the values of its NumPy arrays still in the file.
 *
 * @param arrays the arrays by name, in the file's order; see {@link PickleReader} for the names
 * @param leftOut the names of collections and objects that are not read, and why, as what follows
 *     the name: {@code is ragged: …}
 * @param notes the names of what stands beside data (a text, None, a dict) and what it is: {@code
 *     is a text}
 * @param bare the number of columns, d ≥ 2, where the file holds one array without names; else 0
 */
public record PickledLayout(
    Map<String, StoredArray> arrays,
    Map<String, String> leftOut,
    Map<String, String> notes,
    int bare) {

  /** The name of an array that the file does not name. */
  public static final String NAMELESS = "";

  public PickledLayout {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /**
   * This layout, in which the columns of an array without a name have these, if they are as many.
   */
  public PickledLayout naming(List<String> names) {
    StoredArray nameless = arrays.get(NAMELESS);
    if (nameless == null || nameless instanceof Table || nameless.columns() != names.size()) {
      return this;
    }
    Map<String, StoredArray> named = new LinkedHashMap<>(arrays);
    named.put(NAMELESS, new Table("array", names, List.of(nameless), 0, nameless.rows()));
    return new PickledLayout(named, leftOut, notes, 0);
  }

  /**
   * The names of the columns of an array: its own where there is one column, else x0, x1, …, x{d−1}
   * where it is x. Those of a nameless array are x0, …, x{d−2}, and the last is y.
   */
  public static List<String> columns(String name, int d) {
    boolean nameless = name.equals(NAMELESS);
    if (d == 1 && !nameless) {
      return List.of(name);
    }
    String prefix = nameless ? "x" : name;
    List<String> names = new ArrayList<>(IntStream.range(0, d).mapToObj(i -> prefix + i).toList());
    if (nameless && d > 1) {
      names.set(d - 1, "y");
    }
    return names;
  }
}
