package io.foldwise.spark.data.source.pickle;

import io.foldwise.input.InvalidInputException;
import io.foldwise.pickle.PickledLayout;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Pickles as a Spark data source: {@code spark.read().format("pickle").load(path)} gives a
 * DataFrame of columns of doubles and texts, named as {@link PickleFrame} says, its rows in the
 * order of the file as {@link PickleScan} says. NaN stays NaN; a missing text is null.
 *
 * <p>Options: {@code path}, one file on any file system that Hadoop reads, perhaps packed by gzip;
 * {@code split}, {@code train} (default) or {@code test}, for files that hold both ({@link
 * PickleSplit}); {@code needed}, names of columns, one on each line, that decide which arrays are
 * read where these differ in their number of rows ({@link PickleFrame#of}); {@code names}, on a
 * line each, of the columns of an array without a name that has as many.
 *
 * <p>What cannot be read is an {@link InvalidInputException} whose message is one line: the path,
 * the reason, what to do.
 */
public final class PickleSource implements TableProvider, DataSourceRegister {

  public static final String SPLIT = "split";
  public static final String NEEDED = "needed";
  public static final String NAMES = "names";

  @Override
  public String shortName() {
    return "pickle";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return table(options).frame().schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(new CaseInsensitiveStringMap(properties));
  }

  /**
   * What a file holds, and what of it is read.
   *
   * @param needed the names of columns that have to be there if the file has them
   * @param names the names of the columns of an array without a name that has as many
   * @throws InvalidInputException if it cannot be read
   */
  public static PickleInventory inventory(
      SparkSession session, String path, List<String> needed, List<String> names) {
    PickledLayout layout = PickleFile.scan(path, session.sparkContext().hadoopConfiguration());
    return named(path, () -> PickleInventory.of(layout.naming(names), needed));
  }

  private static PickleTable table(CaseInsensitiveStringMap options) {
    Configuration configuration = SparkSession.active().sparkContext().hadoopConfiguration();
    String path = path(options);
    PickleSplit split = PickleSplit.of(options.getOrDefault(SPLIT, "train"));
    PickledLayout layout = PickleFile.scan(path, configuration);
    List<String> needed = options.getOrDefault(NEEDED, "").lines().toList();
    List<String> names = options.getOrDefault(NAMES, "").lines().toList();
    return named(
        path,
        () ->
            new PickleTable(
                path, PickleFrame.of(layout.naming(names), split, needed), configuration));
  }

  private static <T> T named(String path, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(path + ": " + e.getMessage(), e);
    }
  }

  private static String path(CaseInsensitiveStringMap options) {
    String path = options.get("path");
    if (path == null) {
      throw new InvalidInputException("the pickle source reads one file at a time: load(PATH)");
    }
    return path;
  }
}
