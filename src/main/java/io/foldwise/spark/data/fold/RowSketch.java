package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * What the rows that a model was trained on are known by, in at most 1 MB: a Bloom filter of 64-bit
 * hashes of features and label ({@link RowHash#ofContents}), which no seed enters.
 *
 * <p>Up to 262,144 rows it holds all; of n rows, where they are more, those whose second hash is
 * among the first 262,144/n, and of other rows it is asked about these alone. A row that it does
 * not hold is taken for one that it does with a chance of 1e-6; a row that it holds is always
 * known.
 */
public final class RowSketch implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;
  private static final long MOST_ROWS = 1L << 18;
  private static final double FALSE_POSITIVES = 1e-6;

  /** The filter of fewer rows is as large as that of so many: tiny ones hash too coarsely. */
  private static final long FEWEST_ROWS = 1L << 12;

  private static final long SAMPLE = 0x73616d70_6c65L;

  /** More hits than this many deviations above the expected number of false ones are no chance. */
  private static final double DEVIATIONS = 5;

  /** The most rows that are looked up: the first ones, without a pass over all. */
  static final int MOST_ASKED = 100_000;

  private static final RowSketch NONE = new RowSketch(0, new byte[0]);

  private final double share;
  private final byte[] filter;

  private RowSketch(double share, byte[] filter) {
    this.share = share;
    this.filter = filter;
  }

  /** The sketch of no rows, which models of earlier versions have. */
  public static RowSketch none() {
    return NONE;
  }

  /** Whether it holds no rows, and so says nothing. */
  public boolean isEmpty() {
    return filter.length == 0;
  }

  /**
   * Sketches rows, by one pass.
   *
   * @param contents the hash of a row's features and label
   * @param rows about how many rows there are
   */
  static RowSketch of(Dataset<Row> frame, Column contents, long rows) {
    double share = Math.min(1, (double) MOST_ROWS / Math.max(1, rows));
    Dataset<Row> keys = frame.select(contents.as(Columns.KEY));
    Dataset<Row> kept = share < 1 ? keys.where(isKept(share)) : keys;
    long expected = Math.max(FEWEST_ROWS, Math.min(rows, MOST_ROWS));
    BloomFilter filter = kept.stat().bloomFilter(Columns.KEY, expected, FALSE_POSITIVES);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      filter.writeTo(bytes);
      return new RowSketch(share, bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Column isKept(double share) {
    Column draw = functions.xxhash64(Columns.named(Columns.KEY), functions.lit(SAMPLE));
    return functions.shiftrightunsigned(draw, 1).lt(functions.lit(threshold(share)));
  }

  private static boolean isKept(long key, double share) {
    return share == 1 || RowHash.hash(key, SAMPLE) >>> 1 < threshold(share);
  }

  private static long threshold(double share) {
    return (long) (share * Long.MAX_VALUE);
  }

  /**
   * Says how many of some rows the model was trained on; empty where these are none, or as few as
   * false hits would be.
   *
   * @param keys the hashes of their features and labels, at most {@link #MOST_ASKED}
   */
  Optional<String> note(List<Long> keys) {
    BloomFilter known = filter();
    long asked = keys.stream().filter(key -> isKept(key, share)).count();
    long hits =
        keys.stream().filter(key -> isKept(key, share) && known.mightContainLong(key)).count();
    double chance = FALSE_POSITIVES * asked;
    if (hits <= chance + DEVIATIONS * Math.sqrt(chance)) {
      return Optional.empty();
    }
    String first = keys.size() == MOST_ASKED ? "the first " : "";
    String all = "%s%,d rows".formatted(first, keys.size());
    String counted =
        share == 1
            ? "%,d of %s".formatted(hits, all)
            : "about %.0f %% of %s (%,d of %,d that were looked up)"
                .formatted(100.0 * hits / asked, all, hits, asked);
    return Optional.of(
        counted
            + " have the features and label of a row that the model was trained on:"
            + " this score is too good for unseen rows");
  }

  private BloomFilter filter() {
    try {
      return BloomFilter.readFrom(new ByteArrayInputStream(filter));
    } catch (IOException damaged) {
      throw new InvalidInputException(
          "'model' holds a broken sketch of its training rows: train it again", damaged);
    }
  }

  /** The sketch as bytes, for a file. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeDouble(share);
      out.write(filter);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * The sketch of the bytes that {@link #toBytes} gave.
   *
   * @throws IOException if the bytes are no sketch
   */
  public static RowSketch of(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException("a sketch of rows of version " + version + " is unknown");
      }
      double share = in.readDouble();
      return new RowSketch(share, in.readAllBytes());
    }
  }
}
