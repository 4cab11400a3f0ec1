package io.foldwise.spark.data.source.pickle;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * How a table is cut into partitions: one up to 4,194,304 values, more of about that size beyond;
 * partition order, and the order within one, is the order of rows in the file.
 *
 * <p>A small table travels with its partition, and so does an array whose values had to be decoded
 * from text or lists. All others stay in the file: a task reads the bytes of its own rows, wherever
 * in the file they lie.
 */
final class PickleScan implements Scan, Batch {

  /** The values of a partition. */
  private static final long PARTITION = 1L << 22;

  /** The most values carried: 512 KiB, below the size at which Spark warns of large tasks. */
  private static final long MOST_CARRIED = 1L << 16;

  private final String path;
  private final PickleFrame frame;
  private final Configuration configuration;

  PickleScan(String path, PickleFrame frame, Configuration configuration) {
    this.path = path;
    this.frame = frame;
    this.configuration = configuration;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return frame.schema();
  }

  @Override
  public String description() {
    return "pickle " + path;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    long values = (long) frame.rows() * frame.columns().size();
    int count = 1 + (int) ((values - 1) / PARTITION);
    boolean small = values <= MOST_CARRIED;
    try (PickleFile file = PickleFile.open(path, configuration)) {
      String qualified = PickleFile.qualify(path, configuration);
      InputPartition[] slices = new InputPartition[count];
      for (int i = 0; i < count; i++) {
        PickleSlice slice = slice(qualified, bound(i, count), bound(i + 1, count));
        slices[i] = slice.carrying(array -> small || !array.inFile(), file);
      }
      return slices;
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new PickleRows.Factory(new SerializableConfiguration(configuration));
  }

  private int bound(int i, int count) {
    return (int) ((long) frame.rows() * i / count);
  }

  private PickleSlice slice(String file, int from, int to) {
    return new PickleSlice(
        file,
        frame.arrays().stream().map(array -> new PickleSlice.Part(array, 0)).toList(),
        from,
        to);
  }
}
