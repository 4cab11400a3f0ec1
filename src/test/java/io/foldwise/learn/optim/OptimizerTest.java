package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** First steps by hand. Gradients here are constants, not functions of the weights. */
final class OptimizerTest {
  private static final double ROUNDING = 1e-15;
  private static final Penalty NONE = Penalty.NONE;

  @Test
  void softThresholdShrinksTowardsAnExactZero() {
    assertEquals(1.5, Penalty.softThreshold(2, 0.5), 0.0);
    assertEquals(-1.5, Penalty.softThreshold(-2, 0.5), 0.0);
    assertEquals(0.0, Math.abs(Penalty.softThreshold(0.5, 0.5)), 0.0);
    assertEquals(0.0, Math.abs(Penalty.softThreshold(-0.3, 0.5)), 0.0);
    assertEquals(-2.0, Penalty.softThreshold(-2, 0), 0.0);
    assertTrue(Double.isNaN(Penalty.softThreshold(Double.NaN, 0.5)), "NaN must not become zero");
  }

  @Test
  void sgdStepsAlongTheGradient() {
    assertArrayEquals(new double[] {0.8, 2.4}, steps(new Sgd(), NONE, 0.1, 1), ROUNDING);
    assertArrayEquals(new double[] {0.6, 2.8}, steps(new Sgd(), NONE, 0.1, 2), ROUNDING);
  }

  @Test
  void momentumAddsAShareOfTheLastMove() {
    Optimizer.Stepping heavyBall = new Momentum(0.5);
    assertArrayEquals(new double[] {0.8, 2.4}, steps(heavyBall, NONE, 0.1, 1), ROUNDING);
    // moves −0.2, then −0.2 + 0.5·(−0.2)
    assertArrayEquals(new double[] {0.5, 3.0}, steps(heavyBall, NONE, 0.1, 2), ROUNDING);
    assertArrayEquals(new double[] {0.15, 3.7}, steps(heavyBall, NONE, 0.1, 3), ROUNDING);
  }

  @Test
  void nesterovTakesItsGradientWhereTheLastMoveWouldLead() {
    Optimizer.Stepping nesterov = new Nesterov(0.5);
    assertArrayEquals(new double[] {0.5, 3.0}, steps(nesterov, NONE, 0.1, 2), ROUNDING);
    double[] w = {1, 2};
    WeightColumn column = new WeightColumn(0, 2, 0, NONE);
    OptimizerState state = nesterov.start(w.clone(), column);
    assertTrue(state.looksAhead());
    double[] point = new double[2];
    state.pointInto(w, point);
    assertArrayEquals(new double[] {1, 2}, point, 0.0);
    state.step(w, new double[] {2, -4}, 0.1, 1);
    state.pointInto(w, point);
    assertArrayEquals(new double[] {0.7, 2.6}, point, ROUNDING);
  }

  @Test
  void adagradDividesByTheRootOfAllSquares() {
    Optimizer.Stepping adagrad = new Adagrad();
    // g/√(g²) = ±1, then g/√(2g²) = ±1/√2
    assertArrayEquals(new double[] {0.9, 2.1}, steps(adagrad, NONE, 0.1, 1), 1e-10);
    double second = 0.1 / Math.sqrt(2);
    assertArrayEquals(
        new double[] {0.9 - second, 2.1 + second}, steps(adagrad, NONE, 0.1, 2), 1e-10);
    assertEquals(3, adagrad.travel(), 0.0);
  }

  @Test
  void rmspropDividesByTheRootOfARunningMean() {
    Optimizer.Stepping rmsprop = new Rmsprop();
    double first = 0.1 / Math.sqrt(0.1);
    double second = 0.1 / Math.sqrt(0.19);
    assertArrayEquals(new double[] {1 - first, 2 + first}, steps(rmsprop, NONE, 0.1, 1), 1e-8);
    assertArrayEquals(
        new double[] {1 - first - second, 2 + first + second}, steps(rmsprop, NONE, 0.1, 2), 1e-8);
    assertEquals(0.3, rmsprop.travel(), 0.0);
  }

  @Test
  void adamCorrectsBothMeansForTheirBias() {
    Optimizer.Stepping adam = new Adam();
    // With a constant gradient both corrected means are exact: every step is η·g/(|g| + ε).
    double move = 0.1 * 2 / (2 + 1e-8);
    double other = 0.1 * 4 / (4 + 1e-8);
    assertArrayEquals(new double[] {1 - move, 2 + other}, steps(adam, NONE, 0.1, 1), 1e-14);
    assertArrayEquals(new double[] {1 - 5 * move, 2 + 5 * other}, steps(adam, NONE, 0.1, 5), 1e-13);
    assertEquals(0.3, adam.travel(), 0.0);
  }

  @Test
  void adamsCorrectionCountsTheStepsThatWereSkipped() {
    double[] w = {1};
    OptimizerState state = new Adam().start(w, new WeightColumn(0, 1, 0, NONE));
    state.step(w, new double[] {2}, 0.1, 3);
    double mean = 0.2 / (1 - Math.pow(0.9, 3));
    double square = 0.004 / (1 - Math.pow(0.999, 3));
    assertEquals(1 - 0.1 * mean / (Math.sqrt(square) + 1e-8), w[0], 1e-13);
  }

  @Test
  void l1IsTakenOffByAProximalStepAtTheEffectiveRate() {
    Penalty lasso = new Penalty(3, 0);
    // sgd: 1 − 0.2 = 0.8, then by 0.1·3 towards zero; 2 + 0.4 = 2.4 likewise
    assertArrayEquals(new double[] {0.5, 2.1}, steps(new Sgd(), lasso, 0.1, 1), 1e-15);
    // adagrad: effective rates 0.1/2 and 0.1/4 after the first gradient (2, −4)
    assertArrayEquals(
        new double[] {0.9 - 0.15, 2.1 - 0.075}, steps(new Adagrad(), lasso, 0.1, 1), 1e-9);
    // adam: √v̂ = |g| on the first step
    assertArrayEquals(
        new double[] {0.9 - 0.15, 2.1 - 0.075}, steps(new Adam(), lasso, 0.1, 1), 1e-8);
    double rate = 0.1 / Math.sqrt(0.4);
    assertEquals(1 - 2 * rate - 3 * rate, steps(new Rmsprop(), lasso, 0.1, 1)[0], 1e-7);
  }

  @Test
  void momentumTakesTheProximalStepLast() {
    // moves: 1 → 0.8 → prox 0.5; then 0.5 − 0.2 + 0.5·(−0.5) = 0.05 → prox 0
    double[] w = steps(new Momentum(0.5), new Penalty(3, 0), 0.1, 2);
    assertEquals(0.0, Math.abs(w[0]), 0.0);
    assertArrayEquals(w, steps(new Nesterov(0.5), new Penalty(3, 0), 0.1, 2), ROUNDING);
  }

  @Test
  void theInterceptIsNeverPenalised() {
    for (Optimizer.Stepping optimizer :
        Arrays.<Optimizer.Stepping>asList(
            new Sgd(),
            new Momentum(0.9),
            new Nesterov(0.9),
            new Adagrad(),
            new Rmsprop(),
            new Adam())) {
      double[] free = {1, 2};
      double[] penalised = {1, 2};
      OptimizerState without = optimizer.start(free.clone(), new WeightColumn(0, 2, 1, NONE));
      OptimizerState with =
          optimizer.start(penalised.clone(), new WeightColumn(0, 2, 1, new Penalty(100, 0)));
      without.step(free, new double[] {2, -4}, 0.1, 1);
      with.step(penalised, new double[] {2, -4}, 0.1, 1);
      assertEquals(free[0], penalised[0], 0.0, optimizer.label());
      assertFalse(free[1] == penalised[1], optimizer.label());
    }
  }

  @Test
  void columnsOfAMatrixDoNotTouchEachOther() {
    double[] w = {9, 1, 2, 9};
    OptimizerState state = new Adam().start(w, new WeightColumn(1, 2, 0, NONE));
    state.step(w, new double[] {7, 2, -4, 7}, 0.1, 1);
    assertEquals(9.0, w[0], 0.0);
    assertEquals(9.0, w[3], 0.0);
    assertEquals(0.9, w[1], 1e-8);
  }

  /** From (1, 2) along the gradient (2, −4). */
  private static double[] steps(
      Optimizer.Stepping optimizer, Penalty penalty, double rate, int steps) {
    double[] w = {1, 2};
    OptimizerState state = optimizer.start(w.clone(), new WeightColumn(0, 2, 0, penalty));
    for (int t = 1; t <= steps; t++) {
      state.step(w, new double[] {2, -4}, rate, t);
    }
    return w;
  }
}
