package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.foldwise.TestSpark;
import io.foldwise.learn.GradientSums;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Few tasks send their sums to the driver, many merge them on the way: the same sums. */
final class MergedTest {
  @Test
  void manyTasksMergeAsATreeAndFewOnTheDriver() {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
    List<Integer> numbers = IntStream.rangeClosed(1, 9).boxed().toList();
    JavaRDD<GradientSums> sums =
        context
            .parallelize(numbers, 9)
            .map(i -> new GradientSums(new double[] {i, 2.0 * i}, new double[] {1}));
    for (int few : new int[] {0, 4, 9}) {
      GradientSums all = PartsObjective.merged(sums, GradientSums::merge, few);
      assertArrayEquals(new double[] {45, 90}, all.gradients(), 0.0, "few " + few);
      assertArrayEquals(new double[] {9}, all.foldWeights(), 0.0, "few " + few);
    }
  }
}
