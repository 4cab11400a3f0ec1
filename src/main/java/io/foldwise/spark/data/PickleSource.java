package io.foldwise.spark.data;

import io.foldwise.pickle.PickledLayout;
import io.foldwise.search.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Pickles as a Spark data source: {@code spark.read().format("pickle").load(path)} gives a
 * DataFrame of double columns, named as {@link PickleFrame} says, its rows in the order of the file
 * as {@link PickleScan} says. NaN stays NaN; nothing is null.
 *
 * <p>Options: {@code path}, one file on any file system that Hadoop reads; {@code split}, {@code
 * train} (default) or {@code test}, for files that hold both ({@link PickleSplit}).
 *
 * <p>What cannot be read is an {@link InvalidInputException} whose message is one line: the path,
 * the reason, what to do.
 */
public final class PickleSource implements TableProvider, DataSourceRegister {

  @Override
  public String shortName() {
    return "pickle";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return schema(table(options).frame().columns());
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(new CaseInsensitiveStringMap(properties));
  }

  /**
   * Whether a file holds test rows beside its training rows.
   *
   * @throws InvalidInputException if it cannot be read
   */
  static boolean hasTestRows(SparkSession session, String path) {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    PickledLayout layout = PickleFile.scan(path, configuration);
    return !PickleSplit.TEST.of(layout.arrays()).isEmpty();
  }

  static StructType schema(List<String> columns) {
    return new StructType(
        columns.stream()
            .map(name -> DataTypes.createStructField(name, DataTypes.DoubleType, false))
            .toArray(StructField[]::new));
  }

  /** A schema of d columns, whatever their names. */
  static StructType schema(int d) {
    return schema(IntStream.range(0, d).mapToObj(i -> "column" + i).toList());
  }

  private static PickleTable table(CaseInsensitiveStringMap options) {
    Configuration configuration = SparkSession.active().sparkContext().hadoopConfiguration();
    String path = path(options);
    PickleSplit split = PickleSplit.of(options.getOrDefault("split", "train"));
    PickledLayout layout = PickleFile.scan(path, configuration);
    try {
      return new PickleTable(path, PickleFrame.of(layout, split), configuration);
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
