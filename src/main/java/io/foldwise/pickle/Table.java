package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Columns with names of their own, of numbers and of texts: a pandas DataFrame, a NumPy record
 * array, a list of dicts.
 *
 * @param kind what Python calls it
 * @param names the names of the columns, d
 * @param parts arrays of n rows that have d columns together, in the order of the names
 * @param indexes how many of the first columns are the index of the DataFrame
 * @param rows n
 */
public record Table(String kind, List<String> names, List<StoredArray> parts, int indexes, int rows)
    implements StoredArray {

  public Table {
    names = List.copyOf(names);
    parts = List.copyOf(parts);
    int d = parts.stream().mapToInt(StoredArray::columns).sum();
    int n = rows;
    if (names.size() != d || !parts.stream().allMatch(part -> part.rows() == n)) {
      throw Refusal.ofValue(
          "is a %s whose columns do not fit together: the file is damaged".formatted(kind));
    }
  }

  @Override
  public int[] shape() {
    return new int[] {rows, names.size()};
  }

  /** The kind, and how many columns are of which type: {@code DataFrame of 4 float64, 1 text}. */
  @Override
  public String typeName() {
    List<String> types = new ArrayList<>();
    parts.stream().map(StoredArray::typeName).distinct().forEach(types::add);
    return kind
        + " of "
        + types.stream()
            .map(
                type ->
                    parts.stream()
                            .filter(part -> part.typeName().equals(type))
                            .mapToInt(StoredArray::columns)
                            .sum()
                        + " "
                        + type)
            .collect(Collectors.joining(", "));
  }

  @Override
  public boolean inFile() {
    return parts.stream().anyMatch(StoredArray::inFile);
  }

  @Override
  public Table part(int from, int to, ByteSource file) throws IOException {
    List<StoredArray> taken = new ArrayList<>();
    for (StoredArray part : parts) {
      taken.add(part.part(from, to, file));
    }
    return new Table(kind, names, taken, indexes, to - from);
  }

  @Override
  public List<Object> values(ByteSource file) throws IOException {
    Object[] values = new Object[Math.multiplyExact(rows, names.size())];
    int first = 0;
    for (StoredArray part : parts) {
      int d = part.columns();
      List<?> own = part.values(file);
      for (int i = 0; i < own.size(); i++) {
        values[i / d * names.size() + first + i % d] = own.get(i);
      }
      first += d;
    }
    return Arrays.asList(values);
  }
}
