package io.foldwise.spark.engine.rows;

import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Trials that have something in common.
 *
 * @param key what that is
 * @param places of the trials in the list they came in, ascending
 */
public record Grouped<K>(K key, List<Integer> places) {
  /** All trials in groups, in the order of each group's first. */
  public static <K> List<Grouped<K>> by(List<Trial> trials, Function<Trial, K> key) {
    Map<K, List<Integer>> places = new LinkedHashMap<>();
    for (int place = 0; place < trials.size(); place++) {
      places.computeIfAbsent(key.apply(trials.get(place)), k -> new ArrayList<>()).add(place);
    }
    return places.entrySet().stream().map(g -> new Grouped<>(g.getKey(), g.getValue())).toList();
  }
}
