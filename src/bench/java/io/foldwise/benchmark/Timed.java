package io.foldwise.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * A result and what it took.
 *
 * @param seconds by the clock
 * @param cpuSeconds of all threads of this JVM, which other processes hardly move
 */
record Timed<T>(T value, double seconds, double cpuSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What was timed by other means. */
  static Timed<?> elsewhere(double seconds) {
    return new Timed<>(null, seconds, Double.NaN);
  }

  static <T> Timed<T> once(Callable<T> work) {
    long cpuStart = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    T value;
    try {
      value = work.call();
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Timed<>(value, seconds, (SYSTEM.getProcessCpuTime() - cpuStart) / 1e9);
  }
}
