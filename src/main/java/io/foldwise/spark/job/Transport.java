package io.foldwise.spark.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.SerializableWritable;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.math.Ordering;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * How values travel between the driver and the executors, and from task to task: by Java's
 * serialization, whatever {@code spark.serializer} says, since a library can neither change the
 * serializer of a session nor register classes with it. Closures travel so anyway, and rows of SQL
 * in a form of their own.
 */
public final class Transport {
  /** The most partitions that all send what they have to the driver. */
  private static final int FLAT = 32;

  private Transport() {}

  /** Sends a value to every executor that asks for it. */
  public static <T> Shared<T> share(SparkContext context, T value) {
    return new Shared<>(JavaSparkContext.fromSparkContext(context).broadcast(Parcel.of(value)));
  }

  /** Makes a task for each value, in order; there is at least one value. */
  public static <T> JavaRDD<T> parallelize(SparkContext context, List<T> values) {
    List<SerializableWritable<Parcel<T>>> parcels = new ArrayList<>();
    values.forEach(value -> parcels.add(Parcel.of(value)));
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(parcels, parcels.size())
        .map(Parcel::opened);
  }

  /** All values, in the order of partitions. */
  public static <T> List<T> collect(JavaRDD<T> values) {
    return opened(values.map(Parcel::of).collect());
  }

  /** The first values, at most so many. */
  public static <T> List<T> take(JavaRDD<T> values, int most) {
    return opened(values.map(Parcel::of).take(most));
  }

  private static <T> List<T> opened(List<SerializableWritable<Parcel<T>>> parcels) {
    List<T> values = new ArrayList<>(parcels.size());
    parcels.forEach(parcel -> values.add(Parcel.opened(parcel)));
    return values;
  }

  /**
   * All values merged, in the order of partitions where these are few, else as a tree.
   *
   * @param values at least one
   * @param merge may change and give back its first argument
   */
  public static <T> T reduce(JavaRDD<T> values, Function2<T, T, T> merge) {
    JavaRDD<T> merged = values.mapPartitions(part -> merged(part, merge));
    if (merged.getNumPartitions() <= FLAT) {
      return merged(collect(merged).iterator(), merge).next();
    }
    return Parcel.opened(
        merged
            .map(Parcel::of)
            .treeReduce(
                (one, other) -> Parcel.of(merge.call(Parcel.opened(one), Parcel.opened(other)))));
  }

  /** All values merged into one; none where there are none. */
  private static <T> Iterator<T> merged(Iterator<T> values, Function2<T, T, T> merge) {
    if (!values.hasNext()) {
      return values;
    }
    T merged = values.next();
    while (values.hasNext()) {
      merged = called(merge, merged, values.next());
    }
    return List.of(merged).iterator();
  }

  private static <T> T called(Function2<T, T, T> merge, T one, T other) {
    try {
      return merge.call(one, other);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Keeps values for several jobs. */
  public static <T> Kept<T> keep(JavaRDD<T> values) {
    return new Kept<>(values);
  }

  /**
   * Brings pairs to the partition of their key, in the order of keys, without ever holding them
   * all: the shuffle sorts and spills.
   */
  public static <K extends Comparable<? super K>, V> JavaPairRDD<K, V> sorted(
      JavaPairRDD<K, V> pairs, Partitioner by) {
    ClassTag<Object> any = ClassTag$.MODULE$.Any();
    return JavaPairRDD.fromRDD(
        new ShuffledRDD<K, V, V>(pairs.rdd(), by, tag(any), tag(any), tag(any))
            .setKeyOrdering(Ordering.comparatorToOrdering(Comparator.<K>naturalOrder()))
            .setSerializer(forgetful(pairs.context().getConf())),
        tag(any),
        tag(any));
  }

  @SuppressWarnings("unchecked") // Spark's own API for Java casts tags so.
  private static <T> ClassTag<T> tag(ClassTag<Object> any) {
    return (ClassTag<T>) any;
  }

  /**
   * A serializer that keeps nothing: by default Java's streams hold what passes until every 100th.
   */
  private static JavaSerializer forgetful(SparkConf conf) {
    return new JavaSerializer(conf.clone().set("spark.serializer.objectStreamReset", "1"));
  }

  /** Merges the values of each key, those of a task before they travel. */
  public static <K, V> JavaPairRDD<K, V> reduceByKey(
      JavaPairRDD<K, V> pairs, Partitioner by, Function2<V, V, V> merge) {
    return pairs.combineByKey(
        value -> value, merge, merge, by, true, new JavaSerializer(pairs.context().getConf()));
  }
}
