package io.foldwise.spark.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the rows of a slice, some at a time; every row is handed out in the same object. */
final class PickleRows implements PartitionReader<InternalRow> {

  private static final int VALUES_AT_ONCE = 1 << 16;

  private final PickleSlice slice;
  private final PickleFile file;
  private final int width;
  private final int rowsAtOnce;
  private final SpecificInternalRow row;
  private double[] block = {};
  private int at;
  private int next;

  /** The file is null where the slice carries its values. */
  private PickleRows(PickleSlice slice, PickleFile file) {
    this.slice = slice;
    this.file = file;
    this.width = slice.width();
    this.rowsAtOnce = Math.max(1, VALUES_AT_ONCE / Math.max(1, width));
    this.row = new SpecificInternalRow(PickleSource.schema(width));
    this.next = slice.from();
  }

  @Override
  public boolean next() throws IOException {
    at += width;
    if (at < block.length) {
      return true;
    }
    if (next == slice.to()) {
      return false;
    }
    int until = (int) Math.min(slice.to(), (long) next + rowsAtOnce);
    block = slice.rows(next, until, file);
    next = until;
    at = 0;
    return true;
  }

  @Override
  public InternalRow get() {
    for (int column = 0; column < width; column++) {
      row.setDouble(column, block[at + column]);
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /** Opens the file, where it is needed, in the task. */
  record Factory(SerializableConfiguration configuration) implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      PickleSlice slice = (PickleSlice) partition;
      try {
        PickleFile file =
            slice.inFile() ? PickleFile.open(slice.path(), configuration.value()) : null;
        return new PickleRows(slice, file);
      } catch (IOException e) {
        throw new UncheckedIOException(slice.path() + ": " + e.getMessage(), e);
      }
    }
  }
}
