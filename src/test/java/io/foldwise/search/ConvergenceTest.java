package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConvergenceTest {
  private static final Loss SMOOTH = new Squared();
  private static final Loss KINKED = new Absolute();

  private static Convergence of(double objective, double optimum, double constant) {
    return Convergence.solved(objective, optimum, constant, 0);
  }

  @Test
  void aTrainingMayLackOnePercentOfWhatItCouldGainAndTwoWithKinks() {
    assertEquals(0.02, of(10.2, 10, 20).share(), 1e-15);
    assertTrue(of(10.2, 10, 20).isShort(SMOOTH));
    assertFalse(of(10.15, 10, 20).isShort(KINKED));
    assertTrue(of(10.21, 10, 20).isShort(KINKED));
    assertFalse(of(10.05, 10, 20).isShort(SMOOTH));
  }

  /** The lecture's million epochs of a cubic. */
  @Test
  void aTrainingFarAboveItsOptimumIsShortThoughItGainedNearlyAll() {
    Convergence cubic = of(0.0108, 0.0081, 0.42);
    assertEquals(0.0027 / 0.0081, cubic.excess(), 1e-12);
    assertTrue(cubic.isShort(SMOOTH));
    assertTrue(cubic.share() < 0.01);
    assertEquals(0.0027 / 0.0081 / 0.01, cubic.lack(SMOOTH), 1e-9);
  }

  @Test
  void aPerfectFitIsNotShortByWhatIsNothingToItsGain() {
    assertFalse(of(1e-9, 1e-30, 1).isShort(SMOOTH));
    assertFalse(of(1e-9, 0, 1).isShort(SMOOTH));
    assertTrue(of(2e-4, 0, 1).isShort(SMOOTH));
  }

  /** Where features say next to nothing, a descent may end a hair above the constant. */
  @Test
  void aGapThatNoOneSeesIsNone() {
    Convergence useless = of(2.0184, 2.01839, 2.018395);
    assertEquals(1, useless.share(), 1e-9);
    assertTrue(useless.isReached());
    assertFalse(useless.isShort(SMOOTH));
    assertTrue(of(2.03, 2.01, 2.02).isShort(SMOOTH));
  }

  @Test
  void aTrainingThatIsWorseThanTheConstantLacksAll() {
    assertEquals(1, of(30, 10, 20).share(), 0);
  }

  @Test
  void whatRoundingMakesIsNoGapAndAnUnknownOptimumNoVerdict() {
    Convergence rounded = Convergence.solved(5e-25, 0, 0, 1e-24);
    assertEquals(0, rounded.share(), 0);
    assertEquals(0, rounded.excess(), 0);
    assertFalse(rounded.isShort(SMOOTH));
    assertEquals(0, Convergence.solved(1, 0, 0, 1).share(), 0);
    for (Convergence none : List.of(Convergence.unknown(3), Convergence.notReached(3))) {
      assertEquals(3, none.objective(), 0);
      assertTrue(Double.isNaN(none.share()));
      assertTrue(Double.isNaN(none.lack(SMOOTH)));
      assertFalse(none.isShort(SMOOTH));
      assertFalse(none.isShortOfGain(SMOOTH));
    }
    assertEquals(Convergence.Known.NOT_MEASURED, Convergence.unknown(3).known());
    assertEquals(Convergence.Known.NOT_REACHED, Convergence.notReached(3).known());
  }

  /** A gap of 2 % of the optimum is 0.2 % of a gain of ten times the optimum, 4 % of half of it. */
  @Test
  void aTrainingIsShortOfItsGainOnlyWhereTheGapIsSeenBesideTheGain() {
    assertTrue(of(10.2, 10, 110).isShort(SMOOTH));
    assertFalse(of(10.2, 10, 110).isShortOfGain(SMOOTH));
    assertTrue(of(10.2, 10, 15).isShortOfGain(SMOOTH));
    assertTrue(of(10.3, 10, 20).isShortOfGain(KINKED));
    assertFalse(of(10.15, 10, 20).isShortOfGain(KINKED));
    // The gap is invisible beside the optimum, though it is all of what could be gained.
    assertFalse(of(2.0184, 2.01839, 2.018395).isShortOfGain(SMOOTH));
  }
}
