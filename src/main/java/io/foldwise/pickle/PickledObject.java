package io.foldwise.pickle;

import java.util.Map;
import java.util.Optional;

/**
 * An object of pandas or pyarrow as the pickle describes it: the name of its class or of the
 * function that would make it, what that is given, and the state that is set. None of it is run.
 */
final class PickledObject {

  private final String name;
  private final Object[] arguments;
  private Object state;

  PickledObject(String name, Object[] arguments) {
    this.name = name;
    this.arguments = arguments;
  }

  void setState(Object newState) {
    state = newState;
  }

  /** The name without its modules, which differ between versions. */
  String name() {
    return name;
  }

  boolean is(String other) {
    return name.equals(other);
  }

  /** An argument of the call; null where it is not given. */
  Object argument(int i) {
    return i < arguments.length ? arguments[i] : null;
  }

  /** The state, where it is a tuple or a list, else empty. */
  Object[] parts() {
    return Sequences.isSequence(state) ? Sequences.items(state).toArray() : new Object[0];
  }

  /** The state's first entry of one of these names that is not None. */
  Optional<Object> entry(String... names) {
    return state instanceof Map<?, ?> entries ? entry(entries, names) : Optional.empty();
  }

  /** The first entry of one of these names that is not None. */
  static Optional<Object> entry(Map<?, ?> entries, String... names) {
    for (String entry : names) {
      if (entries.get(entry) != null) {
        return Optional.of(entries.get(entry));
      }
    }
    return Optional.empty();
  }

  /** The refusal of an object that is not as its library writes it. */
  Refusal unknown() {
    return Refusal.ofValue(
        "is a '%s' that is not as the known versions of pandas write it: save it with .to_numpy(), or write a CSV or Parquet file"
            .formatted(name));
  }

  /** What stands for a class or a function where it is named. */
  record Known(String name) implements AllowedGlobals.Constructor {

    @Override
    public Object call(Object[] arguments) {
      return new PickledObject(name, arguments);
    }
  }
}
