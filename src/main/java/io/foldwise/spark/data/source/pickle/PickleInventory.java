package io.foldwise.spark.data.source.pickle;

import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.StoredArray;
import io.foldwise.pickle.Table;
import io.foldwise.pickle.TextArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a pickle is read, and what is not and why.
 *
 * @param layout all that the pickle holds
 * @param training the table of its training rows
 * @param test the table of its test rows, if it has any
 */
public record PickleInventory(
    PickledLayout layout, PickleFrame training, Optional<PickleFrame> test) {

  private static final int LISTED = 5;

  /** The number of rows to train on. */
  public long rows() {
    return training.rows();
  }

  /** The number of test rows; 0 where there are none. */
  public long testRows() {
    return test.map(PickleFrame::rows).orElse(0);
  }

  /** A line for each entry of the file: name, shape and type, or why it is not read. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    layout.arrays().forEach((name, array) -> lines.add(line(name, array)));
    Stream.of(layout.leftOut(), layout.notes())
        .flatMap(map -> map.entrySet().stream())
        .forEach(entry -> lines.add(entry.getKey() + ": not read, it " + entry.getValue()));
    return lines;
  }

  /** What a person should know who trains on the table. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (layout.bare() > 0) {
      notes.add(
          "the file holds one table without names: its last column is called y and is the label"
              + " unless --label names another, "
              + (layout.bare() == 2
                  ? "the other is x0"
                  : "the others are x0 to x" + (layout.bare() - 2)));
    }
    List<String> unread = new ArrayList<>();
    layout.leftOut().forEach((name, why) -> unread.add("'" + name + "' " + why));
    layout.arrays().entrySet().stream()
        .filter(array -> isTable(array.getValue()) && !isRead(array.getValue()))
        .forEach(array -> unread.add("'" + array.getKey() + "' " + why(array.getValue())));
    if (!unread.isEmpty()) {
      List<String> some = unread.subList(0, Math.min(LISTED, unread.size()));
      int more = unread.size() - some.size();
      notes.add(
          "not read from the file: "
              + String.join("; ", some)
              + (more > 0 ? "; and %d more, which inspect lists".formatted(more) : ""));
    }
    return notes;
  }

  private String line(String name, StoredArray array) {
    String shape =
        Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String described =
        (name.isEmpty() ? "" : name + ": ") + "(%s) %s".formatted(shape, array.typeName());
    if (!isRead(array)) {
      return described + ", not read: it " + why(array);
    }
    if (array instanceof Table table && table.indexes() > 0) {
      described +=
          "; its index, no feature unless named: "
              + String.join(", ", table.names().subList(0, table.indexes()));
    }
    return array instanceof TextArray
        ? described + ", not read unless named as the label, id, group or fold column"
        : described;
  }

  /** Whether an array could be columns of numbers, if it had the rows. */
  private static boolean isTable(StoredArray array) {
    return array.shape().length > 0
        && array.columns() > 0
        && !PickleFrame.parts(array).stream().allMatch(TextArray.class::isInstance);
  }

  private boolean isRead(StoredArray array) {
    return Stream.concat(Stream.of(training), test.stream())
        .flatMap(frame -> frame.arrays().stream())
        .anyMatch(read -> PickleFrame.parts(array).stream().anyMatch(part -> part == read));
  }

  private String why(StoredArray array) {
    if (array.shape().length == 0) {
      return "is one number";
    }
    if (array.columns() == 0) {
      return "has no columns";
    }
    return array.rows() == training.rows()
        ? "is of neither the training rows nor the test rows"
        : "has %d rows where the data have %d".formatted(array.rows(), training.rows());
  }

  /**
   * Takes stock of a file.
   *
   * @param needed see {@link PickleFrame#of}
   */
  static PickleInventory of(PickledLayout layout, List<String> needed) {
    boolean tests = !PickleSplit.TEST.of(layout.arrays()).isEmpty();
    return new PickleInventory(
        layout,
        PickleFrame.of(layout, PickleSplit.TRAIN, needed),
        tests ? Optional.of(PickleFrame.of(layout, PickleSplit.TEST, needed)) : Optional.empty());
  }
}
