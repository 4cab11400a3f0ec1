package io.foldwise.spark.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Also run where the session's serializer is Kryo: see the second execution in pom.xml. */
@Tag("serializer")
final class TransportTest {
  private final SparkContext context = TestSpark.session().sparkContext();

  /** What Kryo cannot read back, were it registered: a record, with a list and a map of the JDK. */
  private record Value(int number, List<String> names, Map<Long, double[]> numbers)
      implements Serializable {
    static Value of(int number) {
      TreeMap<Long, double[]> numbers = new TreeMap<>();
      numbers.put((long) number, new double[] {number, 0.5});
      return new Value(number, List.of("a" + number, "b"), numbers);
    }

    void assertIs(int expected) {
      assertEquals(expected, number);
      assertEquals(List.of("a" + expected, "b"), names);
      assertArrayEquals(new double[] {expected, 0.5}, numbers.get((long) expected));
    }
  }

  private static List<Value> values(int count) {
    return IntStream.range(0, count).mapToObj(Value::of).toList();
  }

  /** As a cache does it that spills to the disk or is read from afar. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everySerializerOfSparkWritesWhatIsPacked(boolean kryo) {
    SparkConf conf = new SparkConf(false).set("spark.kryo.registrationRequired", "true");
    Serializer serializer = kryo ? new KryoSerializer(conf) : new JavaSerializer(conf);
    ClassTag<Object> any = ClassTag$.MODULE$.Any();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream out = serializer.newInstance().serializeStream(bytes);
    values(300).forEach(value -> out.writeObject(Parcel.of(value), any));
    out.close();
    DeserializationStream in =
        serializer.newInstance().deserializeStream(new ByteArrayInputStream(bytes.toByteArray()));
    for (int i = 0; i < 300; i++) {
      @SuppressWarnings("unchecked") // what was written
      var parcel = (org.apache.spark.SerializableWritable<Parcel<Value>>) in.readObject(any);
      Parcel.opened(parcel).assertIs(i);
    }
  }

  @Test
  void aSharedValueIsThereInEveryTask() {
    Shared<Value> shared = Transport.share(context, Value.of(7));
    List<Value> seen =
        Transport.collect(Transport.parallelize(context, values(5)).map(v -> shared.value()));
    assertEquals(5, seen.size());
    seen.forEach(value -> value.assertIs(7));
    shared.destroy();
    assertThrows(Exception.class, shared::value);
  }

  @Test
  void valuesComeBackInOrder() {
    JavaRDD<Value> sent = Transport.parallelize(context, values(40));
    assertEquals(40, sent.getNumPartitions());
    List<Value> back = Transport.collect(sent);
    List<Value> first = Transport.take(sent, 3);
    IntStream.range(0, 40).forEach(i -> back.get(i).assertIs(i));
    assertEquals(3, first.size());
    IntStream.range(0, 3).forEach(i -> first.get(i).assertIs(i));
  }

  /** Up to 32 partitions the driver merges; above, tasks do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 70})
  void allValuesAreMergedOnceEach(int partitions) {
    JavaRDD<List<Value>> lists =
        Transport.parallelize(context, values(210))
            .map(value -> List.of(value))
            .coalesce(partitions);
    assertEquals(partitions, lists.getNumPartitions());
    List<Value> merged = new ArrayList<>(Transport.reduce(lists, TransportTest::joined));
    if (partitions <= 32) {
      IntStream.range(0, 210).forEach(i -> merged.get(i).assertIs(i));
    }
    merged.sort((a, b) -> Integer.compare(a.number, b.number));
    assertEquals(210, merged.size());
    IntStream.range(0, 210).forEach(i -> merged.get(i).assertIs(i));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  void keptValuesAreMadeOnce() {
    var made = context.longAccumulator();
    JavaRDD<Value> counted =
        Transport.parallelize(context, values(6))
            .map(
                value -> {
                  made.add(1L);
                  return value;
                });
    try (Kept<Value> kept = Transport.keep(counted)) {
      assertEquals(6, Transport.collect(kept.values()).size());
      Transport.collect(kept.values()).get(5).assertIs(5);
      assertEquals(6, made.value());
    }
    assertTrue(context.getPersistentRDDs().isEmpty());
  }

  @Test
  void pairsMeetInTheOrderOfTheirKeys() {
    JavaPairRDD<Integer, Value> pairs =
        Transport.parallelize(context, values(50))
            .mapToPair(value -> new Tuple2<>(49 - value.number, value));
    List<List<Tuple2<Integer, Value>>> met =
        Transport.collect(
            Transport.sorted(pairs, new HashPartitioner(3))
                .map(pair -> new Tuple2<>(pair._1(), pair._2()))
                .glom()
                .map(List::copyOf));
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < met.get(part).size(); i++) {
        assertEquals(3 * i + part, met.get(part).get(i)._1());
        met.get(part).get(i)._2().assertIs(49 - 3 * i - part);
      }
    }
    assertEquals(50, met.stream().mapToInt(List::size).sum());
  }

  @Test
  void valuesOfAKeyAreMerged() {
    JavaPairRDD<Integer, List<Value>> pairs =
        Transport.parallelize(context, values(50))
            .coalesce(4)
            .mapToPair(value -> new Tuple2<>(value.number % 7, List.of(value)));
    var merged =
        Transport.collect(
            Transport.reduceByKey(pairs, new HashPartitioner(2), TransportTest::joined)
                .map(pair -> new Tuple2<>(pair._1(), pair._2().size())));
    assertEquals(7, merged.size());
    merged.forEach(pair -> assertEquals(pair._1() == 0 ? 8 : 7, pair._2()));
  }
}
