package io.foldwise.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  /** The run of median time among several. */
  static <T> Timed<T> median(int repetitions, Callable<T> work) {
    List<Timed<T>> runs = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      runs.add(once(work));
    }
    runs.sort(Comparator.comparingDouble(Timed::seconds));
    return runs.get(runs.size() / 2);
  }
}
