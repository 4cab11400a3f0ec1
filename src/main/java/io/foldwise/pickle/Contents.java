package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a pickle held into named arrays; see {@link PickleReader} for the names. */
final class Contents {

  private static final List<String> PAIR = List.of("train", "test");
  private static final List<String> TRIPLE = List.of("train", "valid", "test");

  private final Sequences sequences;
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  private Contents(Sequences sequences) {
    this.sequences = sequences;
  }

  static PickledLayout of(Object root, ByteSource file, Budget budget) throws IOException {
    Contents contents = new Contents(new Sequences(file, budget));
    contents.name(root);
    return new PickledLayout(contents.arrays, contents.leftOut);
  }

  private void name(Object root) throws IOException {
    if (root instanceof Map<?, ?> dict) {
      for (Map.Entry<?, ?> entry : dict.entrySet()) {
        put((String) entry.getKey(), entry.getValue());
      }
    } else if (Sequences.isSequence(root)) {
      nameParts(Sequences.items(root), root);
    } else {
      put(PickledLayout.NAMELESS, root);
    }
  }

  private void nameParts(List<?> parts, Object whole) throws IOException {
    boolean split = parts.size() == 2 || parts.size() == 3;
    if (split && parts.stream().allMatch(Contents::isPair)) {
      nameSplits(parts, parts.size() == 2 ? PAIR : TRIPLE);
    } else if (parts.size() == 2 && parts.stream().allMatch(Sequences::isCollection)) {
      putAll(List.of("x", "y"), parts);
    } else if (parts.size() > 1 && parts.stream().anyMatch(PickledArray.class::isInstance)) {
      List<StoredArray> stored = new ArrayList<>();
      for (Object part : parts) {
        stored.add(sequences.array(part));
      }
      putAll(names(stored), parts);
    } else {
      put(PickledLayout.NAMELESS, parts.size() == 1 ? parts.get(0) : whole);
    }
  }

  /** Whether it is (x, y): two collections, of which no list of two numbers is taken for one. */
  private static boolean isPair(Object part) {
    return Sequences.isSequence(part)
        && Sequences.items(part).size() == 2
        && Sequences.items(part).stream().allMatch(Sequences::isCollection);
  }

  private void nameSplits(List<?> pairs, List<String> splits) throws IOException {
    for (int i = 0; i < pairs.size(); i++) {
      String split = splits.get(i);
      putAll(List.of("x_" + split, "y_" + split), Sequences.items(pairs.get(i)));
    }
  }

  private static List<String> names(List<StoredArray> parts) {
    int[] n = parts.stream().mapToInt(StoredArray::rows).toArray();
    if (n.length == 4 && n[0] == n[1] && n[2] == n[3] && n[0] != n[2]) {
      return List.of("x_train", "y_train", "x_test", "y_test");
    }
    if (n.length == 4 && n[0] == n[2] && n[1] == n[3] && n[0] != n[1]) {
      return List.of("x_train", "x_test", "y_train", "y_test");
    }
    List<String> names = new ArrayList<>(Arrays.asList("x", "y"));
    for (int i = 2; i < n.length; i++) {
      names.add("array" + i);
    }
    return names;
  }

  private void putAll(List<String> names, List<?> values) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      put(names.get(i), values.get(i));
    }
  }

  private void put(String name, Object value) throws IOException {
    if (Sequences.isText(value)) {
      leftOut.put(name, "text");
      return;
    }
    try {
      arrays.put(name, sequences.array(value));
    } catch (Refusal e) {
      String subject = name.isEmpty() ? "what the file holds" : Refusal.quote(name);
      throw new Refusal(subject + " " + e.getMessage());
    }
  }
}
