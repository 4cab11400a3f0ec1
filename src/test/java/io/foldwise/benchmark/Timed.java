package io.foldwise.benchmark;

import java.util.concurrent.Callable;

/** A result and the wall-clock seconds that it took. */
record Timed<T>(T value, double seconds) {

  static <T> Timed<T> once(Callable<T> work) {
    long start = System.nanoTime();
    T value;
    try {
      value = work.call();
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    return new Timed<>(value, (System.nanoTime() - start) / 1e9);
  }
}
