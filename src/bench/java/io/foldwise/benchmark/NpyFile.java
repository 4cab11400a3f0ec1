package io.foldwise.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assigned rows as NumPy reads them. */
final class NpyFile {
  private NpyFile() {}

  /** Writes n rows of features, label and fold as an n × (d + 2) .npy file of doubles. */
  static void write(Dataset<Row> assigned, long n, Path file) throws IOException {
    int width = assigned.columns().length - 1;
    ByteBuffer row = ByteBuffer.allocate(8 * width).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(header(n, width));
      for (Iterator<Row> all = assigned.toLocalIterator(); all.hasNext(); ) {
        Row next = all.next();
        row.clear();
        for (int j = 0; j < width - 1; j++) {
          row.putDouble(next.getDouble(j));
        }
        row.putDouble(next.getInt(width - 1));
        out.write(row.array());
      }
    }
  }

  /** Version 1.0: magic, version, length, a dictionary as text, padded to 128 bytes. */
  private static byte[] header(long rows, int width) {
    String text =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, width);
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    header.put((byte) 0).putShort((short) 118);
    header.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
