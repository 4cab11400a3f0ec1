package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.loss.Loss;
import io.foldwise.search.SearchResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What changes nothing of a search, or scales it, but for the rounding of its sums. A law over a
 * flag alone is tried for both of its values.
 */
final class FoldwiseLawsTest {
  private static final double ROUNDING = 1e-9;
  private static final double UNIT = 37;
  private static final StructType SCHEMA =
      new StructType()
          .add("a", "double")
          .add("b", "double")
          .add("y", "double")
          .add("w", "double")
          .add("fold", "int");

  private static final String SQUARED = "l2=0,0.1; learning-rate=0.05; batch-size=full; epochs=30";

  private final SparkSession spark = TestSpark.session();

  private static List<Row> rows(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double a = random.nextGaussian();
      double b = 3 + 2 * random.nextGaussian();
      double y = 2 + a - 0.5 * b + random.nextGaussian();
      rows.add(RowFactory.create(a, b, y, 1 + random.nextInt(3) / 2.0, i % 3));
    }
    return rows;
  }

  private Dataset<Row> frame(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  /** Folds and minibatches are dealt by what rows hold, not by where they lie. */
  @Property(seed = "1", tries = 3)
  void theOrderOfRowsAndTheirPartitionsChangeNothing(
      @ForAll long seed,
      @ForAll boolean smooth,
      @ForAll @IntRange(min = 1, max = 7) int partitions) {
    List<Row> rows = rows(seed);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    UnaryOperator<Foldwise> asked =
        search ->
            search
                .features("a", "b")
                .weight("w")
                .folds(4)
                .loss(smooth ? Loss.squared() : Loss.huber())
                .grid("degree=1,2; batch-size=16; epochs=20");
    assertSame(searched(frame(rows, 1), asked), searched(frame(shuffled, partitions), asked), 1);
  }

  @Property
  void weightsInOtherUnitsChangeNothing(@ForAll boolean smooth) {
    Loss loss = smooth ? Loss.squared() : Loss.absolute();
    UnaryOperator<Foldwise> asked = search -> byFold(search).weight("w").loss(loss);
    Dataset<Row> rows = frame(rows(7), 2);
    assertSame(
        searched(rows, asked),
        searched(rows.selectExpr("a", "b", "y", "8 * w w", "fold"), asked),
        1);
  }

  /** Where both lie in one fold, and a minibatch is all rows. */
  @Property
  void rowsOfWeightTwoAreRowsTwice(@ForAll boolean smooth) {
    List<Row> twice = new ArrayList<>(rows(7));
    twice.addAll(rows(7));
    Loss loss = smooth ? Loss.squared() : Loss.absolute();
    assertSame(
        searched(
            frame(rows(7), 2).selectExpr("a", "b", "y", "2 w", "fold"),
            search -> byFold(search).weight("w").loss(loss)),
        searched(frame(twice, 3), search -> byFold(search).loss(loss)),
        1);
  }

  /** With a rate that is given, descent is linear in the labels; and so is the optimum. */
  @Property
  void labelsInOtherUnitsScaleCoefficientsAndTheErrorByTheSquare(@ForAll boolean exact) {
    Dataset<Row> rows = frame(rows(7), 2);
    Dataset<Row> scaled = rows.selectExpr("a", "b", UNIT + " * y y", "w", "fold");
    String grid = exact ? "optimizer=exact; l2=0,0.1" : SQUARED;
    UnaryOperator<Foldwise> asked = search -> byFold(search).grid(grid);
    assertSame(searched(rows, asked), searched(scaled, asked), UNIT);
  }

  @Property
  void aColumnThatDoesNotVaryChangesNothing(@ForAll boolean smooth) {
    Dataset<Row> rows = frame(rows(7), 2);
    Dataset<Row> wider = rows.selectExpr("*", "cast(7 as double) c");
    Loss loss = smooth ? Loss.squared() : Loss.absolute();
    SearchResult with =
        searched(wider, search -> byFold(search).features("a", "b", "c").loss(loss));
    assertEquals(0.0, with.refit().model().namedPowers().getOrDefault("c", 0.0));
    assertSame(searched(rows, search -> byFold(search).loss(loss)), with, 1);
  }

  @Property(seed = "6", tries = 2)
  void foldsUnderOtherNumbersHaveTheSameMean(@ForAll long seed) {
    Dataset<Row> rows = frame(rows(seed), 2);
    Dataset<Row> renumbered = rows.selectExpr("a", "b", "y", "w", "(fold + 1) % 3 fold");
    assertSame(
        searched(rows, FoldwiseLawsTest::byFold),
        searched(renumbered, FoldwiseLawsTest::byFold),
        1);
  }

  private static Foldwise byFold(Foldwise search) {
    return search.features("a", "b").foldColumn("fold").grid(SQUARED);
  }

  private static SearchResult searched(Dataset<Row> rows, UnaryOperator<Foldwise> asked) {
    return asked.apply(Foldwise.on(rows).label("y")).search();
  }

  private static void assertSame(SearchResult one, SearchResult other, double unit) {
    double mean = one.chosen().orElseThrow().validation().mean();
    double scaled = other.chosen().orElseThrow().validation().mean() / unit / unit;
    assertEquals(mean, scaled, ROUNDING * mean);
    assertEquals(
        one.chosen().orElseThrow().index(), other.chosen().orElseThrow().index(), "the choice");
    double[] coefficients = coefficients(other);
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] /= unit;
    }
    assertArrayEquals(coefficients(one), coefficients, ROUNDING);
  }

  private static double[] coefficients(SearchResult result) {
    return result.refit().model().namedPowers().entrySet().stream()
        .filter(term -> !term.getKey().equals("c"))
        .mapToDouble(Map.Entry::getValue)
        .toArray();
  }
}
