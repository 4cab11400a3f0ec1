package io.foldwise.pickle;

/**
 * What stands in a file in place of data and is not built: an object of a class, a set. It takes
 * any state and any items, and keeps none of them.
 *
 * @param what it is: {@code an object of 'collections.deque'}
 * @param refusal the line for a file that holds nothing else
 */
record Unread(String what, String refusal) {

  /** What is read instead, as the end of a refusal. */
  static final String READ =
      "only arrays, frames of pandas, numbers, texts, lists, tuples and dicts are";

  /** Something that the opcode at an offset stands for. */
  static Unread at(long offset, String what) {
    return new Unread(what, "byte " + offset + ": " + what + " is not read: " + READ);
  }

  /** An object of a class, or what a function would give. */
  static Unread ofGlobal(long offset, String name) {
    String quoted = Refusal.quote(name);
    boolean frame = name.startsWith("pandas");
    String advice = frame ? "save it with .astype(str) or .to_numpy()" : READ;
    return new Unread(
        "an object of " + quoted + (frame ? ", to be saved with .astype(str) or .to_numpy()" : ""),
        "byte " + offset + ": the global " + quoted + " is not read: " + advice);
  }
}
