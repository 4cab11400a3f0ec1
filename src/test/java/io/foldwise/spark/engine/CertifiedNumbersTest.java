package io.foldwise.spark.engine;

import static io.foldwise.learn.model.PolynomialBasis.Kind.CHEBYSHEV;
import static io.foldwise.learn.model.PolynomialBasis.Kind.POWER;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * NIST's Statistical Reference Datasets for linear regression: data and certified values, the
 * latter to 15 digits, checked against mpmath 1.2.1 with 60. Rows come in several orders.
 *
 * <p>Digits reached, the least over the orders: Longley 11.6 (descent 11), Wampler1 9.3, Wampler2
 * 12.9, NoInt1 14.7, NoInt2 15.2, Filip 14 (descent over 1,000 epochs 14). Wampler in powers of x:
 * 6.4 and 9.4.
 */
final class CertifiedNumbersTest {
  private static final int ORDERS = 3;
  private static final String EXACT = "optimizer=exact";

  private static final double[] LONGLEY = {
    -3482258.63459582,
    15.0618722713733,
    -0.0358191792925910,
    -2.02022980381683,
    -1.03322686717359,
    -0.0511041056535807,
    1829.15146461355
  };

  private static final double[] FILIP = {
    -1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372,
    -354.478233703349, -75.1242017393757, -10.8753180355343, -1.06221498588947,
    -0.0670191154593408, -0.00246781078275479, -0.0000402962525080404
  };

  @Test
  void longleyIsSolvedToNineDigits() throws IOException {
    double[][] table = Numbers.resource("/nist/longley.csv");
    double[][] x = Numbers.without(table, 0);
    assertDigits(9, "Longley", POWER, EXACT, LONGLEY, x, Numbers.column(table, 0));
  }

  @Test
  void descentReachesLongleysSolution() throws IOException {
    double[][] table = Numbers.resource("/nist/longley.csv");
    double[][] x = Numbers.without(table, 0);
    String nesterov = "optimizer=nesterov; momentum=0.99; epochs=20000";
    assertDigits(8, "Longley", POWER, nesterov, LONGLEY, x, Numbers.column(table, 0));
    String plain = "optimizer=sgd; schedule=constant; epochs=400000";
    assertDigits(8, "Longley", POWER, plain, LONGLEY, x, Numbers.column(table, 0));
  }

  @Test
  void wamplersPolynomialsAreSolvedToNineDigits() {
    double[] first = {1, 1, 1, 1, 1, 1};
    double[] second = {1, 0.1, 0.01, 0.001, 0.0001, 0.00001};
    String quintic = EXACT + "; degree=5";
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      int least = basis == CHEBYSHEV ? 9 : 6;
      assertDigits(least, "Wampler1 " + basis, basis, quintic, first, upTo20(), wampler(first));
      assertDigits(least, "Wampler2 " + basis, basis, quintic, second, upTo20(), wampler(second));
    }
  }

  @Test
  void descentReachesWamplersPolynomialsInTheChebyshevBasis() {
    double[] first = {1, 1, 1, 1, 1, 1};
    double[] second = {1, 0.1, 0.01, 0.001, 0.0001, 0.00001};
    String nesterov = "optimizer=nesterov; degree=5; epochs=2000";
    assertDigits(8, "Wampler1", CHEBYSHEV, nesterov, first, upTo20(), wampler(first));
    assertDigits(8, "Wampler2", CHEBYSHEV, nesterov, second, upTo20(), wampler(second));
  }

  /** Certified: 2.07438016528926 and 0.727272727272727 (= 251/121 and 8/11). */
  @Test
  void linesThroughTheOriginAreSolvedToNineDigits() {
    double[][] x = integers(60, 70);
    double[] y = IntStream.rangeClosed(130, 140).asDoubleStream().toArray();
    String scaled = EXACT + "; fit-intercept=false";
    for (String grid : List.of(scaled, scaled + "; standardize=false")) {
      assertDigits(13, "NoInt1", POWER, grid, new double[] {2.07438016528926}, x, y);
      assertDigits(
          13,
          "NoInt2",
          POWER,
          grid,
          new double[] {0.727272727272727},
          integers(4, 6),
          new double[] {3, 4, 4});
    }
  }

  @Test
  void filipsPolynomialOfDegreeTenIsSolvedInTheChebyshevBasis() throws IOException {
    double[][] table = Numbers.resource("/nist/filip.csv");
    double[][] x = Numbers.without(table, 0);
    double[] y = Numbers.column(table, 0);
    assertDigits(13, "Filip", CHEBYSHEV, EXACT + "; degree=10", FILIP, x, y);
    String nesterov = "optimizer=nesterov; degree=10; epochs=1000";
    assertDigits(13, "Filip", CHEBYSHEV, nesterov, FILIP, x, y);
  }

  private static void assertDigits(
      double least,
      String name,
      PolynomialBasis.Kind basis,
      String grid,
      double[] certified,
      double[][] x,
      double[] y) {
    for (int order = 0; order < ORDERS; order++) {
      double[] actual = Agreement.powers(fit(Numbers.inOrder(x, y, order), basis, grid));
      double[] estimated =
          certified.length == actual.length ? actual : new double[] {actual[actual.length - 1]};
      double digits = Numbers.digits(certified, estimated);
      assertTrue(digits >= least, "%s, %s: %.1f digits".formatted(name, grid, digits));
    }
  }

  private static TrialResult fit(TrainingRows rows, PolynomialBasis.Kind basis, String grid) {
    SearchPlan plan = Setting.squared().in(basis).plan(rows, grid);
    try (TrialEngine engine =
        SparkEngines.open(plan, Frames.engineRows(rows, 3), EngineRequest.AUTO)) {
      return engine.train(List.of(Trial.of(plan.candidates().get(0), Split.NONE))).get(0);
    }
  }

  private static double[][] upTo20() {
    return integers(0, 20);
  }

  private static double[][] integers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
  }

  /** The data are the polynomial's own values, to five decimals exact. */
  private static double[] wampler(double[] coefficients) {
    return IntStream.rangeClosed(0, 20)
        .mapToDouble(
            x -> {
              double y = 0;
              for (int power = 5; power >= 0; power--) {
                y = y * x + coefficients[power];
              }
              return Math.rint(y * 1e5) / 1e5;
            })
        .toArray();
  }
}
