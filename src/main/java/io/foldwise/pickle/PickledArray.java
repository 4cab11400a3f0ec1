package io.foldwise.pickle;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@code numpy.ndarray} while it is built, and until its values are wanted. Its elements lie
 * row-major in {@code lying}; the array is that, transposed by {@code axes}. A masked array has a
 * mask besides, which lies as the elements do.
 */
final class PickledArray {

  private PickledType type;
  private int[] lying;
  private int[] axes;
  private Payload payload;
  private Payload mask;
  private List<?> objects;
  private String unread = "is an array without contents";
  private StoredArray stored;

  /**
   * Sets NumPy's state: (version, shape, type, whether column-major, bytes), and behind it of a
   * masked array the bytes of its mask and what it is filled with.
   */
  void setState(Object[] state) {
    boolean masked = state.length == 7;
    if (!(masked || state.length == 5) || !(state[3] instanceof Boolean columnMajor)) {
      throw new Refusal("the state of a numpy.ndarray is not as NumPy writes it: damaged");
    }
    fill(state[4], state[2], ints(state[1]), columnMajor ? "F" : "C", null);
    if (masked) {
      cover(state[5]);
    }
  }

  private void cover(Object bits) {
    if (isOfObjects() || (type != null && (type.isText() || type.isStructured()))) {
      unread = "is a masked array of texts, objects or fields: save it with .filled()";
      objects = null;
      type = null;
    } else if (type != null) {
      mask = bits instanceof String latin1 ? Payload.ofLatin1(latin1) : payload(bits);
      if (mask.length() != Shapes.product(lying, 0)) {
        throw new Refusal("the mask of a masked array does not fit its shape: damaged");
      }
    }
  }

  /** The array whose elements lie in a .npy file. */
  static PickledArray lying(Payload bytes, PickledType of, int[] shape, boolean columnMajor) {
    PickledArray array = new PickledArray();
    array.fill(bytes, of, shape, columnMajor ? "F" : "C", null);
    return array;
  }

  /** The array of {@code numpy.core.numeric._frombuffer(buffer, type, shape, order, axes)}. */
  static PickledArray ofBuffer(Object[] arguments) {
    if (arguments.length < 4 || arguments.length > 5) {
      throw new Refusal("_frombuffer is not called as NumPy does: damaged");
    }
    PickledArray array = new PickledArray();
    int[] axes = arguments.length == 5 ? ints(arguments[4]) : null;
    array.fill(arguments[0], arguments[1], ints(arguments[2]), arguments[3], axes);
    return array;
  }

  /**
   * The value of {@code numpy.core.multiarray.scalar(type, bytes)}, a Double, String or {@link
   * Unread}.
   */
  static Object scalar(Object[] arguments) {
    PickledArray array = new PickledArray();
    boolean known = arguments.length == 2 && arguments[1] instanceof Payload;
    if (known && arguments[0] instanceof PickledType type && !type.isObjects()) {
      array.fill(arguments[1], type, new int[0], "C", null);
    }
    if (array.type == null || !(array.payload instanceof Payload.InMemory)) {
      return new Unread("a NumPy scalar of another type", "a NumPy scalar of another type");
    }
    try {
      List<?> values = array.over(array.type.rowMajor(new int[0], array.payload)).values(null);
      return values.size() == 1 ? values.get(0) : new Unread("a record", "a record");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are there", e);
    }
  }

  /** Whether the elements are texts. */
  boolean isText() {
    return type != null && type.isText();
  }

  /** Whether the elements are Python objects; then {@link #nested} has them, in place of bytes. */
  boolean isOfObjects() {
    return objects != null;
  }

  /** The objects as a list, or as a list of rows. */
  List<?> nested() {
    if (lying.length == 1) {
      return objects;
    }
    if (lying.length != 2) {
      throw Refusal.ofValue("holds Python objects along " + lying.length + " axes");
    }
    int d = lying[1];
    return IntStream.range(0, lying[0])
        .mapToObj(row -> objects.subList(row * d, (row + 1) * d))
        .toList();
  }

  /** The length along the first axis, n. */
  int length() {
    return axes == null || axes.length == 0 ? 1 : lying[axes[0]];
  }

  /** The array, the same one at every call; a rare order of axes is put right here. */
  StoredArray stored(ByteSource file, Budget budget) throws IOException {
    if (stored == null) {
      if (type == null) {
        throw Refusal.ofValue(unread);
      }
      budget.spend(Shapes.product(lying, 0));
      stored = inOrder(file, budget);
    }
    return stored;
  }

  /** The number of axes. */
  int rank() {
    return axes == null ? 0 : axes.length;
  }

  /** Rows from (inclusive) to (exclusive) of an array of rank 2 as the columns of another. */
  StoredArray turned(int from, int to, Budget budget) {
    if (type == null) {
      throw Refusal.ofValue(unread);
    }
    budget.spend(Shapes.product(new int[] {to - from, lying[axes[1]]}, 0));
    Elements values = elements().transposed().columns(from, to);
    return mask == null
        ? type.over(values)
        : masked(values, maskElements().transposed().columns(from, to));
  }

  /** The elements of an array that is row-major or of rank 2. */
  private Elements elements() {
    return isRowMajor()
        ? type.rowMajor(lying, payload)
        : type.columnMajor(new int[] {lying[1], lying[0]}, payload);
  }

  private Elements maskElements() {
    int[] shape = isRowMajor() ? lying : new int[] {lying[1], lying[0]};
    return isRowMajor()
        ? Elements.rowMajor(1, Elements.Endian.LITTLE, shape, mask)
        : Elements.columnMajor(1, Elements.Endian.LITTLE, shape, mask);
  }

  private boolean isRowMajor() {
    return Arrays.equals(axes, identity(axes.length));
  }

  private StoredArray masked(Elements values, Elements bits) {
    return type.over(values) instanceof NumberArray numbers
        ? new MaskedNumbers(numbers, new EncodedArray(NumberType.BOOL, bits))
        : type.over(values);
  }

  private StoredArray over(Elements elements) {
    return mask == null ? type.over(elements) : masked(elements, maskElements());
  }

  private StoredArray inOrder(ByteSource file, Budget budget) throws IOException {
    if (isRowMajor() || axes.length == 2) {
      return over(elements());
    }
    if (mask != null
        || !(type.over(type.rowMajor(lying, payload)) instanceof NumberArray numbers)) {
      throw Refusal.ofValue(
          "holds %s along %d axes: save it with two"
              .formatted(mask == null ? "texts or fields" : "masked numbers", axes.length));
    }
    budget.hold(2 * Shapes.product(lying, 0));
    double[] values = numbers.rows(0, numbers.rows(), file);
    int[] shape = Arrays.stream(axes).map(axis -> lying[axis]).toArray();
    return NdArray.owning(Shapes.transpose(values, lying, axes), shape);
  }

  private void fill(Object bytes, Object of, int[] shape, Object order, int[] axisOrder) {
    if (of instanceof Unread other) {
      unread = "is a NumPy array of " + other.what();
      return;
    }
    if (!(of instanceof PickledType pickled)) {
      throw new Refusal("a numpy.ndarray has no type: damaged");
    }
    if (pickled.isObjects()) {
      list(bytes, shape);
      return;
    }
    try {
      int width = pickled.width();
      payload = bytes instanceof String latin1 ? Payload.ofLatin1(latin1) : payload(bytes);
      arrange(shape, order, axisOrder);
      checkLength(width);
      type = pickled;
    } catch (Refusal refusal) {
      if (!refusal.isOfValue()) {
        throw refusal;
      }
      unread = refusal.getMessage();
    }
  }

  /** Takes objects, which are listed row by row, whatever the order of the array was. */
  private void list(Object items, int[] shape) {
    if (!(items instanceof List<?> list) || Shapes.product(shape, 0) != list.size()) {
      throw new Refusal("a numpy.ndarray of objects does not fit its list of them: damaged");
    }
    lying = shape;
    axes = identity(shape.length);
    objects = list;
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

  private void checkLength(int width) {
    try {
      int[] ofRow = Arrays.stream(axes).skip(1).map(axis -> lying[axis]).toArray();
      Math.toIntExact(Shapes.product(ofRow, 0));
      long needed = Math.multiplyExact(Shapes.product(lying, 0), width);
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

  static int[] ints(Object tuple) {
    if (!(tuple instanceof Object[] lengths) || lengths.length > 64) {
      throw new Refusal(
          "the shape of a numpy.ndarray is not a tuple of at most 64 numbers: damaged");
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
