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
 *
 * <p>A prediction of K functions, one for each class, has K·(1 + d) weights in the same
 * coordinates: the K intercepts first, then the d weights of each function. The label is a class
 * then, and its shift 0.
 */
public final class Coordinates implements Serializable {
  private static final double ROUNDING = 32 * Math.ulp(1.0);

  private final Shift shift;
  private final boolean intercept;
  private final double[] centre;
  private final double[] factor;
  private final Filling filling;
  private final int functions;

  private Coordinates(
      Shift shift,
      boolean intercept,
      double[] centre,
      double[] factor,
      Filling filling,
      int functions) {
    this.shift = shift;
    this.intercept = intercept;
    this.centre = centre;
    this.factor = factor;
    this.filling = filling;
    this.functions = functions;
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
    return new Coordinates(shift, form.fitIntercept(), centre, factor, filling, 1);
  }

  /** These coordinates for predictions of so many functions. */
  public Coordinates ofFunctions(int count) {
    return new Coordinates(shift, intercept, centre, factor, filling, count);
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
    double mean = intercept ? 1 : 0;
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
    return new Coordinates(shift, intercept, means, factor, filling, functions);
  }

  /** The number of carried columns. */
  public int features() {
    return centre.length;
  }

  /** The number of functions that make a prediction, K. */
  public int functions() {
    return functions;
  }

  /** The number of weights: those of the features of each function, and the intercepts. */
  public int weights() {
    return functions * centre.length + leading();
  }

  /** The number of leading weights that are intercepts: one for each function, or none. */
  public int leading() {
    return intercept ? functions : 0;
  }

  /**
   * The weights of all functions, of those of each.
   *
   * @param each of each function the weights in these coordinates {@link #ofFunctions} of one
   */
  public double[] together(List<double[]> each) {
    double[] w = new double[weights()];
    int ofOne = intercept ? 1 : 0;
    for (int k = 0; k < functions; k++) {
      if (intercept) {
        w[k] = each.get(k)[0];
      }
      System.arraycopy(each.get(k), ofOne, w, features(k), centre.length);
    }
    return w;
  }

  /** Where the features' weights of a function stand among the weights. */
  private int features(int function) {
    return leading() + function * centre.length;
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

  /** The weights of a constant about the label's shift for each function, all else zero. */
  public double[] constant(double... values) {
    double[] w = new double[weights()];
    System.arraycopy(values, 0, w, 0, leading());
    return w;
  }

  /** Moves an intercept that means y to one that means y − s_y, in place. */
  double[] fromTrueIntercept(double[] w) {
    if (intercept) {
      w[0] -= shift.label();
    }
    return w;
  }

  /**
   * The weights of functions b₀ + βᵀb of the carried columns.
   *
   * @throws IllegalArgumentException if they are not as many as these coordinates are for
   */
  public double[] weightsOf(AffineFunction... ofPrediction) {
    if (ofPrediction.length != functions) {
      throw new IllegalArgumentException(ofPrediction.length + " functions, not " + functions);
    }
    double[] w = new double[weights()];
    for (int k = 0; k < functions; k++) {
      AffineFunction function = ofPrediction[k];
      double constant = function.intercept() - shift.label();
      for (int j = 0, at = features(k); j < centre.length; j++, at++) {
        double coefficient = function.coefficient(j);
        w[at] = factor[j] == 0 ? 0 : coefficient / factor[j];
        if (!filling.isAside(j)) {
          constant += coefficient * (filling.shift(shift, j) + centre[j]);
        }
      }
      if (intercept) {
        w[k] = constant;
      }
    }
    return w;
  }

  /** The only function of the carried columns about their shift, for the label about its shift. */
  public AffineFunction aboutShift(double[] w, int from) {
    return aboutShift(w, from, 0);
  }

  private AffineFunction aboutShift(double[] w, int from, int function) {
    double[] coefficients = new double[centre.length];
    double constant = intercept ? w[from + function] : -shift.label();
    for (int j = 0, at = from + features(function); j < centre.length; j++, at++) {
      if (factor[j] != 0) {
        coefficients[j] = w[at] * factor[j];
        constant -= coefficients[j] * centre[j];
        filling.spread(coefficients, j);
      }
    }
    return new AffineFunction(constant, coefficients);
  }

  /**
   * Writes the K functions about the shift into a matrix of functions side by side, those of the
   * i-th prediction from column i·K on.
   *
   * @param w weights at {@code w[from ..]}
   * @param matrix row-major (1 + features) × m·K: the constants, then the coefficients
   * @param prediction which of the m predictions is written
   */
  public void functionInto(double[] w, int from, double[] matrix, int prediction, int m) {
    int width = m * functions;
    for (int k = 0, column = prediction * functions; k < functions; k++, column++) {
      double constant = intercept ? w[from + k] : -shift.label();
      for (int j = 0, at = from + features(k); j < centre.length; j++, at++) {
        double coefficient = factor[j] == 0 ? 0 : w[at] * factor[j];
        matrix[(j + 1) * width + column] = coefficient;
        constant -= coefficient * centre[j];
      }
      filling.spread(matrix, column, width);
      matrix[column] = constant;
    }
  }

  /**
   * The gradient at the weights from the gradient at the functions of {@link #functionInto}, by the
   * chain rule: ∂/∂wⱼ = rⱼ (gⱼ − mⱼ g₀).
   *
   * @param matrix gradients, laid out as the functions are
   * @param scale the factor of every element
   * @param gradient overwritten at {@code gradient[from .. from + weights())}
   */
  public void gradientInto(
      double[] matrix, int prediction, int m, double scale, double[] gradient, int from) {
    int width = m * functions;
    for (int k = 0, column = prediction * functions; k < functions; k++, column++) {
      double constant = matrix[column] * scale;
      if (intercept) {
        gradient[from + k] = constant;
      }
      for (int j = 0, at = from + features(k); j < centre.length; j++, at++) {
        double own = filling.gathered(matrix, column, width, j) * scale;
        gradient[at] = factor[j] * (own - centre[j] * constant);
      }
    }
  }

  /**
   * The Hessian at the weights from the Hessian at the functions of {@link #functionInto}, by the
   * chain rule: ∂²/∂wᵢ∂wⱼ = rᵢrⱼ (hᵢⱼ − mᵢ h₀ⱼ − mⱼ h₀ᵢ + mᵢmⱼ h₀₀).
   *
   * @param blocks for each pair of functions k ≥ l, in the order (0,0), (1,0), (1,1), (2,0), …, the
   *     symmetric p × p matrix of the mixed derivatives, the constant first, from {@code
   *     blocks[from]} on
   * @param scale the factor of every element
   * @return weights() × weights()
   */
  public double[] hessian(double[] blocks, int from, double scale) {
    int p = centre.length + 1;
    int d = weights();
    double[] hessian = new double[d * d];
    int at = from;
    for (int k = 0; k < functions; k++) {
      for (int l = 0; l <= k; l++, at += p * p) {
        blockInto(blocks, at, scale, hessian, k, l);
      }
    }
    return hessian;
  }

  /** Writes what two functions have in common to both sides of the Hessian's diagonal. */
  private void blockInto(double[] block, int from, double scale, double[] hessian, int k, int l) {
    int p = centre.length + 1;
    int d = weights();
    double constant = block[from] * scale;
    if (intercept) {
      both(hessian, d, k, l, constant);
    }
    for (int i = 0; i < centre.length; i++) {
      double first = filling.gathered(block, from, 1, i) * scale;
      if (intercept) {
        double mixed = factor[i] * (first - centre[i] * constant);
        both(hessian, d, features(k) + i, l, mixed);
        both(hessian, d, features(l) + i, k, mixed);
      }
      for (int j = 0; j <= i; j++) {
        double own = filling.gathered(block, from, p, i, j) * scale;
        double other = filling.gathered(block, from, 1, j) * scale;
        double about =
            own - centre[j] * first - centre[i] * other + centre[i] * centre[j] * constant;
        double mixed = factor[i] * factor[j] * about;
        both(hessian, d, features(k) + i, features(l) + j, mixed);
        both(hessian, d, features(l) + i, features(k) + j, mixed);
      }
    }
  }

  private static void both(double[] matrix, int d, int row, int column, double value) {
    matrix[row * d + column] = value;
    matrix[column * d + row] = value;
  }

  /**
   * The only function of the carried columns themselves; its constant is 0 without an intercept.
   */
  public AffineFunction function(double[] w, int from) {
    if (functions != 1) {
      throw new IllegalStateException("a prediction of " + functions + " functions");
    }
    return function(w, from, 0);
  }

  /** The functions of the carried columns themselves, K of them. */
  public List<AffineFunction> functions(double[] w, int from) {
    List<AffineFunction> all = new ArrayList<>();
    for (int k = 0; k < functions; k++) {
      all.add(function(w, from, k));
    }
    return all;
  }

  private AffineFunction function(double[] w, int from, int function) {
    AffineFunction about = aboutShift(w, from, function);
    double constant = about.intercept() + shift.label();
    for (int j = 0; j < centre.length; j++) {
      constant -= about.coefficient(j) * shift.feature(j);
    }
    return new AffineFunction(intercept ? constant : 0, about.coefficients());
  }
}
