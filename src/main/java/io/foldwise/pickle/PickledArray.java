package io.foldwise.pickle;

import io.foldwise.pickle.EncodedArray.Encoding;
import io.foldwise.pickle.EncodedArray.Order;
import java.io.IOException;
import java.util.Arrays;

/**
 * A {@code numpy.ndarray} while it is built, and until its values are wanted. Its elements lie
 * row-major in {@code lying}; the array is that, transposed by {@code axes}.
 */
final class PickledArray {

  private boolean text;
  private Encoding encoding;
  private int[] lying;
  private int[] axes;
  private Payload payload;
  private StoredArray stored;

  /** NumPy's state: (version, shape, type, whether column-major, bytes). */
  void setState(Object[] state) {
    if (state.length != 5 || !(state[3] instanceof Boolean columnMajor)) {
      throw new Refusal("the state of a numpy.ndarray is not as NumPy writes it: damaged");
    }
    fill(state[4], state[2], ints(state[1]), columnMajor ? "F" : "C", null);
  }

  /** {@code numpy.core.numeric._frombuffer(buffer, type, shape, order, axes)}. */
  static PickledArray ofBuffer(Object[] arguments) {
    if (arguments.length < 4 || arguments.length > 5) {
      throw new Refusal("_frombuffer is not called as NumPy does: damaged");
    }
    PickledArray array = new PickledArray();
    int[] axes = arguments.length == 5 ? ints(arguments[4]) : null;
    array.fill(arguments[0], arguments[1], ints(arguments[2]), arguments[3], axes);
    return array;
  }

  /** {@code numpy.core.multiarray.scalar(type, bytes)}: a Double, or a text for a text. */
  static Object scalar(Object[] arguments) {
    PickledArray array = new PickledArray();
    if (arguments.length != 2 || !(arguments[1] instanceof Payload.InMemory bytes)) {
      throw new Refusal("numpy scalar is not called as NumPy does: damaged");
    }
    array.fill(bytes, arguments[0], new int[0], "C", null);
    try {
      return array.text
          ? bytes.latin1()
          : (Object) array.encoded(Order.ROW_MAJOR, new int[0]).rows(0, 1, null)[0];
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are there", e);
    }
  }

  boolean isText() {
    return text;
  }

  /** The array, the same one at every call; a rare order of axes is put right here. */
  StoredArray stored(ByteSource file, Budget budget) throws IOException {
    if (stored == null) {
      if (encoding == null) {
        throw new Refusal(
            text ? "holds text, not numbers" : "is an array without contents: damaged");
      }
      budget.spend(Shapes.product(lying, 0));
      stored = inOrder(file, budget);
    }
    return stored;
  }

  private StoredArray inOrder(ByteSource file, Budget budget) throws IOException {
    if (Arrays.equals(axes, identity(axes.length))) {
      return encoded(Order.ROW_MAJOR, lying);
    }
    if (axes.length == 2) {
      return encoded(Order.COLUMN_MAJOR, new int[] {lying[1], lying[0]});
    }
    budget.hold(2 * Shapes.product(lying, 0));
    double[] values = encoded(Order.ROW_MAJOR, lying).rows(0, rows(lying), file);
    int[] shape = Arrays.stream(axes).map(axis -> lying[axis]).toArray();
    return NdArray.owning(Shapes.transpose(values, lying, axes), shape);
  }

  private EncodedArray encoded(Order order, int[] shape) {
    return new EncodedArray(encoding, order, shape, payload);
  }

  private void fill(Object bytes, Object type, int[] shape, Object order, int[] axisOrder) {
    if (!(type instanceof PickledType pickledType)) {
      throw new Refusal("a numpy.ndarray has no type: damaged");
    }
    text = pickledType.isText();
    if (text) {
      return;
    }
    Encoding of = pickledType.encoding();
    payload = bytes instanceof String latin1 ? Payload.ofLatin1(latin1) : payload(bytes);
    arrange(shape, order, axisOrder);
    checkLength(of);
    encoding = of;
  }

  private static Payload payload(Object bytes) {
    if (bytes instanceof Payload payload) {
      return payload;
    }
    throw new Refusal("a numpy.ndarray has no bytes: damaged");
  }

  private void arrange(int[] shape, Object order, int[] axisOrder) {
    if ("K".equals(order) && axisOrder != null) {
      lying = shape;
      axes = checkedAxes(axisOrder, shape.length);
    } else if ("F".equals(order)) {
      axes = reversed(identity(shape.length));
      lying = reversed(shape);
    } else if ("C".equals(order)) {
      axes = identity(shape.length);
      lying = shape;
    } else {
      throw new Refusal("a numpy.ndarray has no known order: damaged");
    }
  }

  private void checkLength(Encoding of) {
    try {
      int[] ofRow = Arrays.stream(axes).skip(1).map(axis -> lying[axis]).toArray();
      Math.toIntExact(Shapes.product(ofRow, 0));
      long needed = Math.multiplyExact(Shapes.product(lying, 0), of.type().width());
      if (needed == payload.length()) {
        return;
      }
    } catch (ArithmeticException e) {
      // Too large for a long, hence for the file: refused below.
    }
    throw new Refusal(
        String.format(
            "a numpy.ndarray of %s elements along its axes does not fit its %d bytes: damaged",
            Arrays.toString(lying), payload.length()));
  }

  private static int[] checkedAxes(int[] axes, int rank) {
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, identity(rank))) {
      throw new Refusal("the axes of a numpy.ndarray are not a permutation: damaged");
    }
    return axes;
  }

  private static int[] ints(Object tuple) {
    if (!(tuple instanceof Object[] lengths) || lengths.length > 64) {
      throw new Refusal("the shape of a numpy.ndarray is no tuple of at most 64 numbers: damaged");
    }
    int[] shape = new int[lengths.length];
    for (int axis = 0; axis < shape.length; axis++) {
      long length = lengths[axis] instanceof Number number ? number.longValue() : -1;
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new Refusal("a length in the shape of a numpy.ndarray is not in 0 to 2147483647");
      }
      shape[axis] = (int) length;
    }
    return shape;
  }

  private static int rows(int[] shape) {
    return shape.length == 0 ? 1 : shape[0];
  }

  private static int[] identity(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis -> axis);
    return axes;
  }

  private static int[] reversed(int[] numbers) {
    int[] reversed = new int[numbers.length];
    Arrays.setAll(reversed, i -> numbers[numbers.length - 1 - i]);
    return reversed;
  }
}
