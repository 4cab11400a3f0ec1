package io.foldwise.spark.engine.rows;

import io.foldwise.spark.job.Transport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Brings pieces to the task they go to, in the order of where they come from, without ever caching
 * them all: the shuffle sorts and spills.
 */
public final class PieceShuffle {

  private PieceShuffle() {}

  /** One partition for each reducer, its pieces in the order of {@link ShufflePiece.Origin}. */
  public static <T> JavaRDD<T> of(JavaPairRDD<ShufflePiece.Origin, T> pieces, int reducers) {
    return Transport.sorted(pieces, new ByReducer(reducers)).map(Tuple2::_2);
  }

  /** Sends each piece to its reducer. */
  private static final class ByReducer extends Partitioner {
    private final int reducers;

    ByReducer(int reducers) {
      this.reducers = reducers;
    }

    @Override
    public int numPartitions() {
      return reducers;
    }

    @Override
    public int getPartition(Object origin) {
      return ((ShufflePiece.Origin) origin).reducer();
    }
  }
}
