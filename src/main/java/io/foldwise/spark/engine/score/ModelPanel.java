package io.foldwise.spark.engine.score;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.math.DenseRows;
import io.foldwise.math.SparseRows;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;

/** The terms of a panel's rows, X: n × p, the first column ones; and Z = X·B. */
sealed interface ModelPanel {
  /** A panel that is sparse where rows are and no powers are taken of them. */
  static ModelPanel of(ScoredModels models, RowReader reader, int capacity) {
    return reader.layout().sparse() && models.basis().degree() == 1
        ? new Sparse(models, reader, capacity)
        : new Dense(models, reader, capacity);
  }

  /** Goes back to no rows. */
  void clear();

  /** Appends a row. */
  void append(InternalRow row);

  /**
   * Z = X·B.
   *
   * @param z n × m·K, row-major, overwritten
   */
  void predictInto(double[] z);

  /** A panel that stores every term. */
  final class Dense implements ModelPanel {
    private final ScoredModels models;
    private final RowReader reader;
    private final double[] values;
    private final DenseRows rows;
    private final double[] x;
    private final double[] scratch;
    private int count;

    Dense(ScoredModels models, RowReader reader, int capacity) {
      this.models = models;
      this.reader = reader;
      this.values = new double[capacity * models.width()];
      this.rows = new DenseRows(models.width(), values);
      this.x = new double[models.basis().features().size()];
      this.scratch = new double[models.basis().scratchLength()];
    }

    @Override
    public void clear() {
      count = 0;
    }

    @Override
    public void append(InternalRow row) {
      int from = count++ * models.width();
      reader.featuresInto(row, x);
      values[from] = 1;
      models.basis().expandInto(x, values, from + 1, scratch);
    }

    @Override
    public void predictInto(double[] z) {
      rows.timesInto(0, count, models.width(), models.coefficients(), models.functions(), z);
    }
  }

  /**
   * A panel that stores features other than zero; what the middles of the basis add is the same in
   * every row.
   */
  final class Sparse implements ModelPanel {
    private static final int FIRST_CELLS = 1024;

    private final ScoredModels models;
    private final RowReader reader;
    private final double[] coefficients;
    private final int[] starts;
    private int[] indices = new int[FIRST_CELLS];
    private double[] values = new double[FIRST_CELLS];
    private int count;
    private int stored;

    Sparse(ScoredModels models, RowReader reader, int capacity) {
      this.models = models;
      this.reader = reader;
      this.coefficients = aboutZero(models);
      this.starts = new int[capacity + 1];
    }

    /** B with the predictions where every feature is zero in place of the intercepts. */
    private static double[] aboutZero(ScoredModels models) {
      PolynomialBasis basis = models.basis();
      int m = models.functions();
      double[] b = models.coefficients().clone();
      for (int j = 0; j < basis.terms(); j++) {
        double term = -basis.middle(j) / basis.halfWidth(j);
        for (int c = 0; c < m && term != 0; c++) {
          b[c] += term * b[(j + 1) * m + c];
        }
      }
      return b;
    }

    @Override
    public void clear() {
      count = 0;
      stored = 0;
    }

    @Override
    public void append(InternalRow row) {
      reader.entries(row, this::store);
      starts[++count] = stored;
    }

    private void store(int feature, double value) {
      if (stored == values.length) {
        indices = Arrays.copyOf(indices, 2 * stored);
        values = Arrays.copyOf(values, 2 * stored);
      }
      indices[stored] = feature + 1;
      values[stored++] = value / models.basis().halfWidth(feature);
    }

    @Override
    public void predictInto(double[] z) {
      new SparseRows(models.width(), Arrays.copyOf(starts, count + 1), indices, values)
          .timesInto(0, count, models.width(), coefficients, models.functions(), z);
    }
  }
}
