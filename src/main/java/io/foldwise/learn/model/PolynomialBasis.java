package io.foldwise.learn.model;

import io.foldwise.input.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All monomials of the features up to a total degree, without the constant, in graded order (x, z,
 * x², x·z, z², as in scikit-learn's {@code PolynomialFeatures}), so that a lower degree is a
 * prefix.
 *
 * <p>With {@link Kind#CHEBYSHEV} the power xᵉ is carried as T_e(t), t = (x − middle)/halfWidth over
 * the feature's range in the training rows, and a monomial as the product of those: the same
 * functions in well-conditioned columns. The constant is no column in either kind.
 */
public final class PolynomialBasis implements Serializable {
  /** How powers are carried. */
  public enum Kind {
    POWER,
    CHEBYSHEV
  }

  /** The most terms of a degree above 1, whose moments take nearly a gigabyte a block. */
  static final int MOST_TERMS = 15_000;

  private final Kind kind;
  private final List<String> features;
  private final int degree;
  private final double[] middle;
  private final double[] halfWidth;
  private final int terms;
  private final List<Imputed> imputed;
  private transient volatile Expansion expansion;

  private PolynomialBasis(
      Kind kind, List<String> features, int degree, double[] middle, double[] halfWidth) {
    this(kind, features, degree, middle, halfWidth, List.of());
  }

  private PolynomialBasis(
      Kind kind,
      List<String> features,
      int degree,
      double[] middle,
      double[] halfWidth,
      List<Imputed> imputed) {
    this.imputed = List.copyOf(imputed);
    this.kind = kind;
    this.features = List.copyOf(features);
    this.degree = degree;
    this.middle = middle;
    this.halfWidth = halfWidth;
    this.terms = terms(features.size(), degree);
  }

  private Expansion expansion() {
    Expansion known = expansion;
    if (known == null) {
      known = Expansion.of(features.size(), degree);
      expansion = known;
    }
    return known;
  }

  /** The basis of the powers themselves. */
  public static PolynomialBasis power(List<String> features, int degree) {
    double[] ones = new double[features.size()];
    Arrays.fill(ones, 1);
    return new PolynomialBasis(Kind.POWER, features, degree, new double[ones.length], ones);
  }

  /**
   * Chebyshev polynomials over the box low ≤ x ≤ high; a feature that does not vary is only
   * centred.
   */
  public static PolynomialBasis chebyshev(
      List<String> features, int degree, double[] low, double[] high) {
    double[] middle = new double[features.size()];
    double[] halfWidth = new double[features.size()];
    for (int j = 0; j < middle.length; j++) {
      middle[j] = low[j] / 2 + high[j] / 2;
      halfWidth[j] = high[j] > low[j] ? high[j] / 2 - low[j] / 2 : 1;
    }
    return new PolynomialBasis(Kind.CHEBYSHEV, features, degree, middle, halfWidth);
  }

  /** The basis that {@link #kind}, {@link #middle} and {@link #halfWidth} were read from. */
  public static PolynomialBasis restored(
      Kind kind, List<String> features, int degree, double[] middle, double[] halfWidth) {
    if (middle.length != features.size() || halfWidth.length != features.size()) {
      throw new IllegalArgumentException(
          "%d middles and %d half widths for %d features"
              .formatted(middle.length, halfWidth.length, features.size()));
    }
    return new PolynomialBasis(kind, features, degree, middle.clone(), halfWidth.clone());
  }

  /**
   * The number of terms of {@code features} features up to a degree. More products than allowed are
   * refused; features themselves may be any number.
   */
  public static int terms(int features, int degree) {
    if (degree == 1) {
      return features;
    }
    long count = 1;
    for (int e = 1; e <= degree; e++) {
      count = count * (features + e) / e;
      if (count > MOST_TERMS + 1) {
        throw new InvalidInputException(
            "'degree' (%d) of %d features makes more than %d terms: lower it or select features"
                .formatted(degree, features, MOST_TERMS));
      }
    }
    return (int) count - 1;
  }

  public Kind kind() {
    return kind;
  }

  public List<String> features() {
    return features;
  }

  public int degree() {
    return degree;
  }

  /** The number of terms, the columns of {@link #expandInto}. */
  public int terms() {
    return terms;
  }

  /** The middle of feature j's range; 0 for powers. */
  public double middle(int j) {
    return middle[j];
  }

  /** Half the width of feature j's range; 1 for powers. */
  public double halfWidth(int j) {
    return halfWidth[j];
  }

  /** The features whose missing cells are filled. */
  public List<Imputed> imputed() {
    return imputed;
  }

  /**
   * This basis on the training set that leaves a fold out, by which medians differ.
   *
   * @param fold the fold that is scored, −1 where none is left out
   */
  public PolynomialBasis without(int fold) {
    return imputed.isEmpty()
        ? this
        : imputing(imputed.stream().map(feature -> feature.without(fold)).toList());
  }

  /**
   * This basis with features whose missing cells are filled.
   *
   * @throws InvalidInputException if there are any and the degree is above 1: their products are
   *     not those of what they are filled with
   */
  public PolynomialBasis imputing(List<Imputed> features) {
    if (!features.isEmpty() && degree > 1) {
      throw new InvalidInputException(
          "'degree' (%d) must be 1 where missing cells are filled inside the folds: use --missing indicator or drop"
              .formatted(degree));
    }
    return new PolynomialBasis(kind, this.features, degree, middle, halfWidth, features);
  }

  /** The basis of a lower degree: the first columns of this one. */
  public PolynomialBasis leading(int lower) {
    return lower == degree ? this : new PolynomialBasis(kind, features, lower, middle, halfWidth);
  }

  /** The names of the terms, such as x, z, x^2, x*z and z^2. */
  public List<String> termNames() {
    if (degree == 1) {
      return features;
    }
    List<String> names = new ArrayList<>();
    for (int[] exponent : expansion().exponents()) {
      names.add(Monomials.name(exponent, features));
    }
    return names;
  }

  /**
   * How a term is made: the term before it without its last feature, times a polynomial of that.
   *
   * @param parent index of a term, smaller than the term's own; −1 where nothing is left
   * @param feature the last feature that occurs in the term
   * @param exponent the exponent e ≥ 1 of its power xᵉ, or of T_e(t)
   */
  public record Product(int parent, int feature, int exponent) {}

  /** How one term is made. */
  public Product product(int term) {
    if (degree == 1) {
      return new Product(-1, term, 1);
    }
    int factor = expansion().lastFactors()[term];
    return new Product(expansion().parents()[term], factor / (degree + 1), factor % (degree + 1));
  }

  /** The doubles of scratch that {@link #expandInto} needs. */
  public int scratchLength() {
    return degree == 1 ? 0 : features.size() * (degree + 1);
  }

  /**
   * The terms of one row.
   *
   * @param x the row's features at {@code x[0 ..]}
   * @param out overwritten at {@code out[at .. at + terms())}
   * @param scratch at least {@link #scratchLength} doubles
   */
  public void expandInto(double[] x, double[] out, int at, double[] scratch) {
    if (degree == 1) {
      for (int j = 0; j < middle.length; j++) {
        out[at + j] = (x[j] - middle[j]) / halfWidth[j];
      }
      return;
    }
    tabulate(x, scratch);
    Expansion all = expansion();
    for (int term = 0; term < terms; term++) {
      double factor = scratch[all.lastFactors()[term]];
      int parent = all.parents()[term];
      out[at + term] = parent < 0 ? factor : out[at + parent] * factor;
    }
  }

  /** scratch[j·(degree+1) + e] = the e-th polynomial of feature j. */
  private void tabulate(double[] x, double[] scratch) {
    for (int j = 0; j < middle.length; j++) {
      double t = (x[j] - middle[j]) / halfWidth[j];
      int row = j * (degree + 1);
      scratch[row] = 1;
      scratch[row + 1] = t;
      for (int e = 2; e <= degree; e++) {
        scratch[row + e] =
            kind == Kind.POWER
                ? scratch[row + e - 1] * t
                : 2 * t * scratch[row + e - 1] - scratch[row + e - 2];
      }
    }
  }

  /**
   * A function of these terms written in powers of the features: its coefficients belong to {@link
   * #termNames}.
   */
  public AffineFunction toPowers(AffineFunction function) {
    return kind == Kind.POWER
        ? function
        : new BasisChange(this, expansion().exponents()).toPowers(function);
  }

  /**
   * A function of powers written in these terms.
   *
   * @param coefficients by term name; missing names are zero
   * @throws InvalidInputException if a name is no term of this basis
   */
  public AffineFunction fromPowers(double intercept, Map<String, Double> coefficients) {
    AffineFunction powers = new AffineFunction(intercept, ordered(coefficients));
    return kind == Kind.POWER
        ? powers
        : new BasisChange(this, expansion().exponents()).fromPowers(powers);
  }

  private double[] ordered(Map<String, Double> coefficients) {
    List<String> names = termNames();
    double[] powers = new double[terms];
    int met = 0;
    for (int term = 0; term < terms; term++) {
      Double value = coefficients.get(names.get(term));
      powers[term] = value == null ? 0 : value;
      met += value == null ? 0 : 1;
    }
    if (met < coefficients.size()) {
      Set<String> left = new TreeSet<>(coefficients.keySet());
      names.forEach(left::remove);
      throw new InvalidInputException(
          "'init' names " + left + ", which are not terms of the model: " + names);
    }
    return powers;
  }
}
