package io.foldwise.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pickle holds, with all values in memory.
 *
 * @param arrays by name, in the file's order; see {@link PickleReader} for the names
 */
public record PickledData(Map<String, NdArray> arrays) {

  public PickledData {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
