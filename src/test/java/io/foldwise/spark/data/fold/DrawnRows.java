package io.foldwise.spark.data.fold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The draws of rows, written out once more on lz4's xxHash64: eight bytes a number, little endian,
 * each hashed with the hash so far as its seed, from 42; the salts are eight letters wide.
 *
 * @param identities of the rows
 */
record DrawnRows(long[] identities) {
  private static final XXHash64 XXHASH = XXHashFactory.safeInstance().hash64();
  private static final long START = 42;

  /** Rows that no other equals, each the values of its columns in the order of their names. */
  static DrawnRows of(double[]... rows) {
    return new DrawnRows(
        Arrays.stream(rows)
            .mapToLong(
                row -> hash(Arrays.stream(row).mapToLong(Double::doubleToLongBits).toArray()))
            .toArray());
  }

  static long hash(long... numbers) {
    long hash = START;
    for (long number : numbers) {
      byte[] bytes =
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
      hash = XXHASH.hash(bytes, 0, bytes.length, hash);
    }
    return hash;
  }

  int rows() {
    return identities.length;
  }

  DrawnRows only(int... rows) {
    return new DrawnRows(Arrays.stream(rows).mapToLong(i -> identities[i]).toArray());
  }

  /** Of four letters, which are the upper half of the salt. */
  long[] draws(String letters, long seed) {
    long salt = 0;
    for (int i = 0; i < letters.length(); i++) {
      salt = salt << Byte.SIZE | letters.charAt(i);
    }
    long salted = (salt << Integer.SIZE) + seed;
    return Arrays.stream(identities).map(identity -> hash(identity, salted)).toArray();
  }

  /** The rank of each row's draw, from 0. */
  int[] ranks(String letters, long seed) {
    long[] draws = draws(letters, seed);
    int[] order =
        IntStream.range(0, rows())
            .boxed()
            .sorted(Comparator.comparingLong(i -> draws[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[rows()];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }
}
