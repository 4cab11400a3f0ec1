package io.foldwise.pickle;

import io.foldwise.pickle.PickledObject.Known;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The globals that are built, and what calling each gives. There is no other way in. */
final class AllowedGlobals {

  /** What calling a global with positional arguments gives. */
  @FunctionalInterface
  interface Constructor {
    Object call(Object[] arguments);
  }

  /**
   * The classes and functions of pandas whose objects are looked at. Between versions they moved
   * from module to module, so that the name alone is compared.
   */
  private static final Set<String> PANDAS =
      Set.of(
          ("DataFrame Series BlockManager SingleBlockManager _unpickle_block new_block"
                  + " _new_Index _new_DatetimeIndex Index RangeIndex Int64Index UInt64Index"
                  + " Float64Index NumericIndex MultiIndex CategoricalIndex DatetimeIndex"
                  + " __pyx_unpickle_NDArrayBacked Categorical CategoricalDtype"
                  + " DatetimeArray DatetimeTZDtype IntegerArray FloatingArray BooleanArray"
                  + " StringArray StringArrayNumpySemantics NumpyExtensionArray PandasArray"
                  + " ArrowStringArray ArrowStringArrayNumpySemantics ArrowExtensionArray"
                  + " SparseArray PeriodArray IntervalArray TimedeltaArray")
              .split(" "));

  private static final List<String> ARROW =
      List.of("chunked_array", "_restore_array", "py_buffer", "type_for_alias");

  private final Map<String, Constructor> constructors = new HashMap<>();

  /** A budget of bytes bounds what text may be decoded to. */
  AllowedGlobals(Budget budget) {
    for (String core : List.of("numpy.core", "numpy._core")) {
      constructors.put(core + ".multiarray._reconstruct", AllowedGlobals::array);
      constructors.put(core + ".multiarray.scalar", PickledArray::scalar);
      constructors.put(core + ".numeric._frombuffer", PickledArray::ofBuffer);
    }
    constructors.put("numpy.dtype", PickledType::of);
    for (String name : List.of("ndarray", "matrix", "matrixlib.defmatrix.matrix")) {
      constructors.put("numpy." + name, arguments -> notCallable("numpy." + name));
    }
    constructors.put("_codecs.encode", arguments -> bytes(arguments, budget));
    for (String builtins : List.of("builtins", "__builtin__")) {
      constructors.put(builtins + ".bytes", arguments -> bytes(arguments, budget));
      constructors.put(builtins + ".bytearray", arguments -> bytes(arguments, budget));
    }
    constructors.put("collections.OrderedDict", AllowedGlobals::orderedDict);
    constructors.put("collections.defaultdict", arguments -> new LinkedHashMap<>());
    for (String module :
        List.of("sklearn.utils", "sklearn.utils._bunch", "sklearn.datasets.base")) {
      constructors.put(module + ".Bunch", arguments -> new Contents.Bunch());
    }
    for (String module : List.of("numpy.ma.core", "numpy.ma")) {
      constructors.put(module + "._mareconstruct", AllowedGlobals::array);
      constructors.put(module + ".MaskedArray", new Known("MaskedArray"));
    }
    for (String module :
        List.of("numpy", "numpy.rec", "numpy.core.records", "numpy._core.records")) {
      constructors.put(module + ".recarray", new Known("recarray"));
      constructors.put(module + ".record", new Known("record"));
    }
    for (String module : List.of("copyreg", "copy_reg")) {
      constructors.put(module + "._reconstructor", AllowedGlobals::reconstructed);
    }
    constructors.put("functools.partial", new Known("partial"));
    for (String builtins : List.of("builtins", "__builtin__")) {
      constructors.put(builtins + ".slice", new Known("slice"));
    }
    constructors.put("decimal.Decimal", Scalars::decimal);
    constructors.put("datetime.date", Scalars::date);
    constructors.put("datetime.datetime", Scalars::dateTime);
    constructors.put("pandas._libs.tslibs.nattype._nat_unpickle", arguments -> null);
    constructors.put("pandas._libs.tslibs.nattype.__nat_unpickle", arguments -> null);
    constructors.put("pandas._libs.tslibs.timestamps._unpickle_timestamp", Scalars::timestamp);
    constructors.put(
        "pandas.core.indexes.frozen.FrozenList",
        arguments -> arguments.length == 1 ? arguments[0] : List.of());
    ARROW.forEach(name -> constructors.put("pyarrow.lib." + name, new Known(name)));
  }

  /** Whether a global is a missing value of pandas, which is read as None. */
  static boolean isMissing(String global) {
    return global.equals("pandas.NA") || global.equals("pandas._libs.missing.NA");
  }

  /** What a global builds; empty where it is not on the list. */
  Optional<Constructor> find(String global) {
    Constructor listed = constructors.get(global);
    String name = global.substring(global.lastIndexOf('.') + 1);
    return listed == null && global.startsWith("pandas.") && PANDAS.contains(name)
        ? Optional.of(new Known(name))
        : Optional.ofNullable(listed);
  }

  /** What protocols 0 and 1 write for {@code object.__new__(class)}. */
  private static Object reconstructed(Object[] arguments) {
    if (arguments.length > 0 && arguments[0] instanceof Known known) {
      return known.call(new Object[0]);
    }
    if (arguments.length > 0 && arguments[0] instanceof Unread unread) {
      return unread;
    }
    throw new Refusal("an object is made in a way that Python does not: damaged");
  }

  private static Object notCallable(String name) {
    throw new Refusal("the global '" + name + "' is called in a way that NumPy does not: damaged");
  }

  /** Starts an array, which is of the class that the first argument names. */
  private static Object array(Object[] arguments) {
    return arguments.length > 0 && arguments[0] instanceof Unread unread
        ? unread
        : new PickledArray();
  }

  private static Object bytes(Object[] arguments, Budget budget) {
    if (arguments.length == 0) {
      return new Payload.InMemory(new byte[0]);
    }
    if (arguments.length == 1 && arguments[0] instanceof Payload payload) {
      return payload;
    }
    if (arguments.length == 2
        && arguments[0] instanceof String text
        && arguments[1] instanceof String codec
        && codec.matches("latin[-_]?1")) {
      budget.spend(text.length());
      budget.hold(text.length());
      return Payload.ofLatin1(text);
    }
    throw new Refusal("bytes are written in a way that Python does not: damaged");
  }

  /** An ordered dict, whose items Python 2 gives as pairs. */
  private static Object orderedDict(Object[] arguments) {
    Map<String, Object> dict = new LinkedHashMap<>();
    if (arguments.length > 0) {
      for (Object item : Sequences.items(arguments[0])) {
        List<?> pair = Sequences.items(item);
        RestrictedUnpickler.put(dict, pair.get(0), pair.get(1));
      }
    }
    return dict;
  }
}
