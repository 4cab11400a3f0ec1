package io.foldwise.search.training;

import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Trials that have something in common.
 *
 * @param key what they have in common
 * @param indices the indices of the trials in the list they came in, ascending
 */
public record Grouped<K>(K key, List<Integer> indices) {
  /** All trials in groups, in the order of each group's first. */
  public static <K> List<Grouped<K>> by(List<Trial> trials, Function<Trial, K> key) {
    Map<K, List<Integer>> indices = new LinkedHashMap<>();
    for (int index = 0; index < trials.size(); index++) {
      indices.computeIfAbsent(key.apply(trials.get(index)), k -> new ArrayList<>()).add(index);
    }
    return indices.entrySet().stream().map(g -> new Grouped<>(g.getKey(), g.getValue())).toList();
  }
}
