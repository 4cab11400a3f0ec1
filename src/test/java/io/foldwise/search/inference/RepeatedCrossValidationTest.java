package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.search.Inference;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Whatever the cores: dealings that are worked on side by side are added up in their order. */
  @Test
  void manyDealingsAtOnceAreThoseOneByOneToTheBit() {
    Blocks blocks = InferenceRows.blocks(1);
    MomentsFit fit = InferenceRows.fit("l2=0.05");
    List<int[]> dealings =
        IntStream.range(0, 40).mapToObj(draw -> blocks.dealt(10, 5, draw)).toList();
    RepeatedCrossValidation repeatedly = new RepeatedCrossValidation(blocks, List.of(fit), 10);
    RepeatedCrossValidation repeatedAtOnce = new RepeatedCrossValidation(blocks, List.of(fit), 10);
    NestedOverBlocks nested = new NestedOverBlocks(blocks, fit, 10);
    NestedOverBlocks nestedAtOnce = new NestedOverBlocks(blocks, fit, 10);
    RowsCurve curve = new RowsCurve(blocks, fit, 10);
    RowsCurve curveAtOnce = new RowsCurve(blocks, fit, 10);
    for (int[] dealt : dealings) {
      repeatedly.add(List.of(dealt));
      nested.add(List.of(dealt));
      curve.add(List.of(dealt));
    }
    repeatedAtOnce.add(dealings);
    nestedAtOnce.add(dealings);
    curveAtOnce.add(dealings);
    assertEquals(40, repeatedAtOnce.found().foldings());
    assertArrayEquals(repeatedly.found().mean(), repeatedAtOnce.found().mean());
    assertArrayEquals(repeatedly.found().sd(), repeatedAtOnce.found().sd());
    assertEquals(nested.interval(0.9), nestedAtOnce.interval(0.9));
    assertArrayEquals(curve.found().errors(), curveAtOnce.found().errors());
    assertArrayEquals(curve.found().rows(), curveAtOnce.found().rows());
  }
}
