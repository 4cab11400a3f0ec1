package io.foldwise.spark.data;

import io.foldwise.pickle.StoredArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
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
 * <p>A small table travels with its partition, and so does one whose values had to be decoded from
 * text or lists. All others stay in the file: a task reads the bytes of its own rows, wherever in
 * the file they lie.
 */
final class PickleScan implements Scan, Batch {

  /** Values of a partition. */
  private static final long PARTITION = 1L << 22;

  /** 512 KiB: below the size at which Spark warns of large tasks. */
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
    return PickleSource.schema(frame.columns());
  }

  @Override
  public String description() {
    return "pickle " + path;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    try {
      String file = PickleFile.qualify(path, configuration);
      PickleSlice whole = new PickleSlice(file, frame.arrays(), 0, frame.rows());
      long values = (long) frame.rows() * whole.width();
      PickleSlice[] slices = slices(whole, 1 + (int) ((values - 1) / PARTITION));
      boolean stays = frame.arrays().stream().allMatch(StoredArray::inFile);
      return stays && values > MOST_CARRIED ? slices : carried(slices);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new PickleRows.Factory(new SerializableConfiguration(configuration));
  }

  private static PickleSlice[] slices(PickleSlice whole, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> slice(whole, bound(whole, i, count), bound(whole, i + 1, count)))
        .toArray(PickleSlice[]::new);
  }

  private static int bound(PickleSlice whole, int i, int count) {
    return (int) ((long) whole.to() * i / count);
  }

  private static PickleSlice slice(PickleSlice whole, int from, int to) {
    return new PickleSlice(whole.path(), whole.arrays(), from, to);
  }

  private PickleSlice[] carried(PickleSlice[] slices) throws IOException {
    try (PickleFile file = PickleFile.open(path, configuration)) {
      PickleSlice[] carried = new PickleSlice[slices.length];
      for (int i = 0; i < slices.length; i++) {
        carried[i] = slices[i].carried(file);
      }
      return carried;
    }
  }
}
