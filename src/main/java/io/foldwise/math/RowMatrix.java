package io.foldwise.math;

import java.io.Serializable;

public sealed interface RowMatrix extends Serializable permits DenseRows, SparseRows {
  int rows();

  int columns();

  void timesInto(int from, int count, int p, double[] b, int m, double[] z);

  void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g);
}
