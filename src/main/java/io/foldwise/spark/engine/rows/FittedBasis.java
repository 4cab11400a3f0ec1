package io.foldwise.spark.engine.rows;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.SearchPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The columns that moments are taken of, and the point they are taken about.
 *
 * @param passes the passes over the training rows that finding them took: one where powers need the
 *     features' ranges
 */
public record FittedBasis(PolynomialBasis basis, Shift shift, int passes) {
  private static final int SAMPLE = 256;

  public static FittedBasis of(SearchPlan plan, EngineRows rows) {
    requireDenseProducts(plan, rows.layout());
    if (rows.layout().sparse()) {
      return sparse(rows);
    }
    if (!plan.needsRanges()) {
      PolynomialBasis basis =
          PolynomialBasis.power(rows.features(), plan.degree()).imputing(rows.layout().imputed());
      RowReader reader = new RowReader(rows.layout());
      List<double[]> first = FrameRows.first(rows.training(), SAMPLE, row -> numbers(row, reader));
      return new FittedBasis(basis, shift(basis, first), 0);
    }
    Overview overview = overview(rows);
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(rows.features(), plan.degree(), overview.low, overview.high)
            .imputing(rows.layout().imputed());
    return new FittedBasis(basis, shift(basis, overview.sample), 1);
  }

  /**
   * This basis, with a shift by which labels stay as they are where a loss needs more than errors.
   */
  public FittedBasis takingLabels(Loss loss) {
    return loss.isOfErrors() ? this : new FittedBasis(basis, shift.withLabel(0), passes);
  }

  /** Refuses powers where features come as vectors. */
  public static void requireDenseProducts(SearchPlan plan, EngineRows.Layout layout) {
    if (layout.sparse() && plan.degree() > 1) {
      throw new InvalidInputException(
          "'degree' (%d) must be 1 where features are sparse: their products would not be"
              .formatted(plan.degree()));
    }
  }

  /** The basis of sparse rows, with terms about 0, where the cells that are not stored stay 0. */
  private static FittedBasis sparse(EngineRows rows) {
    double[] shift = new double[rows.features().size() + 1];
    RowReader reader = new RowReader(rows.layout());
    List<Double> labels = FrameRows.first(rows.training(), SAMPLE, reader::label);
    shift[shift.length - 1] = labels.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return new FittedBasis(PolynomialBasis.power(rows.features(), 1), new Shift(shift), 0);
  }

  private static Overview overview(EngineRows rows) {
    int d = rows.features().size();
    RowReader reader = new RowReader(rows.layout());
    int share = Math.max(1, SAMPLE / Math.max(1, FrameRows.of(rows.training()).getNumPartitions()));
    Overview all = Overview.empty(d);
    for (Overview part :
        FrameRows.pass(rows.training(), part -> Overview.of(part, reader, share))) {
      all.extendBy(part.low, part.high);
      all.sample.addAll(part.sample);
    }
    if (!all.isFinite()) {
      throw rows.badCell().get();
    }
    return all;
  }

  /** The mean of some rows: near the data, which is all that a shift is for. */
  private static Shift shift(PolynomialBasis basis, List<double[]> sample) {
    double[] mean = new double[basis.terms() + 1];
    double[] terms = new double[basis.terms() + 1];
    double[] scratch = new double[basis.scratchLength()];
    for (double[] row : sample) {
      basis.expandInto(row, terms, 0, scratch);
      terms[basis.terms()] = row[row.length - 1];
      for (int at = 0; at < mean.length; at++) {
        mean[at] += terms[at] / sample.size();
      }
    }
    return new Shift(mean);
  }

  /** The features and label of a row. */
  private static double[] numbers(InternalRow row, RowReader reader) {
    int d = reader.layout().features().size();
    double[] numbers = new double[d + 1];
    reader.featuresInto(row, numbers);
    numbers[d] = reader.label(row);
    return numbers;
  }

  /**
   * What one look at the rows tells.
   *
   * @param low the least value of each feature; NaN where any value is
   * @param high the greatest value of each feature; NaN where any value is
   * @param sample the features and label of some rows
   */
  private record Overview(double[] low, double[] high, List<double[]> sample)
      implements Serializable {
    static Overview empty(int d) {
      double[] low = new double[d];
      double[] high = new double[d];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, Double.NEGATIVE_INFINITY);
      return new Overview(low, high, new ArrayList<>());
    }

    static Overview of(Iterator<InternalRow> rows, RowReader reader, int sampled) {
      int d = reader.layout().features().size();
      Overview overview = empty(d);
      double[] x = new double[d];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        reader.featuresInto(row, x);
        overview.extendBy(x, x);
        if (overview.sample.size() < sampled) {
          overview.sample.add(numbers(row, reader));
        }
      }
      return overview;
    }

    void extendBy(double[] lowest, double[] highest) {
      for (int j = 0; j < low.length; j++) {
        low[j] = Math.min(low[j], lowest[j]);
        high[j] = Math.max(high[j], highest[j]);
      }
    }

    boolean isFinite() {
      return Arrays.stream(low).allMatch(Double::isFinite)
          && Arrays.stream(high).allMatch(Double::isFinite);
    }
  }
}
