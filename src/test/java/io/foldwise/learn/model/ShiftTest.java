package io.foldwise.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.math.ColumnSums;
import io.foldwise.math.ColumnSumsAccumulator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShiftTest {
  private static final Shift SHIFT = new Shift(new double[] {1, 2, 3, 9});

  @Test
  void aPartKeepsTheLabelAndAnotherLabelTheFeatures() {
    assertShift(new double[] {1, 2, 3}, 9, SHIFT);
    assertShift(new double[] {1, 2}, 9, SHIFT.leading(2));
    assertShift(new double[0], 9, SHIFT.leading(0));
    assertShift(new double[] {1, 2, 3}, 4, SHIFT.withLabel(4));
    assertEquals(9, SHIFT.label());
  }

  private static void assertShift(double[] features, double label, Shift shift) {
    assertEquals(features.length, shift.features());
    assertEquals(label, shift.label());
    double[] found = new double[shift.features()];
    for (int j = 0; j < found.length; j++) {
      found[j] = shift.feature(j);
    }
    assertArrayEquals(features, found);
  }

  /** Mean of ‖z‖² over the rows, which is the number of weights where they are standardised. */
  @Test
  void theMeanSquareIsThatOfTheRowsInTheirCoordinates() {
    double[][] x = {{1, 4}, {3, -1}, {4, 0}, {8, 7}};
    double[] weights = {1, 2, 0.5, 1.5};
    Shift shift = new Shift(new double[] {2, 1, 0});
    ColumnSumsAccumulator accumulator = new ColumnSumsAccumulator(2);
    for (int i = 0; i < x.length; i++) {
      accumulator.add(0, x[i][0] - 2, weights[i]);
      accumulator.add(1, x[i][1] - 1, weights[i]);
      accumulator.endRow(0, weights[i]);
    }
    ColumnSums sums = accumulator.sums();
    assertEquals(3, meanSquare(new ModelForm(1, true, true), sums, shift), 1e-14);
    double plain = 0;
    for (int i = 0; i < x.length; i++) {
      plain += weights[i] * (x[i][0] * x[i][0] + x[i][1] * x[i][1]) / 5;
    }
    assertEquals(plain, meanSquare(new ModelForm(1, false, false), sums, shift), 1e-13);
    assertEquals(1 + plain, meanSquare(new ModelForm(1, true, false), sums, shift), 1e-13);
  }

  private static double meanSquare(ModelForm form, ColumnSums sums, Shift shift) {
    return Coordinates.of(form, sums, shift, PolynomialBasis.power(List.of("a", "b"), 1))
        .meanSquare(sums);
  }
}
