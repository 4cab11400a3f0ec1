package io.foldwise.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** Work that is timed again and again, in turns with others, so that a disturbance meets all. */
final class Contestant<T> {
  private final String name;
  private final Callable<T> work;
  private final List<Timed<T>> runs = new ArrayList<>();

  Contestant(String name, Callable<T> work) {
    this.name = name;
    this.work = work;
  }

  /** Takes every contestant's turn in each round; what was timed before was warming up. */
  static void race(int rounds, List<Contestant<?>> contestants) {
    contestants.forEach(contestant -> contestant.runs.clear());
    for (int round = 0; round < rounds; round++) {
      contestants.forEach(Contestant::turn);
    }
  }

  private void turn() {
    runs.add(Timed.once(work));
  }

  String name() {
    return name;
  }

  /** The run of median time. */
  Timed<T> median() {
    List<Timed<T>> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparingDouble(Timed::seconds));
    return sorted.get(sorted.size() / 2);
  }
}
