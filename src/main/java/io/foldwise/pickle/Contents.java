package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what a pickle held into named arrays; see {@link PickleReader} for the names. */
final class Contents {

  private static final List<String> PAIR = List.of("train", "test");
  private static final List<String> TRIPLE = List.of("train", "valid", "test");

  private final Sequences sequences;
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private int bare;

  private Contents(Sequences sequences) {
    this.sequences = sequences;
  }

  static PickledLayout of(Object root, ByteSource file, Budget budget) throws IOException {
    Contents contents = new Contents(new Sequences(file, budget));
    contents.name(root);
    return new PickledLayout(contents.arrays, contents.leftOut, contents.notes, contents.bare);
  }

  private void name(Object root) throws IOException {
    if (root instanceof Map<?, ?> dict) {
      nameEntries(dict);
    } else if (Sequences.isSequence(root)) {
      nameParts(Sequences.items(root), root);
    } else if (root instanceof Unread unread) {
      throw new Refusal(unread.refusal());
    } else {
      put(PickledLayout.NAMELESS, root);
    }
  }

  private void nameEntries(Map<?, ?> dict) throws IOException {
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      String key = (String) entry.getKey();
      if (arrays.containsKey(key) || leftOut.containsKey(key) || notes.containsKey(key)) {
        throw new Refusal(
            "several dicts have the key "
                + Refusal.quote(key)
                + ": save one dict, with keys such as 'x_train' and 'x_test'");
      }
      put(key, entry.getValue());
    }
  }

  /** A list of rows is one table; a tuple of arrays, or of dicts, may hold notes beside them. */
  private void nameParts(List<?> parts, Object whole) throws IOException {
    List<Object> data = new ArrayList<>();
    List<Map<?, ?>> dicts = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Map<?, ?> dict) {
        dicts.add(dict);
      } else if (Sequences.isCollection(part) || part instanceof Unread) {
        data.add(part);
      }
    }
    if (data.isEmpty() && !dicts.isEmpty()) {
      leaveOut(parts, dicts);
      for (Map<?, ?> dict : dicts) {
        nameEntries(dict);
      }
    } else if (isTuple(data)) {
      leaveOut(parts, data);
      nameArrays(data);
    } else {
      put(PickledLayout.NAMELESS, parts.size() == 1 ? parts.get(0) : whole);
    }
  }

  /** Whether the parts are arrays rather than the rows of one. */
  private static boolean isTuple(List<Object> data) {
    return data.size() == 2
        || (data.size() == 3 && data.stream().allMatch(Contents::isPair))
        || data.stream().anyMatch(part -> !Sequences.isSequence(part));
  }

  private void leaveOut(List<?> parts, List<?> kept) {
    Set<Object> data = Collections.newSetFromMap(new IdentityHashMap<>());
    data.addAll(kept);
    for (int i = 0; i < parts.size(); i++) {
      Object part = parts.get(i);
      if (!data.contains(part)) {
        notes.put("part " + (i + 1), "is " + Sequences.kind(part));
      }
    }
  }

  private void nameArrays(List<Object> data) throws IOException {
    boolean split = data.size() == 2 || data.size() == 3;
    if (data.stream().allMatch(Unread.class::isInstance)) {
      name(data.get(0));
    } else if (split && data.stream().allMatch(Contents::isPair)) {
      nameSplits(data, data.size() == 2 ? PAIR : TRIPLE);
    } else {
      putAll(data.size() == 1 ? List.of(PickledLayout.NAMELESS) : names(data), data);
    }
  }

  /** Whether a part is a pair (x, y) of two collections, as a list of two numbers is not. */
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

  private static List<String> names(List<?> parts) {
    int[] n = parts.stream().mapToInt(Sequences::length).toArray();
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
    try {
      List<? extends StoredArray> found = sequences.arrays(value);
      List<String> names =
          found.size() == 1 ? List.of(name) : PickledLayout.columns(name, found.size());
      for (int i = 0; i < found.size(); i++) {
        arrays.put(names.get(i), found.get(i));
      }
      if (name.equals(PickledLayout.NAMELESS)) {
        int d = found.size() == 1 ? found.get(0).columns() : found.size();
        bare = d > 1 ? d : 0;
      }
    } catch (Refusal refusal) {
      if (!refusal.isOfValue()) {
        throw refusal;
      }
      if (name.equals(PickledLayout.NAMELESS)) {
        throw new Refusal("what the file holds " + refusal.getMessage());
      }
      boolean collected = Sequences.isCollection(value) || value instanceof Unread;
      (collected ? leftOut : notes).put(name, refusal.getMessage());
    }
  }
}
