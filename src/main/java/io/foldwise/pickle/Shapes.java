package io.foldwise.pickle;

/** Arithmetic on the lengths along axes. */
final class Shapes {

  private Shapes() {}

  /**
   * The product of the lengths from an axis on; 0 as soon as one of them is.
   *
   * @throws ArithmeticException beyond 2<sup>63</sup>
   */
  static long product(int[] shape, int fromAxis) {
    long product = 1;
    for (int axis = fromAxis; axis < shape.length; axis++) {
      if (shape[axis] == 0) {
        return 0;
      }
    }
    for (int axis = fromAxis; axis < shape.length; axis++) {
      product = Math.multiplyExact(product, shape[axis]);
    }
    return product;
  }

  /**
   * The values of {@code transpose(axes)}: axis i of the result is axis {@code axes[i]} of the
   * array.
   *
   * @param values row-major in {@code shape}
   * @return row-major in the shape of the result
   */
  static double[] transpose(double[] values, int[] shape, int[] axes) {
    int rank = shape.length;
    int[] step = new int[rank];
    for (int axis = rank - 1, size = 1; axis >= 0; size *= shape[axis], axis--) {
      step[axis] = size;
    }
    double[] out = new double[values.length];
    int[] index = new int[rank];
    for (int i = 0, from = 0; i < out.length; i++) {
      out[i] = values[from];
      // An odometer over the result's indices, last axis fastest.
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += step[axes[axis]];
        if (++index[axis] < shape[axes[axis]]) {
          break;
        }
        from -= step[axes[axis]] * index[axis];
        index[axis] = 0;
      }
    }
    return out;
  }
}
