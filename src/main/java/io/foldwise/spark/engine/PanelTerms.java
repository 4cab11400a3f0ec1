package io.foldwise.spark.engine;

import io.foldwise.learn.PolynomialBasis;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;

/** The terms of a panel's rows, X: n × p, the first column ones. */
sealed interface PanelTerms {
  /** Sparse where rows are and no powers are taken of them. */
  static PanelTerms of(PolynomialBasis basis, RowReader reader, int capacity) {
    return reader.layout().sparse() && basis.degree() == 1
        ? new Sparse(basis, reader, capacity)
        : new Dense(basis, reader, capacity);
  }

  /** Back to no rows. */
  void clear();

  /** One more row. */
  void append(InternalRow row);

  /**
   * Z = X·B.
   *
   * @param b B, p × m, row-major
   * @param z n × m, row-major, overwritten
   */
  void timesInto(double[] b, int m, double[] z);

  /** z[to + c] += factor·b[from + c] for the m columns. */
  private static void addMultiple(double factor, double[] b, int from, int m, double[] z, int to) {
    for (int c = 0; c < m; c++) {
      z[to + c] = Math.fma(factor, b[from + c], z[to + c]);
    }
  }

  /** Every term stored. */
  final class Dense implements PanelTerms {
    private final PolynomialBasis basis;
    private final RowReader reader;
    private final int p;
    private final double[] values;
    private final double[] x;
    private final double[] scratch;
    private int count;

    Dense(PolynomialBasis basis, RowReader reader, int capacity) {
      this.basis = basis;
      this.reader = reader;
      this.p = basis.terms() + 1;
      this.values = new double[capacity * p];
      this.x = new double[basis.features().size()];
      this.scratch = new double[basis.scratchLength()];
    }

    @Override
    public void clear() {
      count = 0;
    }

    @Override
    public void append(InternalRow row) {
      reader.featuresInto(row, x);
      values[count * p] = 1;
      basis.expandInto(x, values, count++ * p + 1, scratch);
    }

    @Override
    public void timesInto(double[] b, int m, double[] z) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(b, 0, z, i * m, m);
        for (int j = 1; j < p; j++) {
          addMultiple(values[i * p + j], b, j * m, m, z, i * m);
        }
      }
    }
  }

  /** Features other than zero, about the middles of the basis. */
  final class Sparse implements PanelTerms {
    private final PolynomialBasis basis;
    private final RowReader reader;
    private final int[] starts;
    private int[] indices = new int[1024];
    private double[] values = new double[1024];
    private int count;
    private int stored;

    Sparse(PolynomialBasis basis, RowReader reader, int capacity) {
      this.basis = basis;
      this.reader = reader;
      this.starts = new int[capacity + 1];
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
      values[stored++] = value / basis.halfWidth(feature);
    }

    @Override
    public void timesInto(double[] b, int m, double[] z) {
      double[] atZero = atZero(b, m);
      for (int i = 0; i < count; i++) {
        System.arraycopy(atZero, 0, z, i * m, m);
        for (int at = starts[i]; at < starts[i + 1]; at++) {
          addMultiple(values[at], b, indices[at] * m, m, z, i * m);
        }
      }
    }

    /** The predictions where every feature is zero. */
    private double[] atZero(double[] b, int m) {
      double[] atZero = Arrays.copyOf(b, m);
      for (int j = 0; j < basis.terms(); j++) {
        double term = -basis.middle(j) / basis.halfWidth(j);
        if (term != 0) {
          addMultiple(term, b, (j + 1) * m, m, atZero, 0);
        }
      }
      return atZero;
    }
  }
}
