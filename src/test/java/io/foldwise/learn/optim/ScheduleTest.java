package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.ModelForm;
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
    assertThrows(InvalidInputException.class, () -> new Schedule.InverseScaling(-0.1));
    assertThrows(InvalidInputException.class, () -> new Schedule.InverseScaling(Double.NaN));
    assertThrows(InvalidInputException.class, () -> new Schedule.Exponential(0));
    assertThrows(InvalidInputException.class, () -> new LearningRate.Fixed(0));
    assertThrows(
        InvalidInputException.class, () -> new LearningRate.Fixed(Double.POSITIVE_INFINITY));
    assertThrows(InvalidInputException.class, () -> new Momentum(1));
    assertThrows(InvalidInputException.class, () -> new Nesterov(-0.1));
    assertThrows(InvalidInputException.class, () -> new Penalty(-1, 0));
    assertThrows(InvalidInputException.class, () -> new Penalty(0, Double.NaN));
    assertThrows(InvalidInputException.class, () -> new ModelForm(0, true, true));
  }

  @Test
  void theAutomaticRateIsHalfTheStabilityBound() {
    LearningRate auto = new LearningRate.Auto();
    Optimizer.Stepping sgd = new Sgd();
    Optimizer.Stepping nesterov = new Nesterov(0.9);
    Schedule cosine = new Schedule.Cosine();
    LearningRate.Training full = training(new Squared(), 1, 2);
    LearningRate.Training several = training(new Squared(), 10, 4);
    assertEquals(0.5 / 2.5, auto.resolve(sgd, 0.5, cosine, full), ROUNDING);
    assertEquals(0.125, auto.resolve(sgd, 0, cosine, several), ROUNDING);
    assertEquals(0.25, auto.resolve(nesterov, 0, cosine, full), ROUNDING);
    assertEquals(0.025, auto.resolve(nesterov, 0, cosine, several), ROUNDING);
  }

  /** λmax = 16/8 of the logistic loss, of which a quarter counts where the rate falls. */
  @Test
  void theLogisticBoundIsAQuarterUnderCosine() {
    LearningRate auto = new LearningRate.Auto();
    LearningRate.Training several = training(new Logistic(), 10, 16);
    LearningRate.Training full = training(new Logistic(), 1, 16);
    Schedule cosine = new Schedule.Cosine();
    assertEquals(1, auto.resolve(new Sgd(), 0, cosine, several), ROUNDING);
    assertEquals(0.25, auto.resolve(new Sgd(), 0, new Schedule.Constant(), several), ROUNDING);
    assertEquals(0.2, auto.resolve(new Nesterov(0.9), 0, cosine, several), ROUNDING);
    assertEquals(0.25, auto.resolve(new Nesterov(0.9), 0, cosine, full), ROUNDING);
  }

  /** Labels of deviation 5, p = 9 weights, mean ‖x‖² = 9, three of four labels 1. */
  @Test
  void otherAutomaticRatesFollowTheSpreadOfTheLabel() {
    LearningRate auto = new LearningRate.Auto();
    LearningRate robust = new LearningRate.Auto(6);
    Schedule cosine = new Schedule.Cosine();
    LearningRate.Training squared = training(new Squared(), 10, 1);
    assertEquals(5, auto.resolve(new Adagrad(), 0, cosine, squared), ROUNDING);
    assertEquals(0.5, auto.resolve(new Adam(), 0, cosine, squared), ROUNDING);
    assertEquals(0.6, robust.resolve(new Rmsprop(), 0, cosine, squared), ROUNDING);
    LearningRate.Training absolute = training(new Absolute(), 10, 1);
    assertEquals(2, robust.resolve(new Sgd(), 0, cosine, absolute), ROUNDING);
    assertEquals(
        0.1 / (1 / 2.0 + 2), robust.resolve(new Momentum(0.9), 1, cosine, absolute), 1e-15);
    LearningRate.Training quantile = training(new Quantile(0.9), 10, 1);
    assertEquals(2 / 0.3, robust.resolve(new Sgd(), 0, cosine, quantile), 1e-14);
    LearningRate.Training hinge = training(new Hinge(), 10, 1);
    double slope = Math.sqrt(3) / 4;
    assertEquals(2 / (slope * 3), robust.resolve(new Sgd(), 0, cosine, hinge), 1e-14);
  }

  private static LearningRate.Training training(Loss loss, int minibatches, double curvature) {
    return new LearningRate.Training(
        loss, minibatches, new LearningRate.Spread(5, 0.75, 9, 9), () -> curvature);
  }
}
