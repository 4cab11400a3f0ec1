package io.foldwise.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pickled numbers: NumPy arrays and scalars (bool, int, uint and float up to 64 bits, either
 * byte order, C and Fortran order, NumPy 1 and 2), Python numbers, and lists or tuples of numbers
 * or of equally long rows, in pickle protocols 0 to 5. All become doubles; whole numbers beyond
 * 2<sup>53</sup> are rounded; NaN stays NaN, and None becomes it. Texts and bytes, in arrays or
 * lists, are columns of text. Whatever else stands beside them is left out and named.
 *
 * <p>Several objects in one file, each by a call of {@code pickle.dump}, are read as a tuple of
 * them. The arrays are named so:
 *
 * <ul>
 *   <li>a dict, or several with different keys: by the keys;
 *   <li>a tuple or list of two arrays or sequences: {@code x}, {@code y}, be it (x, y) as arrays or
 *       as lists (a table of two rows is not told from it);
 *   <li>two or three pairs: {@code x_train, y_train[, x_valid, y_valid], x_test, y_test};
 *   <li>four arrays whose numbers of rows tell training from test rows: {@code x_train, y_train,
 *       x_test, y_test} in the order they are in (that, or scikit-learn's {@code
 *       train_test_split});
 *   <li>more arrays: {@code x, y, array2, array3, …};
 *   <li>one array, one number, a list of numbers or of rows: {@link PickledLayout#NAMELESS};
 *   <li>the columns of a list of rows of which some are numbers and some are texts: as {@link
 *       PickledLayout#columns} names them.
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
    Object root = load(file);
    try {
      return Contents.of(root, file, new Budget(file.length()));
    } catch (Refusal e) {
      throw new UnreadablePickleException(e.getMessage(), e);
    } catch (ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      throw new UnreadablePickleException(
          "an object of pandas is not as the known versions write it: save it with .to_numpy(), or write a CSV or Parquet file",
          e);
    }
  }

  /**
   * Reads all numbers.
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
      if (entry.getValue() instanceof NumberArray stored) {
        if (!decoded.containsKey(stored)) {
          decoded.put(stored, decode(stored, file, budget));
        }
        arrays.put(entry.getKey(), decoded.get(stored));
      } else if (entry.getValue() instanceof Table table) {
        putColumns(table, arrays, file, budget);
      }
    }
    return new PickledData(arrays);
  }

  /** Puts the columns of numbers each by its own name, unless an array before them bears it. */
  private static void putColumns(
      Table table, Map<String, NdArray> arrays, ByteSource file, Budget budget) throws IOException {
    int first = 0;
    for (StoredArray part : table.parts()) {
      int d = part.columns();
      if (part instanceof NumberArray numbers && first >= table.indexes()) {
        NdArray decoded = decode(numbers, file, budget);
        for (int j = 0; j < d; j++) {
          double[] column = new double[table.rows()];
          for (int i = 0; i < column.length; i++) {
            column[i] = decoded.value(i, j);
          }
          arrays.putIfAbsent(table.names().get(first + j), NdArray.owning(column, column.length));
        }
      }
      first += d;
    }
  }

  private static NdArray decode(NumberArray stored, ByteSource file, Budget budget)
      throws IOException {
    try {
      budget.hold(stored.size());
    } catch (Refusal e) {
      throw new UnreadablePickleException(e.getMessage(), e);
    }
    return NdArray.owning(stored.rows(0, stored.rows(), file), stored.shape());
  }

  /** The only object of a file, or all of them as a tuple. */
  private static Object load(ByteSource file) throws IOException {
    boolean array = Npy.isArray(file);
    if (!array && !Npy.isArchive(file)) {
      return unpickled(file);
    }
    try {
      return array ? Npy.array(file) : Npy.arrays(file);
    } catch (Refusal e) {
      throw new UnreadablePickleException(e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new UnreadablePickleException(
          "is not as NumPy writes it: the file is damaged: write it again", e);
    }
  }

  private static Object unpickled(ByteSource file) throws IOException {
    PickleInput input = new PickleInput(file);
    RestrictedUnpickler unpickler =
        new RestrictedUnpickler(input, new AllowedGlobals(new Budget(file.length())));
    List<Object> dumps = new ArrayList<>();
    try {
      do {
        dumps.add(unpickler.next());
      } while (input.position() < input.length());
      return dumps.size() == 1 ? dumps.get(0) : dumps.toArray();
    } catch (Refusal e) {
      throw at(unpickler, e.getMessage(), e);
    } catch (RuntimeException e) {
      // Razorvine meets damage with whatever the JDK throws: casts, indices, number formats.
      String what =
          dumps.isEmpty()
              ? "is not as pickle writes it: the file is damaged, or is not a pickle"
              : "what follows the first object is not as pickle writes it: the file is damaged, or"
                  + " something else was written behind it";
      throw at(unpickler, what, e);
    }
  }

  private static UnreadablePickleException at(
      RestrictedUnpickler unpickler, String reason, RuntimeException cause) {
    return new UnreadablePickleException("byte " + unpickler.opcodeOffset() + ": " + reason, cause);
  }
}
