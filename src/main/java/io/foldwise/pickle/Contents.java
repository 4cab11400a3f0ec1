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

  private final Budget budget;
  private final Sequences sequences;
  private final Pandas pandas;
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private int bare;

  /** What scikit-learn calls its data sets: data, target, perhaps both as a frame, and more. */
  static final class Bunch extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  private Contents(ByteSource file, Budget budget) {
    this.budget = budget;
    this.sequences = new Sequences(file, budget);
    this.pandas = new Pandas(file, budget, sequences);
  }

  static PickledLayout of(Object root, ByteSource file, Budget budget) throws IOException {
    Contents contents = new Contents(file, budget);
    contents.name(root);
    return new PickledLayout(contents.arrays, contents.leftOut, contents.notes, contents.bare);
  }

  private void name(Object root) throws IOException {
    if (root instanceof Bunch bunch) {
      nameBunch(bunch);
    } else if (root instanceof Map<?, ?> dict) {
      nameEntries(dict);
    } else if (Sequences.isSequence(root)) {
      nameParts(Sequences.items(root), root);
    } else if (root instanceof Unread unread) {
      throw new Refusal(unread.refusal());
    } else {
      put(PickledLayout.NAMELESS, root);
    }
  }

  /** Reads the frame, or else data and target; what else has rows says something of these. */
  private void nameBunch(Bunch bunch) throws IOException {
    boolean framed = bunch.get("frame") instanceof PickledObject frame && frame.is("DataFrame");
    List<String> read = framed ? List.of("frame") : List.of("data", "target");
    for (Map.Entry<String, Object> entry : bunch.entrySet()) {
      String key = entry.getKey();
      if (!read.contains(key) && Sequences.isCollection(entry.getValue())) {
        notes.put(
            key,
            framed && (key.equals("data") || key.equals("target"))
                ? "is in 'frame' too"
                : "describes '" + read.get(0) + "'");
        continue;
      }
      put(key, entry.getValue());
    }
    nameColumns("data", bunch.get("feature_names"));
    nameColumns("target", bunch.get("target_names"));
  }

  /** Gives the columns of an array of rank 2 the names that a list beside it has, if they fit. */
  private void nameColumns(String key, Object names) throws IOException {
    StoredArray array = arrays.get(key);
    if (array == null || array instanceof Table || array.shape().length != 2) {
      return;
    }
    if (Sequences.isCollection(names)
        && pandas.column(names) instanceof TextArray texts
        && texts.rows() == array.columns()) {
      List<String> labels = pandas.labels(texts);
      arrays.put(key, new Table("array", labels, List.of(array), 0, array.rows()));
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
    if (areRecords(parts)) {
      put(PickledLayout.NAMELESS, whole);
    } else if (data.isEmpty() && !dicts.isEmpty()) {
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

  private List<String> names(List<?> parts) throws IOException {
    int[] n = new int[parts.size()];
    for (int i = 0; i < n.length; i++) {
      n[i] = length(parts.get(i));
    }
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

  private int length(Object part) throws IOException {
    try {
      return part instanceof PickledObject object ? pandas.rows(object) : Sequences.length(part);
    } catch (Refusal refusal) {
      if (refusal.isOfValue()) {
        return 0;
      }
      throw refusal;
    }
  }

  /** Whether a list is one of dicts, each a row. */
  private static boolean areRecords(List<?> items) {
    return !items.isEmpty()
        && items.stream()
            .allMatch(
                item ->
                    item instanceof Map<?, ?> dict
                        && dict.values().stream()
                            .noneMatch(
                                value ->
                                    value instanceof Map
                                        || value instanceof Unread
                                        || Sequences.isCollection(value)));
  }

  /** Rows that are dicts, as columns in the order in which their keys appear. */
  private Table records(String name, List<?> rows) throws IOException {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      for (Map.Entry<?, ?> cell : ((Map<?, ?>) rows.get(i)).entrySet()) {
        List<Object> column =
            columns.computeIfAbsent((String) cell.getKey(), key -> new ArrayList<>());
        budget.spend(1L + i - column.size());
        while (column.size() < i) {
          column.add(null);
        }
        column.add(cell.getValue());
      }
    }
    List<String> names = new ArrayList<>();
    List<StoredArray> parts = new ArrayList<>();
    for (Map.Entry<String, List<Object>> column : columns.entrySet()) {
      while (column.getValue().size() < rows.size()) {
        column.getValue().add(null);
      }
      try {
        parts.add(sequences.column(column.getValue()));
        names.add(column.getKey());
      } catch (Refusal refusal) {
        leftOut.put(within(name, column.getKey()), refusal.getMessage());
      }
    }
    return new Table("list of dicts", names, parts, 0, rows.size());
  }

  private static String within(String name, String column) {
    return name.equals(PickledLayout.NAMELESS) ? column : name + "." + column;
  }

  /** The table of an object of pandas, or the array where a Series goes by the name of its key. */
  private StoredArray array(String name, PickledObject object) throws IOException {
    if (!object.is("DataFrame") && !object.is("Series")) {
      return pandas.column(object);
    }
    Map<String, String> unread = new LinkedHashMap<>();
    Table table = pandas.table(object, unread);
    boolean keyed = !name.equals(PickledLayout.NAMELESS) || pandas.name(object).isEmpty();
    if (object.is("Series") && (keyed || !unread.isEmpty())) {
      unread.values().stream()
          .findFirst()
          .ifPresent(
              why -> {
                throw Refusal.ofValue(why);
              });
      return table.parts().get(table.parts().size() - 1);
    }
    unread.forEach((column, why) -> leftOut.put(within(name, column), why));
    return table;
  }

  private void put(String name, Object value) throws IOException {
    try {
      if (value instanceof PickledObject object && Pandas.isData(object)) {
        arrays.put(name, array(name, object));
        return;
      }
      if (Sequences.isSequence(value) && areRecords(Sequences.items(value))) {
        arrays.put(name, records(name, Sequences.items(value)));
        return;
      }
      List<? extends StoredArray> found = sequences.arrays(value);
      List<String> names =
          found.size() == 1 ? List.of(name) : PickledLayout.columns(name, found.size());
      for (int i = 0; i < found.size(); i++) {
        arrays.put(names.get(i), found.get(i));
      }
      if (name.equals(PickledLayout.NAMELESS)) {
        int d = found.size() == 1 ? found.get(0).columns() : found.size();
        bare = d > 1 && !(found.get(0) instanceof Table) ? d : 0;
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
