package io.foldwise.math;

import static io.foldwise.math.ExponentialFunction.BIASED;
import static io.foldwise.math.ExponentialFunction.EXP;
import static io.foldwise.math.ExponentialFunction.EXPONENT_SHIFT;
import static io.foldwise.math.ExponentialFunction.HIGHEST;
import static io.foldwise.math.ExponentialFunction.LN2_HIGH;
import static io.foldwise.math.ExponentialFunction.LN2_LOW;
import static io.foldwise.math.ExponentialFunction.LOG2_E;
import static io.foldwise.math.ExponentialFunction.LOWEST;
import static io.foldwise.math.ExponentialFunction.ROUNDER;
import static io.foldwise.math.ExponentialFunction.SIGMOID;
import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Maps a vector of numbers at a time, and those left over one by one.
 *
 * <p>It is one method, longer than 325 byte codes, which HotSpot never inlines: vectors stay in
 * registers only where each call of the Vector API is inlined, and that ends at a depth of 15 calls
 * (MaxInlineLevel) below the compiled method and, for methods of ours, at 18,000 nodes
 * (NodeCountInliningCutoff). Constants are broadcast in place; as static vectors they are loaded
 * anew each time, which takes twice as long.
 */
final class VectorExponential implements ExponentialLoop {
  private static final VectorSpecies<Double> SPECIES = VectorTiles.SPECIES;

  private final ScalarExponential rest = new ScalarExponential();

  @Override
  public void map(ExponentialFunction f, double[] x, int from, int count) {
    int end = from + SPECIES.loopBound(count);
    for (int i = from; i < end; i += SPECIES.length()) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, x, i);
      LongVector signed = z.reinterpretAsLongs().lanewise(VectorOperators.OR, f.signBit);
      DoubleVector y = signed.reinterpretAsDoubles();
      DoubleVector lowest = broadcast(SPECIES, LOWEST);
      y = y.blend(lowest, y.compare(VectorOperators.LT, lowest));
      DoubleVector highest = broadcast(SPECIES, HIGHEST);
      y = y.blend(highest, y.compare(VectorOperators.GT, highest));
      DoubleVector rounder = broadcast(SPECIES, ROUNDER);
      DoubleVector n = y.fma(broadcast(SPECIES, LOG2_E), rounder).sub(rounder);
      DoubleVector r = n.fma(broadcast(SPECIES, -LN2_HIGH), y);
      r = n.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector sum =
          broadcast(SPECIES, 1 / 6227020800.0).fma(r, broadcast(SPECIES, 1 / 479001600.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 39916800.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 3628800.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 362880.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 40320.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 5040.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 720.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 120.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 24.0));
      sum = sum.fma(r, broadcast(SPECIES, 1 / 6.0));
      sum = sum.fma(r, broadcast(SPECIES, 0.5));
      sum = sum.fma(r, broadcast(SPECIES, 1));
      sum = sum.fma(r, broadcast(SPECIES, 1));
      DoubleVector half = n.fma(broadcast(SPECIES, 0.5), rounder).sub(rounder);
      LongVector first = half.add(broadcast(SPECIES, BIASED)).reinterpretAsLongs();
      first = first.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      LongVector second = n.sub(half).add(broadcast(SPECIES, BIASED)).reinterpretAsLongs();
      second = second.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      DoubleVector t = sum.mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
      if (f == EXP) {
        t.intoArray(x, i);
      } else if (f == SIGMOID) {
        DoubleVector one = broadcast(SPECIES, 1);
        DoubleVector above = one.blend(t, z.compare(VectorOperators.LT, broadcast(SPECIES, 0)));
        above.div(one.add(t)).intoArray(x, i);
      } else {
        DoubleVector s = t.div(broadcast(SPECIES, 2).add(t));
        DoubleVector square = s.mul(s);
        DoubleVector log = broadcast(SPECIES, 1 / 33.0).fma(square, broadcast(SPECIES, 1 / 31.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 29.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 27.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 25.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 23.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 21.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 19.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 17.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 15.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 13.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 11.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 9.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 7.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 5.0));
        log = log.fma(square, broadcast(SPECIES, 1 / 3.0));
        DoubleVector twice = s.add(s);
        DoubleVector zero = broadcast(SPECIES, 0);
        DoubleVector above = zero.blend(z, z.compare(VectorOperators.GT, zero));
        above.add(twice.mul(square).fma(log, twice)).intoArray(x, i);
      }
    }
    rest.map(f, x, end, from + count - end);
  }
}
