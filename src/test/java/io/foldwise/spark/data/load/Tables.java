package io.foldwise.spark.data.load;

import io.foldwise.TestSpark;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small tables to deal, and what became of their rows. */
public final class Tables {

  /** Fold and place of a row. */
  public record Dealt(int fold, long position) {}

  private Tables() {}

  /** Rows x = 0 … n−1, z = sin x, y = 2x + 1, in one partition. */
  public static Dataset<Row> line(int n) {
    List<Row> rows =
        IntStream.range(0, n)
            .mapToObj(i -> RowFactory.create((double) i, Math.sin(i), 2.0 * i + 1))
            .toList();
    return frame(rows, "x double, z double, y double");
  }

  public static Dataset<Row> frame(List<Row> rows, String ddl) {
    return TestSpark.session()
        .createDataFrame(new ArrayList<>(rows), StructType.fromDDL(ddl))
        .coalesce(1);
  }

  /** Writes text. */
  public static String write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text).toString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Writes x = from … to−1, y = 2x as csv. */
  public static String csv(Path file, int from, int to) {
    String rows =
        IntStream.range(from, to)
            .mapToObj(x -> x + "," + 2 * x + "\n")
            .collect(Collectors.joining());
    return write(file, "x,y\n" + rows);
  }

  public static AssignedRows assigned(Dataset<Row> frame, AssignmentOptions options) {
    return FoldAssigner.assign(DataLoader.of(frame, DataOptions.Roles.defaults()), options);
  }

  /** As if the data were large. */
  public static LoadedData large(Dataset<Row> frame, DataOptions.Roles roles, TestRows test) {
    return new DataLoader(TestSpark.session(), 0).loaded(frame, roles, test);
  }

  public static LoadedData small(Dataset<Row> frame, DataOptions.Roles roles, TestRows test) {
    return new DataLoader(TestSpark.session(), LoadedData.SMALL_ROWS).loaded(frame, roles, test);
  }

  /** Fold and place of every training row, by its first column, which tells rows apart. */
  public static SortedMap<Double, Dealt> dealt(AssignedRows rows) {
    SortedMap<Double, Dealt> dealt = new TreeMap<>();
    for (Row row : rows.frame().collectAsList()) {
      int at = row.size() - 2;
      dealt.put(row.getDouble(0), new Dealt(row.getInt(at), row.getLong(at + 1)));
    }
    return dealt;
  }

  public static List<Integer> folds(AssignedRows rows) {
    return dealt(rows).values().stream().map(Dealt::fold).toList();
  }

  /** Rows in each fold. */
  public static long[] sizes(AssignedRows rows) {
    long[] sizes = new long[rows.assignment().folds()];
    for (Row row : rows.frame().select(AssignedRows.FOLD).collectAsList()) {
      sizes[row.getInt(0)]++;
    }
    return sizes;
  }

  /** The first column of the test rows, sorted. */
  public static List<Double> test(AssignedRows rows) {
    return rows.test().orElseThrow().collectAsList().stream()
        .map(row -> row.getDouble(0))
        .sorted()
        .toList();
  }

  static StructType doubles(String... names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return schema;
  }

  /**
   * The fold of each of n rows by scikit-learn's KFold(k, shuffle=False): fold sizes are n // k,
   * and one more for the first n % k.
   */
  public static List<Integer> runs(int n, int k) {
    List<Integer> folds = new ArrayList<>();
    for (int fold = 0; fold < k; fold++) {
      folds.addAll(Collections.nCopies(n / k + (fold < n % k ? 1 : 0), fold));
    }
    return folds;
  }
}
