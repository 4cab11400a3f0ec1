package io.foldwise.pickle;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The globals that are built, and what calling each gives. There is no other way in. */
final class AllowedGlobals {

  /** What calling a global with positional arguments gives. */
  @FunctionalInterface
  interface Constructor {
    Object call(Object[] arguments);
  }

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
    for (String module : List.of("sklearn.utils", "sklearn.utils._bunch")) {
      constructors.put(module + ".Bunch", arguments -> new LinkedHashMap<>());
    }
  }

  /** What a global builds; empty where it is not on the list. */
  Optional<Constructor> find(String global) {
    return Optional.ofNullable(constructors.get(global));
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
