package io.foldwise.learn.model;

import io.foldwise.math.ColumnSums;
import io.foldwise.math.Moments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coordinates in which a candidate is trained, as an affine map of each carried column: zⱼ =
 * (bⱼ − sⱼ − mⱼ)·rⱼ, where s is the shift of the moments. With an intercept a column of ones stands
 * before them and the label is y − s_y (the intercept moves along with it); without, the label is
 * y.
 *
 * <p>Standardising is algebra on moments: Σ zᵢzⱼ = (Sᵢⱼ − mᵢSⱼ − mⱼSᵢ + n mᵢmⱼ)·rᵢrⱼ. A column that
 * does not vary over the training rows has r = 0, and so a coefficient of zero.
 *
 * <p>Where missing cells of a column j are filled ({@link Imputed}), bⱼ − sⱼ stands here and below
 * for (bⱼ − sⱼ) + δ·(bₖ − sₖ), k the column that says where they are; k itself has r = 0.
 */
public final class Coordinates implements Serializable {
  private static final double ROUNDING = 32 * Math.ulp(1.0);

  private final Shift shift;
  private final boolean intercept;
  private final double[] centre;
  private final double[] factor;
  private final Filling filling;

  private Coordinates(
      Shift shift, boolean intercept, double[] centre, double[] factor, Filling filling) {
    this.shift = shift;
    this.intercept = intercept;
    this.centre = centre;
    this.factor = factor;
    this.filling = filling;
  }

  /**
   * The coordinates of a form.
   *
   * @param training sums over the training rows about {@code shift}, of the form's columns alone
   * @param carried the basis in which the moments' columns stand
   */
  public static Coordinates of(
      ModelForm form, ColumnSums training, Shift shift, PolynomialBasis carried) {
    int d = training.label();
    double[] centre = new double[d];
    double[] factor = new double[d];
    Filling filling = Filling.of(carried.imputed(), training, shift);
    for (int j = 0; j < d; j++) {
      centre[j] =
          form.standardize() && form.fitIntercept()
              ? filling.mean(training, j)
              : -filling.shift(shift, j);
      factor[j] = form.standardize() ? inverseDeviation(filling, training, shift, j) : 1;
      if (!form.standardize() && form.degree() == 1) {
        centre[j] -= carried.middle(j) / carried.halfWidth(j);
        factor[j] = carried.halfWidth(j);
      }
      if (filling.isAside(j)
          || (form.constants() == ModelForm.Constants.DROPPED
              && inverseDeviation(filling, training, shift, j) == 0)) {
        factor[j] = 0;
      }
    }
    return new Coordinates(shift, form.fitIntercept(), centre, factor, filling);
  }

  private static double inverseDeviation(Filling filling, ColumnSums training, Shift shift, int j) {
    double mean = filling.mean(training, j);
    double variance = filling.variance(training, j);
    double absolute = Math.abs(mean + filling.shift(shift, j));
    double smallest = Math.max(ROUNDING * mean * mean, Math.pow(ROUNDING * absolute, 2));
    return variance > smallest ? 1 / Math.sqrt(variance) : 0;
  }

  /** The mean of ‖z‖² over rows, the ones of the intercept included. */
  public double meanSquare(ColumnSums rows) {
    double mean = leading();
    for (int j = 0; j < centre.length; j++) {
      mean += meanSquare(rows, j);
    }
    return mean;
  }

  /** The mean of zⱼ² over rows. */
  public double meanSquare(ColumnSums rows, int j) {
    double offset = filling.mean(rows, j) - centre[j];
    double variance = filling.deviation(rows, j) / rows.weight();
    return factor[j] * factor[j] * (variance + offset * offset);
  }

  /**
   * These coordinates centred at the training means, so that the intercept drops out of equations.
   */
  public Coordinates centredAt(ColumnSums training) {
    double[] means = new double[centre.length];
    Arrays.setAll(means, j -> filling.mean(training, j));
    return new Coordinates(shift, intercept, means, factor, filling);
  }

  /** The number of carried columns. */
  public int features() {
    return centre.length;
  }

  /** The number of weights: the features, and the intercept where there is one. */
  public int weights() {
    return centre.length + leading();
  }

  /** 1 where the first weight is an intercept, else 0. */
  public int leading() {
    return intercept ? 1 : 0;
  }

  /**
   * The names of the weights.
   *
   * @param carried the basis whose terms the features are
   */
  public List<String> weightNames(PolynomialBasis carried) {
    List<String> names = new ArrayList<>(carried.termNames());
    if (intercept) {
      names.add(0, "intercept");
    }
    return names;
  }

  /** Weights with the intercept about 0, of those that have it about the label's shift. */
  public double[] unshifted(double[] w) {
    return moved(w, shift.label());
  }

  /** Weights with the intercept about the label's shift, of those that have it about 0. */
  public double[] shifted(double[] w) {
    return moved(w, -shift.label());
  }

  private double[] moved(double[] w, double by) {
    double[] weights = w.clone();
    if (intercept) {
      weights[0] += by;
    }
    return weights;
  }

  /** The mean loss of a block of rows as a quadratic of the weights. */
  public Quadratic quadratic(Moments block) {
    int p = weights();
    double n = block.count();
    double[] gram = new double[p * p];
    double[] linear = new double[p];
    if (n == 0) {
      return new Quadratic(gram, linear);
    }
    int label = centre.length + 1;
    double labelSum = block.sum(label, 0);
    if (intercept) {
      gram[0] = 1;
      linear[0] = labelSum / n;
    }
    for (int i = 0, at = leading(); i < centre.length; i++, at++) {
      double sum = sumAbout(block, i) * factor[i];
      linear[at] = (filling.sum(block, label, i) - centre[i] * labelSum) * factor[i] / n;
      if (intercept) {
        gram[at] = sum / n;
        gram[at * p] = sum / n;
      } else {
        linear[at] += shift.label() * sum / n;
      }
      for (int j = 0; j <= i; j++) {
        double cross = cross(block, i, j) / n;
        gram[at * p + j + leading()] = cross;
        gram[(j + leading()) * p + at] = cross;
      }
    }
    return new Quadratic(gram, linear);
  }

  /**
   * Σ (bᵢ − sᵢ − mᵢ). Over the rows that mᵢ is the mean of it is zero except for rounding, and is
   * then taken as zero: an adaptive optimiser would make steps of the rounding.
   */
  private double sumAbout(Moments block, int i) {
    double expected = block.count() * centre[i];
    double sum = filling.sum(block, 0, i) - expected;
    return Math.abs(sum) <= 2 * Math.ulp(expected) ? 0 : sum;
  }

  private double cross(Moments block, int i, int j) {
    double about =
        filling.cross(block, i, j)
            - centre[i] * filling.sum(block, 0, j)
            - centre[j] * filling.sum(block, 0, i)
            + block.count() * centre[i] * centre[j];
    return about * factor[i] * factor[j];
  }

  /** The weights of a constant about the label's shift, all else zero. */
  public double[] constant(double value) {
    double[] w = new double[weights()];
    if (intercept) {
      w[0] = value;
    }
    return w;
  }

  /** Moves an intercept that means y to one that means y − s_y, in place. */
  double[] fromTrueIntercept(double[] w) {
    if (intercept) {
      w[0] -= shift.label();
    }
    return w;
  }

  /** The weights of a function b₀ + βᵀb of the carried columns. */
  public double[] weightsOf(AffineFunction function) {
    double[] w = new double[weights()];
    double constant = function.intercept() - shift.label();
    for (int j = 0; j < centre.length; j++) {
      double coefficient = function.coefficient(j);
      w[j + leading()] = factor[j] == 0 ? 0 : coefficient / factor[j];
      if (!filling.isAside(j)) {
        constant += coefficient * (filling.shift(shift, j) + centre[j]);
      }
    }
    if (intercept) {
      w[0] = constant;
    }
    return w;
  }

  /** The function of the carried columns about their shift, for the label about its shift. */
  public AffineFunction aboutShift(double[] w, int from) {
    double[] coefficients = new double[centre.length];
    double constant = intercept ? w[from] : -shift.label();
    for (int j = 0; j < centre.length; j++) {
      if (factor[j] != 0) {
        coefficients[j] = w[from + leading() + j] * factor[j];
        constant -= coefficients[j] * centre[j];
        filling.spread(coefficients, j);
      }
    }
    return new AffineFunction(constant, coefficients);
  }

  /**
   * Writes {@link #aboutShift} into a matrix of functions side by side.
   *
   * @param w weights at {@code w[from ..]}
   * @param functions row-major (1 + features) × m: the constants, then the coefficients
   * @param column which of the m functions is written
   */
  public void functionInto(double[] w, int from, double[] functions, int column, int m) {
    double constant = intercept ? w[from] : -shift.label();
    for (int j = 0, at = from + leading(); j < centre.length; j++, at++) {
      double coefficient = factor[j] == 0 ? 0 : w[at] * factor[j];
      functions[(j + 1) * m + column] = coefficient;
      constant -= coefficient * centre[j];
    }
    filling.spread(functions, column, m);
    functions[column] = constant;
  }

  /**
   * The gradient at the weights from the gradient at the function of {@link #functionInto}, by the
   * chain rule: ∂/∂wⱼ = rⱼ (gⱼ − mⱼ g₀).
   *
   * @param functions gradients, laid out as the functions are
   * @param scale the factor of every element
   * @param gradient overwritten at {@code gradient[from .. from + weights())}
   */
  public void gradientInto(
      double[] functions, int column, int m, double scale, double[] gradient, int from) {
    double constant = functions[column] * scale;
    if (intercept) {
      gradient[from] = constant;
    }
    for (int j = 0, at = from + leading(); j < centre.length; j++, at++) {
      double own = filling.gathered(functions, column, m, j) * scale;
      gradient[at] = factor[j] * (own - centre[j] * constant);
    }
  }

  /**
   * The Hessian at the weights from the Hessian at the function of {@link #functionInto}, by the
   * chain rule: ∂²/∂wᵢ∂wⱼ = rᵢrⱼ (hᵢⱼ − mᵢ h₀ⱼ − mⱼ h₀ᵢ + mᵢmⱼ h₀₀).
   *
   * @param functions p × p, the constant first, at {@code functions[from ..]}
   * @param scale the factor of every element
   * @return weights() × weights()
   */
  public double[] hessian(double[] functions, int from, double scale) {
    int p = centre.length + 1;
    int d = weights();
    double[] hessian = new double[d * d];
    double constant = functions[from] * scale;
    if (intercept) {
      hessian[0] = constant;
    }
    for (int i = 0, row = leading(); i < centre.length; i++, row++) {
      double first = filling.gathered(functions, from, 1, i) * scale;
      if (intercept) {
        hessian[row] = factor[i] * (first - centre[i] * constant);
        hessian[row * d] = hessian[row];
      }
      for (int j = 0, column = leading(); j <= i; j++, column++) {
        double own = filling.gathered(functions, from, p, i, j) * scale;
        double other = filling.gathered(functions, from, 1, j) * scale;
        double about =
            own - centre[j] * first - centre[i] * other + centre[i] * centre[j] * constant;
        hessian[row * d + column] = factor[i] * factor[j] * about;
        hessian[column * d + row] = hessian[row * d + column];
      }
    }
    return hessian;
  }

  /** The function of the carried columns themselves; its constant is 0 without an intercept. */
  public AffineFunction function(double[] w, int from) {
    AffineFunction about = aboutShift(w, from);
    double constant = about.intercept() + shift.label();
    for (int j = 0; j < centre.length; j++) {
      constant -= about.coefficient(j) * shift.feature(j);
    }
    return new AffineFunction(intercept ? constant : 0, about.coefficients());
  }
}
