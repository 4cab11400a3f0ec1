package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CandidateTest {
  private static final Loss SQUARED = new Squared();

  @Test
  void deltaAndTauAreShownWhereTheLossHasThem() {
    assertEquals(1.5, only(new Huber(1), "delta=1.5; tau=0.2").values().get(Axis.DELTA));
    assertFalse(only(new Huber(1), "delta=1.5").values().containsKey(Axis.TAU));
    assertEquals(0.2, only(new Quantile(0.5), "delta=1.5; tau=0.2").values().get(Axis.TAU));
    assertFalse(only(SQUARED, "delta=1.5; tau=0.2").values().containsKey(Axis.DELTA));
  }

  @Test
  void theOptimumIsTheSameCandidateSolvedForAtOnce() {
    Candidate descending = only(SQUARED, "l2=0.5; degree=2; learning-rate=0.1; epochs=7");
    Candidate optimum = descending.optimum();
    assertFalse(descending.isExact());
    assertTrue(optimum.isExact());
    assertEquals(only(SQUARED, "optimizer=exact; l2=0.5; degree=2").values(), optimum.values());
  }

  @Test
  void candidatesShareAnOptimumUnlessLossFormOrPenaltyDiffer() {
    Candidate one = only(SQUARED, "l2=0.5");
    assertTrue(one.sharesOptimum(only(SQUARED, "l2=0.5; optimizer=adam; epochs=3")));
    assertFalse(one.sharesOptimum(only(SQUARED, "l2=0.6")));
    assertFalse(one.sharesOptimum(only(SQUARED, "l2=0.5; degree=2")));
    assertFalse(one.sharesOptimum(only(new Absolute(), "l2=0.5")));
  }

  /** Steps of an adaptive optimiser have one size; a kinked loss has no curvature. */
  @Test
  void anAutomaticRateLooksAtTheCurvatureOfASmoothLossWhoseStepsFollowTheGradient() {
    for (String optimizer : List.of("sgd", "momentum", "nesterov")) {
      assertTrue(only(SQUARED, "optimizer=" + optimizer).needsCurvature(), optimizer);
    }
    for (String optimizer : List.of("adagrad", "rmsprop", "adam", "exact")) {
      assertFalse(only(SQUARED, "optimizer=" + optimizer).needsCurvature(), optimizer);
    }
    assertFalse(only(SQUARED, "learning-rate=0.1").needsCurvature());
    assertFalse(only(new Absolute(), "").needsCurvature());
  }

  private static Candidate only(Loss loss, String grid) {
    List<Candidate> candidates = Grid.parse(grid).candidates(loss, 100);
    assertEquals(1, candidates.size());
    return candidates.get(0);
  }
}
