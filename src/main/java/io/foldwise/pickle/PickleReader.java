package io.foldwise.pickle;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads pickled numbers: NumPy arrays and scalars (bool, int, uint and float up to 64 bits, either
 * byte order, C and Fortran order, NumPy 1 and 2), Python numbers, and lists or tuples of numbers
 * or of equally long rows, in pickle protocols 0 to 5. All become doubles; whole numbers beyond
 * 2<sup>53</sup> are rounded. NaN stays NaN.
 *
 * <p>The arrays are named so:
 *
 * <ul>
 *   <li>a dict: by its keys; entries that are text or None are left out;
 *   <li>a tuple or list of two arrays or sequences: {@code x}, {@code y}, be it (x, y) as arrays or
 *       as lists (a table of two rows is not told from it);
 *   <li>two or three pairs: {@code x_train, y_train[, x_valid, y_valid], x_test, y_test};
 *   <li>four arrays whose numbers of rows tell training from test rows: {@code x_train, y_train,
 *       x_test, y_test} in the order they are in (that, or scikit-learn's {@code
 *       train_test_split});
 *   <li>more arrays: {@code x, y, array2, array3, …};
 *   <li>one array, one number, a list of numbers or of rows: {@link PickledLayout#NAMELESS}.
 * </ul>
 */
public final class PickleReader {

  private PickleReader() {}

  /**
   * Finds the arrays, and leaves the values of NumPy arrays where they are.
   *
   * @throws UnreadablePickleException if the file is damaged or holds what is not read
   * @throws IOException if reading fails
   */
  public static PickledLayout scan(ByteSource file) throws IOException {
    PickleInput input = new PickleInput(file);
    AllowedGlobals globals = new AllowedGlobals(new Budget(file.length()));
    RestrictedUnpickler unpickler = new RestrictedUnpickler(input, globals);
    Object root = load(unpickler, input);
    try {
      return Contents.of(root, file, new Budget(file.length()));
    } catch (Refusal e) {
      throw new UnreadablePickleException(e.getMessage(), e);
    }
  }

  /**
   * Reads all values.
   *
   * @throws UnreadablePickleException if the file is damaged or holds what is not read
   * @throws IOException if reading fails
   */
  public static PickledData read(ByteSource file) throws IOException {
    Budget budget = new Budget(file.length());
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    // One array may go by many names.
    Map<StoredArray, NdArray> decoded = new HashMap<>();
    for (Map.Entry<String, StoredArray> entry : scan(file).arrays().entrySet()) {
      StoredArray stored = entry.getValue();
      if (!decoded.containsKey(stored)) {
        decoded.put(stored, decode(stored, file, budget));
      }
      arrays.put(entry.getKey(), decoded.get(stored));
    }
    return new PickledData(arrays);
  }

  private static NdArray decode(StoredArray stored, ByteSource file, Budget budget)
      throws IOException {
    try {
      budget.hold(stored.size());
    } catch (Refusal e) {
      throw new UnreadablePickleException(e.getMessage(), e);
    }
    return NdArray.owning(stored.rows(0, stored.rows(), file), stored.shape());
  }

  private static Object load(RestrictedUnpickler unpickler, PickleInput input) throws IOException {
    String reason;
    RuntimeException cause;
    try {
      return unpickler.load(input);
    } catch (Refusal e) {
      reason = e.getMessage();
      cause = e;
    } catch (RuntimeException e) {
      // Razorvine meets damage with whatever the JDK throws: casts, indices, number formats.
      reason = "is not as pickle writes it: the file is damaged, or is no pickle";
      cause = e;
    }
    throw new UnreadablePickleException("byte " + unpickler.opcodeOffset() + ": " + reason, cause);
  }
}
