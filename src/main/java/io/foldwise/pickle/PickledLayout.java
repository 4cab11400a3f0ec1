package io.foldwise.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pickle holds, with the values of its NumPy arrays still in the file.
 *
 * @param arrays by name, in the file's order; see {@link PickleReader} for the names
 * @param leftOut names of entries that hold no numbers, and what they hold instead
 */
public record PickledLayout(Map<String, StoredArray> arrays, Map<String, String> leftOut) {

  /** The name of an array that the file does not name. */
  public static final String NAMELESS = "";

  public PickledLayout {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }
}
