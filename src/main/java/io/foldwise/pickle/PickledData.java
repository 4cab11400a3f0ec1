package io.foldwise.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers that a pickle holds, all in memory; texts are left out.
 *
 * @param arrays the arrays by name, in the file's order; see {@link PickleReader} for the names
 */
public record PickledData(Map<String, NdArray> arrays) {

  public PickledData {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
