package io.foldwise.ml.tuning;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.foldwise.spark.data.schema.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.random.XORShiftRandom;

/** The fold of each row, as MLlib's validators have it. */
final class FoldColumn {
  /** The name that it is given: an int in [0, k), or k where MLlib would refuse the row. */
  static final String NAME = "__foldwise_mllib_fold";

  /** Spark's row numbers hold the partition above so many bits, and the row in it below. */
  private static final int ROW_BITS = 33;

  private FoldColumn() {}

  /** Rows with the folds that a column says, in its place. */
  static Dataset<Row> given(Dataset<Row> rows, String name, int folds) {
    Column said = Columns.named(name);
    Column fold = coalesce(when(said.between(0, folds - 1), said).otherwise(folds), lit(folds));
    return rows.withColumn(NAME, fold).drop(name);
  }

  /**
   * Rows with the split that MLlib draws ({@code Dataset.randomSplit}): 1 where a row is trained
   * on, 0 where it is held out. Each partition sorts its rows, then draws a number in [0, 1) for
   * each.
   */
  static Dataset<Row> split(Dataset<Row> rows, double trainRatio, long seed) {
    Column[] order =
        Arrays.stream(rows.schema().fields())
            .filter(field -> RowOrdering.isOrderable(field.dataType()))
            .map(field -> Columns.named(field.name()))
            .toArray(Column[]::new);
    Column trained = rand(seed).lt(trainRatio / (trainRatio + (1 - trainRatio)));
    return rows.sortWithinPartitions(order).withColumn(NAME, when(trained, 1).otherwise(0));
  }

  /**
   * Rows with the folds that MLlib draws where no column says them ({@code MLUtils.kFold}): each
   * partition draws a number in [0, 1) for each of its rows, one after the other, from a generator
   * of its own.
   */
  static Dataset<Row> drawn(Dataset<Row> rows, int folds, long seed) {
    UDF1<Long, Integer> draw = new Draws(folds, seed);
    return rows.withColumn(
        NAME,
        udf(draw, DataTypes.IntegerType).asNonNullable().apply(monotonically_increasing_id()));
  }

  /**
   * The fold of the row of a number. It is a function of that number alone; rows that are asked for
   * in order are drawn in order.
   */
  private static final class Draws implements UDF1<Long, Integer>, Serializable {
    private static final long serialVersionUID = 1;

    private final int folds;
    private final long seed;
    private transient XORShiftRandom random;
    private transient int partition;
    private transient long next;

    Draws(int folds, long seed) {
      this.folds = folds;
      this.seed = seed;
    }

    @Override
    public synchronized Integer call(Long number) {
      int of = (int) (number >>> ROW_BITS);
      long row = number & ((1L << ROW_BITS) - 1);
      if (random == null || of != partition || row < next) {
        random = new XORShiftRandom(seedOf(of));
        partition = of;
        next = 0;
      }
      for (; next < row; next++) {
        random.nextDouble();
      }
      next++;
      return fold(random.nextDouble());
    }

    /** The seed of a partition: so many draws from a generator of the stated seed. */
    private long seedOf(int of) {
      Random seeds = new Random(seed);
      long drawn = seeds.nextLong();
      for (int at = 0; at < of; at++) {
        drawn = seeds.nextLong();
      }
      return drawn;
    }

    /** The fold f with f/k ≤ x < (f + 1)/k, where MLlib divides in single precision. */
    private int fold(double x) {
      int fold = Math.min(folds - 1, (int) (x * folds));
      while (fold > 0 && x < fold / (float) folds) {
        fold--;
      }
      while (fold < folds - 1 && x >= (fold + 1) / (float) folds) {
        fold++;
      }
      return fold;
    }
  }
}
