package io.foldwise.spark.data.source.pickle;

import io.foldwise.pickle.NumberArray;
import io.foldwise.pickle.TextArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the rows of a slice, some at a time; every row is handed out in the same object. */
final class PickleRows implements PartitionReader<InternalRow> {

  private static final int VALUES_AT_ONCE = 1 << 16;

  private final PickleSlice slice;
  private final PickleFile file;
  private final int rowsAtOnce;
  private final SpecificInternalRow row;
  private final List<Block> blocks = new ArrayList<>();
  private int first;
  private int at = -1;
  private int until;

  /** Takes the file, which is null where the slice carries its values. */
  private PickleRows(PickleSlice slice, PickleFile file) {
    this.slice = slice;
    this.file = file;
    this.rowsAtOnce = Math.max(1, VALUES_AT_ONCE / Math.max(1, slice.width()));
    this.row = new SpecificInternalRow(types(slice));
    this.first = slice.from();
    this.until = slice.from();
  }

  private static StructType types(PickleSlice slice) {
    StructType types = new StructType();
    for (PickleSlice.Part part : slice.parts()) {
      DataType type =
          part.array() instanceof TextArray ? DataTypes.StringType : DataTypes.DoubleType;
      for (int column = 0; column < part.array().columns(); column++) {
        types = types.add("column" + types.size(), type);
      }
    }
    return types;
  }

  @Override
  public boolean next() throws IOException {
    at++;
    if (first + at < until) {
      return true;
    }
    if (until == slice.to()) {
      return false;
    }
    first = until;
    until = (int) Math.min(slice.to(), (long) first + rowsAtOnce);
    at = 0;
    blocks.clear();
    for (PickleSlice.Part part : slice.parts()) {
      blocks.add(block(part));
    }
    return true;
  }

  private Block block(PickleSlice.Part part) throws IOException {
    int from = first - part.first();
    int to = until - part.first();
    int d = part.array().columns();
    if (part.array() instanceof NumberArray numbers) {
      return new Numbers(numbers.rows(from, to, file), d);
    }
    return new Texts(((TextArray) part.array()).rows(from, to, file), d);
  }

  @Override
  public InternalRow get() {
    int column = 0;
    for (Block block : blocks) {
      column = block.into(row, at, column);
    }
    return row;
  }

  /** Some rows of an array, row-major. */
  private sealed interface Block {
    /** Sets the columns from the first on, and returns the one after the last. */
    int into(SpecificInternalRow row, int at, int first);
  }

  private record Numbers(double[] values, int d) implements Block {
    @Override
    public int into(SpecificInternalRow row, int at, int first) {
      for (int j = 0; j < d; j++) {
        row.setDouble(first + j, values[at * d + j]);
      }
      return first + d;
    }
  }

  private record Texts(String[] values, int d) implements Block {
    @Override
    public int into(SpecificInternalRow row, int at, int first) {
      for (int j = 0; j < d; j++) {
        row.update(first + j, UTF8String.fromString(values[at * d + j]));
      }
      return first + d;
    }
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
