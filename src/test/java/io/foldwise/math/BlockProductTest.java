package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vector loops against the plain ones: the same bits. */
@Tag("compiled")
final class BlockProductTest {

  @Test
  void theVectorTilesGiveTheBitsOfThePlainOnes() {
    Random random = new Random(1);
    double[] a = Sample.numbers(random, 40 * 40);
    for (int m = 1; m <= 70; m++) {
      for (int height = 0; height <= 13; height++) {
        int depth = random.nextInt(40);
        double[] b = Sample.numbers(random, 40 * m);
        double[] plain = Sample.numbers(random, 13 * m);
        double[] vector = plain.clone();
        new ScalarProduct().add(a, 0, height, 40, depth, 1, b, 0, m, m, plain, 0);
        new VectorProduct().add(a, 0, height, 40, depth, 1, b, 0, m, m, vector, 0);
        assertArrayEquals(plain, vector, "m = " + m);
        new ScalarProduct().add(a, 3, height, 1, depth, 40, b, 0, m, m, plain, 0);
        new VectorProduct().add(a, 3, height, 1, depth, 40, b, 0, m, m, vector, 0);
        assertArrayEquals(plain, vector, "transposed, m = " + m);
      }
    }
  }

  @Test
  void theVectorStripsOfASparseRowGiveTheBitsOfThePlainLoops() {
    Random random = new Random(2);
    int[] indices = {0, 1, 2, 5, 6, 19};
    double[] values = Sample.numbers(random, indices.length);
    for (int m = 1; m <= 70; m++) {
      for (int from = 0; from <= indices.length; from++) {
        double[] b = Sample.numbers(random, 20 * m);
        double[] z = Sample.numbers(random, 2 * m);
        double[] plain = z.clone();
        double[] vector = z.clone();
        new ScalarRowProduct().add(values, indices, from, 6, b, m, plain, m);
        new VectorRowProduct().add(values, indices, from, 6, b, m, vector, m);
        assertArrayEquals(plain, vector, "m = " + m);
        double[] g = b.clone();
        new ScalarRowProduct().addOuter(values, indices, from, 6, z, m, m, b);
        new VectorRowProduct().addOuter(values, indices, from, 6, z, m, m, g);
        assertArrayEquals(b, g, "outer, m = " + m);
      }
    }
  }
}
