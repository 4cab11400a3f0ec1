package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.math.Moments;
import io.foldwise.math.PackedSymmetric;
import io.foldwise.search.Assignment;
import io.foldwise.search.training.BlockSums;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * The moments of every block as SQL: one group for each fold and segment, one sum for each pair of
 * coordinates.
 *
 * <p>Sums of a group are plain. So that they run over few rows, segments are cut finer than the
 * minibatches ask, and what a block is made of is added up on the driver, compensated.
 *
 * <p>Where pairs are many, each query sums a square of them and so reads only the columns of its
 * two sides.
 */
final class SqlMoments {
  /** The approximate number of rows of a group, over which sums are plain. */
  private static final long PLAIN_ROWS = 4096;

  /** The sums of all groups together beyond which segments are not cut finer. */
  private static final long MOST_NUMBERS = 8L << 20;

  /** The side of a square of pairs, which are about as many as a query takes sums. */
  private static final int SIDE = 22;

  private final SqlFrame frame;
  private final MinibatchBorders borders;
  private final SqlAggregates aggregates;
  private final int q;
  private final List<Integer> packedAt = new ArrayList<>();

  /**
   * @param frame the terms and label about the shift, with fold and position
   */
  SqlMoments(SqlFrame frame, MinibatchBorders borders, SqlAggregates aggregates) {
    this.frame = frame;
    this.borders = borders;
    this.aggregates = aggregates;
    this.q = frame.terms() + 2;
  }

  MomentsTable run() {
    MinibatchBorders finer = finer();
    List<List<Column>> tiles = tiles();
    SqlFrame cut = frame.cut(finer);
    SqlFrame sided = tiles.size() > 1 ? aggregates.kept(sided(cut)) : sided(cut);
    try {
      return table(aggregates.by(sided.rows(), sided.block(borders.pieces()), tiles), finer);
    } finally {
      sided.drop();
    }
  }

  private MinibatchBorders finer() {
    Assignment assignment = borders.assignment();
    long sums = (long) borders.pieces() * PackedSymmetric.length(q);
    long wanted = assignment.rows() / (PLAIN_ROWS * borders.pieces());
    int segments = (int) Math.max(1, Math.min(wanted, MOST_NUMBERS / sums));
    if (segments <= borders.segments()) {
      return borders;
    }
    List<Integer> minibatches = new ArrayList<>(borders.minibatches());
    minibatches.add(segments);
    return new MinibatchBorders(assignment, minibatches);
  }

  /** The frame with the coordinates times their row's weight, the left sides of products. */
  private SqlFrame sided(SqlFrame cut) {
    if (!cut.weighted()) {
      return cut;
    }
    Map<String, Column> left = new LinkedHashMap<>();
    for (int i = 1; i < q; i++) {
      left.put(leftName(i), cut.weighed(coordinate(i)));
    }
    return new SqlFrame(cut.rows().withColumns(left), cut.terms(), true);
  }

  private static String leftName(int i) {
    return "wz" + i;
  }

  /** The i-th coordinate of z = (1, t, y). */
  private Column coordinate(int i) {
    return i == 0 ? lit(1.0) : i == q - 1 ? SqlFrame.LABEL : SqlFrame.term(i - 1);
  }

  private List<List<Column>> tiles() {
    List<List<Column>> tiles = new ArrayList<>();
    for (int from = 0; from < q; from += SIDE) {
      for (int other = 0; other <= from; other += SIDE) {
        tiles.add(tile(from, other));
      }
    }
    return tiles;
  }

  /** The sums of a square of pairs; the very first is the number of rows. */
  private List<Column> tile(int from, int other) {
    List<Column> sums = new ArrayList<>();
    if (from == 0) {
      sums.add(count(lit(1)));
    }
    for (int i = from; i < Math.min(q, from + SIDE); i++) {
      for (int j = other; j < Math.min(i + 1, other + SIDE); j++) {
        sums.add(sum(product(i, j)));
        packedAt.add(PackedSymmetric.index(i, j));
      }
    }
    return sums;
  }

  private Column product(int i, int j) {
    if (i == 0) {
      return frame.weight();
    }
    Column left = frame.weighted() ? col(leftName(i)) : coordinate(i);
    return j == 0 ? left : left.multiply(coordinate(j));
  }

  private MomentsTable table(Map<Long, double[]> groups, MinibatchBorders finer) {
    Map<Long, Long> starts = new HashMap<>();
    for (int s = 0; s < finer.segments(); s++) {
      starts.put(finer.bordersUpTo(finer.start(s)), finer.start(s));
    }
    BlockSums blocks = new BlockSums(frame.terms());
    groups.forEach(
        (key, sums) -> {
          int fold = (int) (key % borders.pieces());
          blocks.add(borders.block(starts.get(key / borders.pieces()), fold), moments(sums));
        });
    return new MomentsTable(borders, frame.terms(), List.of(blocks));
  }

  private Moments moments(double[] sums) {
    double[] packed = new double[PackedSymmetric.length(q)];
    for (int at = 0; at < packed.length; at++) {
      packed[packedAt.get(at)] = sums[at + 1];
    }
    return Moments.of(frame.terms(), (long) sums[0], packed);
  }
}
