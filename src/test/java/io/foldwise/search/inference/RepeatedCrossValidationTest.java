package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.search.Inference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constants: src/test/python/score_inference.py (scikit-learn 1.9.1, NumPy 2.4.6). */
final class RepeatedCrossValidationTest {
  @Test
  void everyCandidateIsScoredOverEveryDealing() {
    RepeatedCrossValidation repeated =
        new RepeatedCrossValidation(
            InferenceRows.blocks(1),
            List.of(
                InferenceRows.fit("l2=0"), InferenceRows.fit("l2=0.05"), InferenceRows.fit("l2=1")),
            10);
    for (int factor : new int[] {1, 7, 23}) {
      repeated.add(List.of(InferenceRows.dealt(60, factor, 61, 10)));
    }
    Inference.Regrouped found = repeated.found();
    assertEquals(3, found.foldings());
    assertArrayEquals(
        new double[] {0.10983473427009209, 0.1101634146450083, 0.20692086861933415},
        found.mean(),
        1e-10);
    assertArrayEquals(
        new double[] {0.004530432752394509, 0.003984602643431766, 0.007587332589615251},
        found.sd(),
        1e-10);
    assertArrayEquals(new int[] {2, 1, 0}, found.wins());
  }
}
