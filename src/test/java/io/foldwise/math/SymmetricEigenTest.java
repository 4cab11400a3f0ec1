package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SymmetricEigenTest {

  @Test
  void theLargestEigenvalueIsTheTextbooks() {
    assertEquals(3.0, SymmetricEigen.largest(new double[] {2, 1, 1, 2}, 2), 1e-15);
    assertEquals(7.0, SymmetricEigen.largest(new double[] {7}, 1), 0.0);
    // The second-difference matrix of order 3: 2 + √2.
    double[] differences = {2, -1, 0, -1, 2, -1, 0, -1, 2};
    assertEquals(2 + Math.sqrt(2), SymmetricEigen.largest(differences, 3), 1e-14);
    assertEquals(-1.0, SymmetricEigen.largest(new double[] {-1, 0, 0, -2}, 2), 1e-15);
  }

  @Test
  void aBoundIsHeldAgainstTheLargestEigenvalue() {
    double[] matrix = {2, -1, 0, -1, 2, -1, 0, -1, 2};
    double largest = 2 + Math.sqrt(2);
    assertTrue(SymmetricEigen.isBelow(largest * (1 + 1e-12), matrix, 3));
    assertFalse(SymmetricEigen.isBelow(largest * (1 - 1e-12), matrix, 3));
    assertFalse(SymmetricEigen.isBelow(0, matrix, 3));
    assertArrayEquals(new double[] {2, -1, 0, -1, 2, -1, 0, -1, 2}, matrix, 0.0);
  }

  @Test
  void theMatrixIsLeftAsItIs() {
    double[] matrix = {4, 1, 1, 3};
    SymmetricEigen.largest(matrix, 2);
    SymmetricEigen.of(matrix, 2).solve(matrix, new double[] {1, 2}, 0.5);
    assertArrayEquals(new double[] {4, 1, 1, 3}, matrix, 0.0);
  }

  @Test
  void aRegularSystemIsSolved() {
    double[] matrix = {4, 1, 0, 1, 3, -1, 0, -1, 2};
    SymmetricEigen eigen = SymmetricEigen.of(matrix, 3);
    assertFalse(eigen.isSingular());
    // (4 1 0; 1 3 −1; 0 −1 2)·(1, −2, 3) = (2, −8, 8).
    double[] x = eigen.solve(matrix, new double[] {2, -8, 8}, 0);
    assertArrayEquals(new double[] {1, -2, 3}, x, 1e-15);
  }

  @Test
  void refinementSolvesAHilbertMatrixInAllItsDigits() {
    int d = 8;
    double scale = 360360; // a multiple of 1 … 15: every entry is a whole number
    double[] matrix = new double[d * d];
    double[] b = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        matrix[i * d + j] = scale / (i + j + 1);
        b[i] += matrix[i * d + j];
      }
    }
    double[] x = SymmetricEigen.of(matrix, d).solve(matrix, b, 0);
    double[] ones = new double[d];
    java.util.Arrays.fill(ones, 1);
    // condition 1.5e10; twice refined with residuals in doubled precision
    assertArrayEquals(ones, x, 1e-12);
  }

  @Test
  void aSingularSystemGivesTheSolutionOfMinimumNorm() {
    double[] matrix = {1, 1, 1, 1};
    SymmetricEigen eigen = SymmetricEigen.of(matrix, 2);
    assertTrue(eigen.isSingular());
    assertArrayEquals(new double[] {1.5, 1.5}, eigen.solve(matrix, new double[] {3, 3}, 0), 1e-14);
    double[] nothing = new double[4];
    assertArrayEquals(
        new double[] {0, 0},
        SymmetricEigen.of(nothing, 2).solve(nothing, new double[] {0, 0}, 0),
        0.0);
  }

  @Test
  void theRidgeIsAddedToTheDiagonal() {
    double[] matrix = {1, 1, 1, 1};
    // (2 1; 1 2) x = (3, 3)
    assertArrayEquals(
        new double[] {1, 1},
        SymmetricEigen.of(matrix, 2).solve(matrix, new double[] {3, 3}, 1),
        1e-15);
  }

  @Test
  void productsTakeEveryColumn() {
    double[] matrix = {2, 1, 1, 3};
    double[] columns = {1, 0, 0, 1, 2, -1};
    double[] out = new double[6];
    SymmetricProduct.multiplyInto(matrix, new double[] {10, 20}, columns, 2, 3, out);
    assertArrayEquals(new double[] {-8, -19, -9, -17, -7, -21}, out, 0.0);
    double[] one = new double[2];
    SymmetricProduct.multiplyInto(matrix, new double[] {10, 20}, new double[] {2, -1}, 2, 1, one);
    assertArrayEquals(new double[] {-7, -21}, one, 0.0);
  }

  @Test
  void aLeadingSubMatrixIsAPrefixOfThePackedOne() {
    assertEquals(6, PackedSymmetric.length(3));
    assertEquals(0, PackedSymmetric.index(0, 0));
    assertEquals(4, PackedSymmetric.index(2, 1));
    assertEquals(4, PackedSymmetric.index(1, 2));
    assertEquals(PackedSymmetric.length(2) - 1, PackedSymmetric.index(1, 1));
  }
}
