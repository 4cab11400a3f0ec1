package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes tables of what pandas pickles: DataFrame, Series, Index and their arrays, as pandas 0.25 to
 * 3 lay them out.
 *
 * <p>A frame keeps columns of one type in one block of k rows and n columns, and says which columns
 * of the frame they are. A column becomes numbers (bool, integers, reals, nullable ones, categories
 * that are numbers) or texts (objects, strings, categories, times as {@link DateTimes#text}). An
 * index is made columns of, named as {@code reset_index} does, unless it has no name and holds
 * whole numbers, as one that counts rows does.
 */
final class Pandas {

  private final ByteSource file;
  private final Budget budget;
  private final Sequences sequences;

  Pandas(ByteSource file, Budget budget, Sequences sequences) {
    this.file = file;
    this.budget = budget;
    this.sequences = sequences;
  }

  /** Whether an object holds rows. */
  static boolean isData(PickledObject object) {
    return switch (object.name()) {
      case "DataFrame",
          "Series",
          "_new_Index",
          "_new_DatetimeIndex",
          "__pyx_unpickle_NDArrayBacked",
          "Categorical",
          "DatetimeArray",
          "IntegerArray",
          "FloatingArray",
          "BooleanArray",
          "StringArray",
          "ArrowStringArray",
          "ArrowStringArrayNumpySemantics",
          "ArrowExtensionArray",
          "SparseArray",
          "PeriodArray",
          "IntervalArray",
          "TimedeltaArray" ->
          true;
      default -> false;
    };
  }

  /** The number of rows of what holds some. */
  int rows(PickledObject object) throws IOException {
    if (object.is("DataFrame") || object.is("Series")) {
      List<?> axes = Sequences.items(manager(object).axes);
      return rows(index(axes.get(axes.size() - 1)));
    }
    if (object.is("_new_Index") && object.argument(1) instanceof Map<?, ?> entries) {
      if (entries.get("codes") != null) {
        return Sequences.length(Sequences.items(entries.get("codes")).get(0));
      }
      return entries.get("data") == null ? range(entries).length : rowsOf(entries.get("data"));
    }
    return column(object).rows();
  }

  private int rowsOf(Object values) throws IOException {
    return values instanceof PickledObject object ? rows(object) : Sequences.length(values);
  }

  /**
   * The table of a DataFrame or a Series.
   *
   * @param leftOut takes the names of columns that are not read, and why
   */
  Table table(PickledObject object, Map<String, String> leftOut) throws IOException {
    Manager manager = manager(object);
    List<?> axes = Sequences.items(manager.axes);
    PickledObject rows = index(axes.get(axes.size() - 1));
    boolean series = object.is("Series");
    List<String> labels = series ? List.of(name(object).orElse("x")) : labels(index(axes.get(0)));
    Map<Integer, StoredArray> placed = new TreeMap<>();
    for (Block block : manager.blocks) {
      int[] places = series ? new int[] {0} : places(block.places);
      if (Arrays.stream(places).anyMatch(place -> place < 0 || place >= labels.size())) {
        throw object.unknown();
      }
      place(block.values, places, labels, placed, leftOut);
    }
    return withIndex(object.name(), rows, labels, placed);
  }

  private Table withIndex(
      String kind, PickledObject index, List<String> labels, Map<Integer, StoredArray> placed)
      throws IOException {
    List<String> names = new ArrayList<>();
    List<StoredArray> parts = new ArrayList<>();
    levels(index, labels, names, parts);
    int indexes = names.size();
    for (Map.Entry<Integer, StoredArray> part : placed.entrySet()) {
      int first = part.getKey();
      names.addAll(labels.subList(first, first + part.getValue().columns()));
      parts.add(part.getValue());
    }
    return new Table(kind, names, parts, indexes, rows(index));
  }

  /** The name of a Series. */
  Optional<String> name(PickledObject series) {
    return series.entry("_name", "name").map(Pandas::label);
  }

  // ---- blocks

  /** What of a manager matters, whichever version wrote it. */
  private record Manager(Object axes, List<Block> blocks) {}

  private record Block(Object values, Object places) {}

  private static Manager manager(PickledObject frame) {
    if (!(frame.entry("_mgr", "_data").orElse(null) instanceof PickledObject manager)) {
      throw frame.unknown();
    }
    Object[] state = manager.parts();
    if (state.length > 3
        && state[3] instanceof Map<?, ?> versions
        && versions.get("0.14.1") instanceof Map<?, ?> written
        && Sequences.isSequence(written.get("axes"))
        && Sequences.isSequence(written.get("blocks"))) {
      List<Block> blocks = new ArrayList<>();
      for (Object block : Sequences.items(written.get("blocks"))) {
        Map<?, ?> entries = (Map<?, ?>) block;
        blocks.add(new Block(entries.get("values"), entries.get("mgr_locs")));
      }
      return new Manager(written.get("axes"), blocks);
    }
    if (Sequences.isSequence(manager.argument(0)) && Sequences.isSequence(manager.argument(1))) {
      List<Block> blocks = new ArrayList<>();
      for (Object block : Sequences.items(manager.argument(0))) {
        PickledObject made = (PickledObject) block;
        blocks.add(new Block(made.argument(0), made.argument(1)));
      }
      return new Manager(manager.argument(1), blocks);
    }
    throw frame.unknown();
  }

  /** The columns of the frame that a block holds: a slice, or an array of numbers. */
  private int[] places(Object places) throws IOException {
    if (places instanceof PickledObject slice && slice.is("slice")) {
      long start = whole(slice.argument(0), 0);
      long stop = whole(slice.argument(1), 0);
      return range(start, stop, whole(slice.argument(2), 1));
    }
    if (places instanceof PickledArray array
        && array.stored(file, budget) instanceof NumberArray numbers) {
      return Arrays.stream(numbers.rows(0, numbers.rows(), file)).mapToInt(d -> (int) d).toArray();
    }
    throw Refusal.ofValue("holds columns in places that are not as pandas writes them: damaged");
  }

  private int[] range(long start, long stop, long step) {
    long count = step == 0 ? -1 : Math.max(0, (stop - start + step - Long.signum(step)) / step);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new Refusal("a range is not as pandas writes it: damaged");
    }
    budget.spend(count);
    return IntStream.range(0, (int) count).map(i -> (int) (start + i * step)).toArray();
  }

  private static long whole(Object number, long otherwise) {
    return number instanceof Number n ? n.longValue() : otherwise;
  }

  /** Puts the columns of a block to their places, neighbours of a common array together. */
  private void place(
      Object values,
      int[] places,
      List<String> labels,
      Map<Integer, StoredArray> placed,
      Map<String, String> leftOut)
      throws IOException {
    Backed backed = backed(values);
    if (backed.array == null || backed.array.rank() != 2 || backed.categories != null) {
      put(places[0], labels, placed, leftOut, () -> column(values));
      return;
    }
    PickledArray array = backed.array;
    if (array.length() != places.length) {
      throw Refusal.ofValue("holds a block that does not fit its columns: the file is damaged");
    }
    for (int from = 0, to; from < places.length; from = to) {
      int first = from;
      to = from + 1;
      if (array.isOfObjects()) {
        Object items = array.nested().get(first);
        put(places[first], labels, placed, leftOut, () -> column(items));
      } else {
        while (to < places.length && places[to] == places[to - 1] + 1) {
          to++;
        }
        int last = to;
        put(
            places[first],
            labels,
            placed,
            leftOut,
            () -> zoned(array.turned(first, last, budget), backed.utc));
      }
    }
  }

  private interface Making {
    StoredArray make() throws IOException;
  }

  private static void put(
      int place,
      List<String> labels,
      Map<Integer, StoredArray> placed,
      Map<String, String> leftOut,
      Making making)
      throws IOException {
    try {
      placed.put(place, making.make());
    } catch (Refusal refusal) {
      if (!refusal.isOfValue()) {
        throw refusal;
      }
      leftOut.put(labels.get(place), refusal.getMessage());
    }
  }

  private static StoredArray zoned(StoredArray array, boolean utc) {
    return utc && array instanceof EncodedText times ? times.inUtc() : array;
  }

  // ---- arrays

  /**
   * The array in which an array of pandas keeps its values.
   *
   * @param array the values or codes; null where it keeps them otherwise
   * @param categories what the codes stand for; null where there are none
   * @param utc whether the values are times of a zone
   */
  private record Backed(PickledArray array, Object categories, boolean utc) {}

  private static Backed backed(Object values) {
    if (values instanceof PickledArray array) {
      return new Backed(array, null, false);
    }
    if (!(values instanceof PickledObject object)) {
      return new Backed(null, null, false);
    }
    List<Object> kept = new ArrayList<>(Arrays.asList(object.parts()));
    object.entry("_ndarray", "_codes", "_data").ifPresent(kept::add);
    object.entry("_dtype").ifPresent(kept::add);
    PickledArray array = null;
    Object categories = null;
    boolean utc = false;
    boolean known = true;
    for (Object part : kept) {
      if (part instanceof PickledArray found && array == null) {
        array = found;
      } else if (part instanceof PickledObject dtype && dtype.is("CategoricalDtype")) {
        categories = dtype.entry("categories").orElse(null);
      } else if (part instanceof PickledObject dtype && dtype.is("DatetimeTZDtype")) {
        utc = true;
      } else if (part instanceof Unread dtype && dtype.what().contains("PeriodDtype")) {
        known = false;
      }
    }
    return known ? new Backed(array, categories, utc) : new Backed(null, null, false);
  }

  /** One column of values: an array of NumPy or pandas, or a list. */
  StoredArray column(Object values) throws IOException {
    if (!(values instanceof PickledObject object)) {
      List<? extends StoredArray> found = sequences.arrays(values);
      if (found.size() != 1 || found.get(0).shape().length > 1) {
        throw Refusal.ofValue("holds a list in each row, where a column needs one number or text");
      }
      return found.get(0);
    }
    switch (object.name()) {
      case "_new_Index", "_new_DatetimeIndex" -> {
        return column(indexed(object));
      }
      case "IntegerArray", "FloatingArray", "BooleanArray" -> {
        return masked(object);
      }
      case "ArrowStringArray", "ArrowStringArrayNumpySemantics", "ArrowExtensionArray" -> {
        Object held = object.entry("_pa_array", "_data").orElseThrow(object::unknown);
        return new Arrow(file, budget).array(held);
      }
      case "SparseArray" -> throw Refusal.ofValue("is sparse: save it with .sparse.to_dense()");
      case "IntervalArray", "PeriodArray" ->
          throw Refusal.ofValue("holds periods or intervals: save it with .astype(str)");
      case "Series", "DataFrame" -> throw Refusal.ofValue("holds a frame in a column");
      default -> {
        return backedColumn(object);
      }
    }
  }

  private StoredArray backedColumn(PickledObject object) throws IOException {
    Backed backed = backed(object);
    if (backed.array == null) {
      throw object.argument(0) instanceof PickledObject.Known known
              && known.name().equals("PeriodArray")
          ? Refusal.ofValue("holds periods or intervals: save it with .astype(str)")
          : object.unknown();
    }
    if (backed.categories == null) {
      return zoned(column(backed.array), backed.utc);
    }
    StoredArray categories = column(backed.categories);
    if (!(backed.array.stored(file, budget) instanceof NumberArray codes)) {
      throw object.unknown();
    }
    return coded(codes, categories);
  }

  /** Rows that name one of few values each by its place. */
  private StoredArray coded(NumberArray codes, StoredArray values) throws IOException {
    return values instanceof NumberArray numbers
        ? new CodedNumbers(codes, numbers.rows(0, numbers.rows(), file))
        : new CodedText(codes, ((TextArray) values).rows(0, values.rows(), file));
  }

  private StoredArray masked(PickledObject object) throws IOException {
    if (object.entry("_data").orElse(null) instanceof PickledArray data
        && object.entry("_mask").orElse(null) instanceof PickledArray mask
        && data.stored(file, budget) instanceof NumberArray numbers
        && mask.stored(file, budget) instanceof NumberArray missing
        && Arrays.equals(numbers.shape(), missing.shape())) {
      return new MaskedNumbers(numbers, missing);
    }
    throw object.unknown();
  }

  // ---- indexes

  private static PickledObject index(Object axis) {
    if (axis instanceof PickledObject index
        && (index.is("_new_Index") || index.is("_new_DatetimeIndex"))) {
      return index;
    }
    throw Refusal.ofValue(
        "has an index of a kind that is not read: save it with .reset_index(drop=True)");
  }

  private static Map<?, ?> entries(PickledObject index) {
    if (index.argument(1) instanceof Map<?, ?> entries) {
      return entries;
    }
    throw index.unknown();
  }

  /** The values of an index of one level. */
  private Object indexed(PickledObject index) {
    Map<?, ?> entries = entries(index);
    if (entries.get("data") != null) {
      return entries.get("data");
    }
    return Arrays.stream(range(entries)).mapToObj(i -> (Object) i).toList();
  }

  private int[] range(Map<?, ?> entries) {
    if (!(entries.get("stop") instanceof Number stop)) {
      throw Refusal.ofValue(
          "has an index of a kind that is not read: save it with .reset_index(drop=True)");
    }
    return range(whole(entries.get("start"), 0), stop.longValue(), whole(entries.get("step"), 1));
  }

  /** The names of columns; those of several levels are joined by {@code _}. */
  List<String> labels(TextArray texts) throws IOException {
    return texts.values(file).stream().map(Pandas::label).toList();
  }

  private List<String> labels(PickledObject index) throws IOException {
    Map<?, ?> entries = entries(index);
    if (entries.get("levels") == null) {
      return column(index).values(file).stream().map(Pandas::label).toList();
    }
    List<StoredArray> levels = levels(entries);
    List<String> labels = new ArrayList<>();
    int n = levels.isEmpty() ? 0 : levels.get(0).rows();
    List<List<?>> values = new ArrayList<>();
    for (StoredArray level : levels) {
      values.add(level.values(file));
    }
    for (int i = 0; i < n; i++) {
      int row = i;
      labels.add(
          values.stream()
              .map(level -> label(level.get(row)))
              .filter(label -> !label.isEmpty())
              .collect(Collectors.joining("_")));
    }
    return labels;
  }

  private List<StoredArray> levels(Map<?, ?> entries) throws IOException {
    List<?> levels = Sequences.items(entries.get("levels"));
    Object codes = entries.get("codes") == null ? entries.get("labels") : entries.get("codes");
    List<StoredArray> found = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      if (!(column(Sequences.items(codes).get(i)) instanceof NumberArray places)) {
        throw Refusal.ofValue("has an index that is not as pandas writes it: damaged");
      }
      found.add(coded(places, column(levels.get(i))));
    }
    return found;
  }

  /** Adds the columns that an index stands for. */
  private void levels(
      PickledObject index, List<String> taken, List<String> names, List<StoredArray> parts)
      throws IOException {
    Map<?, ?> entries = entries(index);
    if (entries.get("levels") != null) {
      List<StoredArray> levels = levels(entries);
      List<?> own = Sequences.items(entries.get("names"));
      for (int i = 0; i < levels.size(); i++) {
        names.add(own.get(i) == null ? "level_" + i : label(own.get(i)));
        parts.add(levels.get(i));
      }
      return;
    }
    Object name = entries.get("name");
    if (name == null && entries.get("data") == null) {
      return;
    }
    StoredArray values = column(index);
    if (name != null) {
      names.add(label(name));
    } else if (values instanceof TextArray) {
      names.add(taken.contains("index") ? "level_0" : "index");
    } else {
      return;
    }
    parts.add(values);
  }

  /** A value as the name of a column. */
  private static String label(Object value) {
    if (value instanceof Object[] levels) {
      return Arrays.stream(levels).map(Pandas::label).collect(Collectors.joining("_"));
    }
    if (value instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < 1L << 53) {
      return Long.toString(number.longValue());
    }
    return value == null ? "None" : value.toString();
  }
}
