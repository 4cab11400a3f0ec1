package io.foldwise.spark.data.load;

import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is said of each of d columns of numbers, found in one pass over {@link NarrowRows}: the
 * aggregates that {@link Inspection} takes of few columns, with the number of different values by
 * Spark's own HyperLogLog++. NaN counts as missing.
 */
final class NumberFacts implements Serializable {

  private static final long serialVersionUID = 1L;

  private final HyperLogLogPlusPlusHelper distinct;
  private final long[] counts;
  private final double[] sums;
  private final double[] least;
  private final double[] greatest;

  /** The registers of all columns, one after the other. */
  private final UnsafeRow registers;

  private NumberFacts(int d, double distinctError) {
    this.distinct = new HyperLogLogPlusPlusHelper(distinctError);
    this.counts = new long[d];
    this.sums = new double[d];
    this.least = new double[d];
    this.greatest = new double[d];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    int words = d * distinct.numWords();
    int bytes = UnsafeRow.calculateBitSetWidthInBytes(words) + words * Long.BYTES;
    this.registers = new UnsafeRow(words);
    registers.pointTo(new byte[bytes], bytes);
  }

  /**
   * The facts of each of the d packed numbers, by one pass over the rows.
   *
   * @param distinctError the relative deviation of the number of different values
   */
  static NumberFacts of(Dataset<Row> narrow, int d, double distinctError) {
    JavaRDD<InternalRow> rows = narrow.select(Columns.PACKED).queryExecution().toRdd().toJavaRDD();
    return Transport.reduce(
        rows.mapPartitions(part -> List.of(of(part, d, distinctError)).iterator()),
        NumberFacts::merged);
  }

  private static NumberFacts of(Iterator<InternalRow> rows, int d, double distinctError) {
    NumberFacts facts = new NumberFacts(d, distinctError);
    while (rows.hasNext()) {
      facts.add(rows.next().getArray(0));
    }
    return facts;
  }

  private void add(ArrayData numbers) {
    for (int j = 0; j < counts.length; j++) {
      double number = numbers.getDouble(j);
      if (!Double.isNaN(number)) {
        counts[j]++;
        sums[j] += number;
        least[j] = number < least[j] ? number : least[j];
        greatest[j] = number > greatest[j] ? number : greatest[j];
        distinct.update(registers, j * distinct.numWords(), number, DataTypes.DoubleType);
      }
    }
  }

  private NumberFacts merged(NumberFacts other) {
    for (int j = 0; j < counts.length; j++) {
      counts[j] += other.counts[j];
      sums[j] += other.sums[j];
      least[j] = Math.min(least[j], other.least[j]);
      greatest[j] = Math.max(greatest[j], other.greatest[j]);
      int at = j * distinct.numWords();
      distinct.merge(registers, other.registers, at, at);
    }
    return this;
  }

  /** The number of cells of a column that hold a number. */
  long present(int j) {
    return counts[j];
  }

  /** The approximate number of different numbers in a column. */
  long distinct(int j) {
    return distinct.query(registers, j * distinct.numWords());
  }

  /** The range of a column's numbers; empty where there are none. */
  Optional<Inspection.Range> range(int j) {
    return counts[j] == 0
        ? Optional.empty()
        : Optional.of(
            new Inspection.Range(
                Double.toString(least[j]),
                Double.toString(greatest[j]),
                Optional.of(sums[j] / counts[j])));
  }
}
