package io.foldwise.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final double ROUNDING = 1e-15;

  @Test
  void constantStays() {
    Schedule constant = new Schedule.Constant();
    assertEquals(1.0, constant.factor(1, 3, 10), 0.0);
    assertEquals(1.0, constant.factor(1_000_000_007L, 3, 10), 0.0);
  }

  @Test
  void inverseScalingDividesByAPowerOfTheStep() {
    Schedule root = new Schedule.InverseScaling(0.5);
    assertEquals(1.0, root.factor(1, 7, 10), 0.0);
    assertEquals(0.5, root.factor(4, 7, 10), ROUNDING);
    assertEquals(1 / 3.0, root.factor(9, 7, 10), ROUNDING);
    // scikit-learn 1.2.1: SGDRegressor(power_t=0.25), eta0 / 16^0.25
    assertEquals(0.5, new Schedule.InverseScaling(0.25).factor(16, 1, 10), ROUNDING);
    assertEquals(1.0, new Schedule.InverseScaling(0).factor(99, 1, 10), 0.0);
  }

  @Test
  void exponentialDecaysOnceAnEpoch() {
    Schedule decay = new Schedule.Exponential(0.5);
    assertEquals(1.0, decay.factor(1, 4, 10), 0.0);
    assertEquals(0.5, decay.factor(5, 4, 10), ROUNDING);
    assertEquals(0.25, decay.factor(9, 4, 10), ROUNDING);
    assertEquals(Math.sqrt(0.5), decay.factor(3, 4, 10), ROUNDING);
  }

  @Test
  void cosineFallsFromOneToZeroOverTheStatedEpochs() {
    Schedule cosine = new Schedule.Cosine();
    assertEquals(1.0, cosine.factor(1, 4, 10), 0.0);
    assertEquals(0.5, cosine.factor(21, 4, 10), ROUNDING);
    assertEquals(0.0, cosine.factor(41, 4, 10), ROUNDING);
    assertEquals((1 + Math.cos(Math.PI / 4)) / 2, cosine.factor(11, 4, 10), ROUNDING);
  }

  @Test
  void argumentsOutOfBoundsAreRefusedByName() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule.InverseScaling(-0.1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.InverseScaling(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Exponential(0));
    assertThrows(IllegalArgumentException.class, () -> new LearningRate.Fixed(0));
    assertThrows(
        IllegalArgumentException.class, () -> new LearningRate.Fixed(Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> new Optimizer.Momentum(1));
    assertThrows(IllegalArgumentException.class, () -> new Optimizer.Nesterov(-0.1));
    assertThrows(IllegalArgumentException.class, () -> new Penalty(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Penalty(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new ModelForm(0, true, true));
  }

  @Test
  void theAutomaticRateIsHalfTheStabilityBound() {
    LearningRate auto = new LearningRate.Auto();
    Optimizer.Stepping sgd = new Optimizer.Sgd();
    Optimizer.Stepping nesterov = new Optimizer.Nesterov(0.9);
    LearningRate.Training full = new LearningRate.Training(new Loss.Squared(), 1, 1, () -> 2);
    LearningRate.Training several = new LearningRate.Training(new Loss.Squared(), 10, 1, () -> 4);
    assertEquals(0.5 / 2.5, auto.resolve(sgd, 0.5, full), ROUNDING);
    assertEquals(0.125, auto.resolve(sgd, 0, several), ROUNDING);
    assertEquals(0.25, auto.resolve(nesterov, 0, full), ROUNDING);
    assertEquals(0.0125, auto.resolve(nesterov, 0, several), ROUNDING);
    assertEquals(0.001, auto.resolve(new Optimizer.Adam(), 0, several), ROUNDING);
  }
}
