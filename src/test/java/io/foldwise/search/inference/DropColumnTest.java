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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Constants: src/test/python/score_inference.py (scikit-learn 1.9.1, NumPy 2.4.6). */
final class DropColumnTest {
  private static final double[][] MORE = {
    {0.2631397611237737, 0.06232471525102485},
    {0.035596624913364475, 0.02147308882877436},
    {0.0018062459484282617, 0.006895835869870004}
  };

  private static DropColumn drop(String axes) {
    Blocks blocks = InferenceRows.blocks(1);
    int[] dealt = new int[InferenceRows.N];
    for (int i = 0; i < dealt.length; i++) {
      dealt[i] = i % 5;
    }
    return new DropColumn(InferenceRows.fit(axes), new Folding(blocks, blocks.sums(), 5, dealt));
  }

  @Test
  void withoutAColumnIsTrainedWithoutIt() {
    DropColumn drop = drop("l2=0.05");
    double[] with = drop.errors(DropColumn.NONE);
    assertArrayEquals(
        new double[] {
          0.10972761229422803,
          0.10574683373980422,
          0.10964283707258425,
          0.14150649958793074,
          0.10698945025421419
        },
        with,
        1e-10);
    for (int j = 0; j < MORE.length; j++) {
      Inference.Worth worth = drop.worth(j, with);
      assertEquals(InferenceRows.FEATURES.get(j), worth.feature());
      assertEquals(MORE[j][0], worth.more(), 1e-10);
      assertEquals(MORE[j][1], worth.standardError(), 1e-10);
    }
    assertTrue(drop.worth(0, with).pValue() < 0.05);
    assertTrue(drop.worth(2, with).pValue() > 0.5);
  }

  @Test
  void unscaledColumnsAndThePenaltyOfTheLassoAreDroppedToo() {
    for (String axes : List.of("standardize=false; l2=0.01", "l1=0.01", "standardize=false")) {
      DropColumn drop = drop(axes);
      double[] with = drop.errors(DropColumn.NONE);
      double all = drop.worth(0, with).more();
      assertEquals(0.26, all, 0.03, axes);
    }
  }

  /** y = x² + x z: without x both are gone, without z the product alone. */
  @Test
  void allTermsOfAFeatureGoWithIt() {
    Random random = new Random(4);
    PolynomialBasis basis = PolynomialBasis.power(List.of("x", "z"), 2);
    List<Moments> blocks = new ArrayList<>();
    double[] scratch = new double[MomentsAccumulator.scratchLength(5)];
    double deviation = 0;
    double product = 0;
    for (int i = 0; i < 400; i++) {
      double x = random.nextGaussian();
      double z = random.nextGaussian();
      double[] row = {1, x, z, x * x, x * z, z * z, x * x + x * z};
      MomentsAccumulator sums = new MomentsAccumulator(5);
      sums.addRows(row, 0, 1, scratch);
      blocks.add(sums.moments());
      deviation += Math.pow(x * x + x * z - 1, 2) / 400;
      product += Math.pow(x * z, 2) / 400;
    }
    Blocks all = new Blocks(blocks);
    MomentsFit fit =
        new MomentsFit(InferenceRows.exact("degree=2"), basis, new Shift(new double[6]));
    DropColumn drop = new DropColumn(fit, new Folding(all, all.sums(), 5, all.dealt(5, 42, 0)));
    double[] with = drop.errors(DropColumn.NONE);
    assertEquals(product, drop.worth(1, with).more(), 0.1 * product);
    assertEquals(deviation, drop.worth(0, with).more(), 0.1 * deviation);
  }
}
