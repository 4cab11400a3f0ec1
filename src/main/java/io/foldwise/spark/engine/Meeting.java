package io.foldwise.spark.engine;

import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.Tuple2;
import scala.math.Ordering;
import scala.reflect.ClassTag$;

/**
 * Brings pieces to the task they go to, in the order of where they come from, without ever holding
 * them all: the shuffle sorts and spills.
 */
final class Meeting {

  private Meeting() {}

  /** One partition a reducer, its pieces by {@link Piece.Origin}. */
  static <T> JavaRDD<T> of(JavaPairRDD<Piece.Origin, T> pieces, int reducers) {
    ShuffledRDD<Piece.Origin, T, T> met =
        new ShuffledRDD<Piece.Origin, T, T>(
                pieces.rdd(),
                new ByReducer(reducers),
                ClassTag$.MODULE$.apply(Piece.Origin.class),
                ClassTag$.MODULE$.apply(Object.class),
                ClassTag$.MODULE$.apply(Object.class))
            .setKeyOrdering(Ordering.comparatorToOrdering(Comparator.<Piece.Origin>naturalOrder()))
            .setSerializer(forgetful(pieces.context().getConf()));
    return met.toJavaRDD().map(Tuple2::_2);
  }

  /** Java's streams keep what passes through them until they are reset; every 100 by default. */
  private static JavaSerializer forgetful(SparkConf conf) {
    return new JavaSerializer(conf.clone().set("spark.serializer.objectStreamReset", "1"));
  }

  /** Each piece to its reducer. */
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
      return ((Piece.Origin) origin).reducer();
    }
  }
}
