package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import io.foldwise.search.Inference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Constants: src/test/python/score_inference.py (scikit-learn 1.9.1, NumPy 2.4.6). */
final class RowsCurveTest {
  @Test
  void everySizeIsOfTheFirstRowsOutsideOfAFold() {
    Blocks blocks = InferenceRows.blocks(1);
    RowsCurve curve = new RowsCurve(blocks, InferenceRows.fit("l2=0.05"), 5);
    curve.add(List.of(InferenceRows.dealt(60, 7, 61, 5)));
    Inference.ByRows found = curve.found();
    assertArrayEquals(new double[] {9, 13, 18, 26, 36, 51}, found.rows());
    assertArrayEquals(
        new double[] {
          0.14963217080076444,
          0.1623310789301188,
          0.14059440255174468,
          0.12305960796000856,
          0.11049411600143695,
          0.10571799540693644
        },
        found.errors(),
        1e-10);
  }

  @Test
  void anInversePowerLawGoesOnAsItIs() {
    double[] sizes = {40, 57, 80, 113, 160, 226};
    double[] errors = Arrays.stream(sizes).map(n -> 2 + 30 * Math.pow(n, -0.75)).toArray();
    RowsCurve.PowerLaw law = RowsCurve.PowerLaw.through(sizes, errors);
    assertEquals(0.75, law.c(), 1e-9);
    assertEquals(2 + 30 * Math.pow(1000, -0.75), law.at(1000), 1e-9);
    assertEquals(1, law.explained(), 1e-9);
    double[] toZero = Arrays.stream(sizes).map(n -> 30 * Math.pow(n, -0.2)).toArray();
    assertTrue(RowsCurve.PowerLaw.through(sizes, toZero).a() >= 0);
  }

  /**
   * Least squares over Gaussian features, whose expected error is σ²(1 + 1/m)(1 + p/(m − p − 2)) at
   * m rows (Breiman and Freedman 1983): the gain of twice the rows is foretold within a third.
   */
  @Test
  void whatTwiceTheRowsBringIsForetold() {
    int n = 400;
    int p = 30;
    double[] gains =
        IntStream.range(0, 20).mapToDouble(seed -> byRows(n, p, 1, seed).gain()).toArray();
    double mean = Arrays.stream(gains).average().orElseThrow();
    double expected = 1 - error(2 * n, p) / error(n, p);
    assertEquals(expected, mean, expected / 3);
  }

  private static double error(double m, int p) {
    return (1 + 1 / m) * (1 + p / (m - p - 2));
  }

  @Test
  void nothingIsToldWhereRowsBringNothingOrSizesAreTooSmall() {
    assertTrue(Double.isNaN(byRows(400, 1, 50, 3).gain()));
    Inference.ByRows wide = byRows(60, 40, 1, 3);
    assertTrue(Double.isNaN(wide.gain()));
    assertTrue(wide.rows().length < 4);
  }

  private static Inference.ByRows byRows(int n, int p, double noise, long seed) {
    Random random = new Random(seed);
    List<Moments> rows = new ArrayList<>();
    double[] scratch = new double[MomentsAccumulator.scratchLength(p)];
    for (int i = 0; i < n; i++) {
      double[] z = new double[p + 2];
      z[0] = 1;
      for (int j = 1; j <= p; j++) {
        z[j] = random.nextGaussian();
      }
      z[p + 1] = z[1] + noise * random.nextGaussian();
      MomentsAccumulator sums = new MomentsAccumulator(p);
      sums.addRows(z, 0, 1, scratch);
      rows.add(sums.moments());
    }
    Blocks blocks = new Blocks(rows);
    List<String> names = IntStream.range(0, p).mapToObj(j -> "x" + j).toList();
    MomentsFit fit =
        new MomentsFit(
            InferenceRows.exact("l2=0"),
            PolynomialBasis.power(names, 1),
            new Shift(new double[p + 1]));
    RowsCurve curve = new RowsCurve(blocks, fit, 5);
    for (int draw = 0; draw < 4; draw++) {
      curve.add(List.of(blocks.dealt(5, seed, draw)));
    }
    return curve.found();
  }
}
