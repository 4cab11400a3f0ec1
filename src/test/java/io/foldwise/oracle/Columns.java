package io.foldwise.oracle;

import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import java.util.List;
import java.util.Map;

/**
 * The columns that a training sees, z = (term − centre)/scale, computed row by row on the training
 * rows, with a column of ones before them where there is an intercept.
 */
final class Columns {
  private final ModelForm form;
  private final Terms terms;
  private final List<String> names;
  private final double[][] values;
  private final double[] centre;
  private final double[] scale;

  Columns(TrainingRows rows, ModelForm form, PolynomialBasis.Kind basis, int[] training) {
    this.form = form;
    boolean plain = form.degree() == 1 && !(form.standardize() && form.fitIntercept());
    this.terms =
        basis == PolynomialBasis.Kind.CHEBYSHEV && !plain
            ? Terms.chebyshev(rows.x(), form.degree())
            : Terms.powers(rows.features(), form.degree());
    this.names = terms.names(rows.names());
    this.values = new double[rows.n()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = terms.values(rows.x()[i]);
    }
    this.centre = new double[terms.count()];
    this.scale = new double[terms.count()];
    for (int j = 0; j < scale.length; j++) {
      measure(j, rows, training);
    }
  }

  /** Mean, then the population deviation about it; no scale where all are the same. */
  private void measure(int j, TrainingRows rows, int[] training) {
    double weight = rows.weight(training);
    double mean = 0;
    boolean varies = false;
    for (int i : training) {
      mean += rows.weight(i) * values[i][j] / weight;
      varies |= values[i][j] != values[training[0]][j];
    }
    double variance = 0;
    for (int i : training) {
      variance += rows.weight(i) * (values[i][j] - mean) * (values[i][j] - mean) / weight;
    }
    centre[j] = form.standardize() && form.fitIntercept() ? mean : 0;
    scale[j] = !form.standardize() ? 1 : varies ? Math.sqrt(variance) : Double.POSITIVE_INFINITY;
  }

  /** 1 where the first weight is an intercept, else 0. */
  int leading() {
    return form.fitIntercept() ? 1 : 0;
  }

  int weights() {
    return leading() + terms.count();
  }

  double[] of(int row) {
    double[] z = new double[weights()];
    if (leading() == 1) {
      z[0] = 1;
    }
    for (int j = 0; j < terms.count(); j++) {
      z[leading() + j] = (values[row][j] - centre[j]) / scale[j];
    }
    return z;
  }

  /** Constant and coefficients of the powers of x, in the data's units. */
  double[] powers(double[] w) {
    double constant = leading() == 1 ? w[0] : 0;
    double[] coefficients = new double[terms.count()];
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] = w[leading() + j] / scale[j];
      constant -= coefficients[j] * centre[j];
    }
    return terms.toPowers(constant, coefficients);
  }

  double[] start(InitialWeights initial, double constant) {
    double[] w = new double[weights()];
    if (initial instanceof InitialWeights.Given given) {
      return given(given.intercept(), given.coefficients());
    } else if (initial instanceof InitialWeights.Baseline && leading() == 1) {
      w[0] = constant;
    } else if (!(initial instanceof InitialWeights.Baseline)
        && !(initial instanceof InitialWeights.Zeros)) {
      throw new IllegalArgumentException("the oracle draws nothing");
    }
    return w;
  }

  private double[] given(double intercept, Map<String, Double> byName) {
    double[] powers = new double[terms.count()];
    byName.forEach((name, value) -> powers[names.indexOf(name)] = value);
    double[] inTerms = terms.fromPowers(intercept, powers);
    double[] w = new double[weights()];
    double constant = inTerms[0];
    for (int j = 0; j < terms.count(); j++) {
      boolean constantColumn = Double.isInfinite(scale[j]);
      w[leading() + j] = constantColumn ? 0 : inTerms[j + 1] * scale[j];
      constant += inTerms[j + 1] * centre[j];
    }
    if (leading() == 1) {
      w[0] = constant;
    }
    return w;
  }
}
