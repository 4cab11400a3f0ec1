package io.foldwise.pickle;

/** The memory that numbers may take; apart, because a browser does not tell its own. */
final class Heap {
  private Heap() {}

  /** The most bytes that the heap grows to. */
  static long bytes() {
    return Runtime.getRuntime().maxMemory();
  }
}
