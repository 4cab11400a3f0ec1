package io.foldwise.pickle;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The globals that a pickle may name, and what calling each builds. There is no other way in. */
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
      constructors.put(core + ".multiarray._reconstruct", arguments -> new PickledArray());
      constructors.put(core + ".multiarray.scalar", PickledArray::scalar);
      constructors.put(core + ".numeric._frombuffer", PickledArray::ofBuffer);
    }
    constructors.put("numpy.dtype", PickledType::new);
    for (String name : List.of("ndarray", "matrix", "matrixlib.defmatrix.matrix")) {
      constructors.put("numpy." + name, arguments -> notCallable("numpy." + name));
    }
    constructors.put("_codecs.encode", arguments -> bytes(arguments, budget));
    for (String builtins : List.of("builtins", "__builtin__")) {
      constructors.put(builtins + ".bytes", arguments -> bytes(arguments, budget));
      constructors.put(builtins + ".bytearray", arguments -> bytes(arguments, budget));
    }
    constructors.put("collections.OrderedDict", AllowedGlobals::orderedDict);
  }

  Constructor find(String module, String name) {
    Constructor constructor = constructors.get(module + "." + name);
    if (constructor == null) {
      throw refused(module, name);
    }
    return constructor;
  }

  static Refusal refused(String module, String name) {
    String advice =
        module.startsWith("pandas")
            ? "save the columns of a DataFrame with .to_numpy(), or write a CSV file"
            : "only NumPy arrays, numbers, lists, tuples and dicts are";
    return new Refusal(
        "the global " + Refusal.quote(module + "." + name) + " is not read: " + advice);
  }

  private static Object notCallable(String name) {
    throw new Refusal("the global '" + name + "' is called in a way that NumPy does not: damaged");
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

  private static Object orderedDict(Object[] arguments) {
    if (arguments.length == 0) {
      return new LinkedHashMap<>();
    }
    throw new Refusal("an OrderedDict as Python 2 wrote it is not read: save a dict");
  }
}
